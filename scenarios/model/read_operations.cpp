#include "scenarios/model/readers.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

auto is_action(const planned_act& what) -> bool {
  return what.run.starts_with(action_prefix);
}

/// Keys of the other theme are a misunderstanding.
void check_theme(table_reader& read, const planned_act& what) {
  const auto& others = is_action(what) ? safe_links_keys() : action_keys();
  for (const auto& key : others) {
    if (const auto* found = read.raw(key); found != nullptr && !what.run.empty()) {
      read.shared().complain(found->at,
                             in_quotes(key) + " means nothing for run = " + in_quotes(what.run));
    }
  }
}

} // namespace

void read_operations(table_reader& top, scenario& out) {
  static const auto known = [] {
    auto all = safe_links_operations();
    std::ranges::move(action_operations(), std::back_inserter(all));
    return all;
  }();
  for (const auto* table : top.tables("act")) {
    auto read = table_reader(top.shared(), *table, "act");
    auto one = planned_act();
    one.at = read.moment("at", need::required).value_or(top.shared().start);
    one.run = read.word("run", known, need::required).value_or("");
    one.what_if = read.flag("what_if").value_or(false);
    one.origin = read.origin();
    read_safe_links_operation(read, one);
    read_action(read, out, one);
    check_theme(read, one);
    read.finish();
    out.acts.push_back(std::move(one));
  }
  std::ranges::stable_sort(out.acts, {}, &planned_act::at);
}

} // namespace scenarios::model
