#include "core/safe_links/xsoar.hpp"
#include "scenarios/model/readers.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

namespace safe_links = core::safe_links;

constexpr auto own_theme = std::string_view("safelinks ");
constexpr auto old_theme = std::string_view("xsoar ");

/// All that an [[act]] can run.
auto operations() -> std::vector<std::string> {
  auto out = std::vector{std::string(posture_act)};
  for (const auto& one : safe_links::command_table()) {
    out.push_back(std::string(own_theme) + std::string(one.words));
    if (!one.xsoar.empty()) {
      out.push_back(std::string(old_theme) + std::string(one.xsoar));
    }
  }
  return out;
}

auto fits(const nlohmann::json& value, safe_links::value_kind kind) -> bool {
  switch (kind) {
  case safe_links::value_kind::flag:
    return value.is_boolean();
  case safe_links::value_kind::number:
    return value.is_number_integer();
  case safe_links::value_kind::list:
    return value.is_array() &&
           std::ranges::all_of(value, [](const auto& one) { return one.is_string(); });
  case safe_links::value_kind::text:
    return value.is_string();
  }
  return false;
}

auto unusable(std::string why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, "bad_act", std::move(why)};
}

auto old_request_of(const planned_act& what) -> seams::result<safe_links::request> {
  auto arguments = std::map<std::string, std::string>();
  for (const auto& [name, value] : what.set.items()) {
    if (!value.is_string()) {
      return unusable(in_quotes(name) + " is no text");
    }
    arguments[name] = value.get<std::string>();
  }
  return safe_links::from_xsoar(std::string_view(what.run).substr(old_theme.size()), arguments);
}

} // namespace

auto request_of(const planned_act& what) -> seams::result<safe_links::request> {
  if (what.run.starts_with(old_theme)) {
    return old_request_of(what);
  }
  auto out = safe_links::request();
  const auto run = std::string_view(what.run);
  out.what = safe_links::find_command(run.substr(std::min(own_theme.size(), run.size())));
  out.name = what.name;
  if (out.what == nullptr || !run.starts_with(own_theme)) {
    return unusable("no operation is called " + in_quotes(what.run));
  }
  if (out.what->needs_name && what.name.empty()) {
    return unusable(what.run + " needs a \"name\"");
  }
  for (const auto& [option, value] : what.set.items()) {
    const auto& name = option;
    const auto known =
        std::ranges::find_if(out.what->settings, [&](auto& one) { return one.option == name; });
    if (known == out.what->settings.end()) {
      return unusable(what.run + " has no option " + in_quotes(option));
    }
    if (!fits(value, known->kind)) {
      return unusable(in_quotes(option) + " is " + value.dump());
    }
    out.set(*known, value);
  }
  return out;
}

void read_operations(table_reader& top, scenario& out) {
  static const auto known = operations();
  for (const auto* table : top.tables("act")) {
    auto read = table_reader(top.shared(), *table, "act");
    auto one = planned_act();
    one.at = read.moment("at", need::required).value_or(top.shared().start);
    one.run = read.word("run", known, need::required).value_or("");
    one.name = read.text("name").value_or("");
    one.set = read.free("set");
    if (one.set.is_null()) {
      one.set = nlohmann::json::object();
    }
    one.what_if = read.flag("what_if").value_or(false);
    one.origin = read.origin();
    if (!one.set.is_object()) {
      read.shared().complain(read.at("set"), "\"set\" is no table", "options and values");
    } else if (!one.run.empty() && one.run != posture_act) {
      if (const auto usable = request_of(one); !usable) {
        read.shared().complain(read.at("set"), usable.error().why);
      }
    }
    read.finish();
    out.acts.push_back(std::move(one));
  }
  std::ranges::stable_sort(out.acts, {}, &planned_act::at);
}

} // namespace scenarios::model
