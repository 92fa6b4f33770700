#include "mock_graph/exchange/cmdlets.hpp"
#include "scenarios/model/event_draft.hpp"

namespace scenarios::model {
namespace {

namespace exchange = mock_graph::exchange;

auto names_of_changing_cmdlets() -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto table : exchange::cmdlet_tables()) {
    for (const auto& one : table) {
      if (exchange::changes_things(one)) {
        out.emplace_back(one.name);
      }
    }
  }
  return out;
}

/// The key `parameters` as the cmdlet takes them.
auto parameters_of(table_reader& read, const std::string& cmdlet) -> nlohmann::json {
  auto out = read.free("parameters");
  const auto at = read.at("parameters");
  if (!out.is_object()) {
    read.shared().complain(at, "\"parameters\" is no table", "names and values");
    return nlohmann::json::object();
  }
  if (const auto* known = exchange::find_cmdlet(cmdlet)) {
    if (const auto wrong = exchange::check_parameters(known->parameters, out)) {
      read.shared().complain(at, wrong->text);
    }
  }
  return out;
}

} // namespace

void read_commands(event_draft& with) {
  static const auto cmdlets = names_of_changing_cmdlets();
  with.each("admin_command", [&](table_reader& read) {
    auto what = mock_graph::tenant::admin_command();
    const auto [id, at] = with.begin(read, event_kind::other, "admin-command");
    what.id = id;
    what.by = read.text("by").value_or("");
    what.cmdlet = read.word("cmdlet", cmdlets, need::required).value_or("");
    what.parameters = parameters_of(read, what.cmdlet);
    with.end(read, at, std::move(what));
  });
}

} // namespace scenarios::model
