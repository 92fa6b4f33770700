#include "mock_graph/tenant/list_rules.hpp"
#include "scenarios/model/readers.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;

/// Entries of before the start are as old as a month.
constexpr auto age_of_entries = std::chrono::days{30};

/// In the order of `tenant::list_type`.
const auto entry_types = std::vector<std::string>{"sender", "url", "file_hash", "ip"};

auto read_entry(table_reader& read, const tenant::standing& state) -> tenant::list_entry {
  auto out = tenant::list_entry();
  const auto type = read.word("type", entry_types, need::required).value_or(entry_types.front());
  out.type =
      static_cast<tenant::list_type>(std::ranges::find(entry_types, type) - entry_types.begin());
  out.value = read.text("value", need::required).value_or("");
  out.allow = read.flag("allow").value_or(false);
  out.until = read.moment("until");
  out.notes = read.text("notes").value_or("");
  out.created = state.start - age_of_entries;
  out.id = tenant::list_entry_id(state.seed, type + "/" + out.value);
  if (const auto wrong = tenant::what_is_wrong_with(out); !out.value.empty() && !wrong.empty()) {
    read.shared().complain(read.at("value"), in_quotes(out.value) + " is no entry: " + wrong);
  }
  read.finish();
  return out;
}

} // namespace

void read_tenant_list(table_reader& top, scenario& out) {
  auto& state = out.standing;
  for (const auto* table : top.tables("tenant_list_entry")) {
    auto read = table_reader(top.shared(), *table, "tenant_list_entry");
    state.allow_block_list.push_back(read_entry(read, state));
  }
}

} // namespace scenarios::model
