#include "core/safe_links/xsoar.hpp"
#include "scenarios/model/readers.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

namespace safe_links = core::safe_links;

constexpr auto own_theme = std::string_view("safelinks ");
constexpr auto old_theme = std::string_view("xsoar ");
/// What `reconcile_act` reads.
constexpr auto report_words = std::string_view("report detail");

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
  out.what = safe_links::find_command(
      run == reconcile_act ? report_words : run.substr(std::min(own_theme.size(), run.size())));
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

auto safe_links_operations() -> std::vector<std::string> {
  auto out = std::vector{std::string(posture_act), std::string(reconcile_act)};
  for (const auto& one : safe_links::command_table()) {
    out.push_back(std::string(own_theme) + std::string(one.words));
    if (!one.xsoar.empty()) {
      out.push_back(std::string(old_theme) + std::string(one.xsoar));
    }
  }
  return out;
}

auto safe_links_keys() -> std::span<const std::string> {
  static const auto keys = std::vector<std::string>{"name", "set"};
  return keys;
}

void read_safe_links_operation(table_reader& read, planned_act& out) {
  out.name = read.text("name").value_or("");
  out.set = read.free("set");
  if (out.set.is_null()) {
    out.set = nlohmann::json::object();
  }
  if (!out.set.is_object()) {
    read.shared().complain(read.at("set"), "\"set\" is no table", "options and values");
    return;
  }
  const auto is_command = out.run.starts_with(own_theme) || out.run.starts_with(old_theme);
  if (is_command && out.run != posture_act) {
    if (const auto usable = request_of(out); !usable) {
      read.shared().complain(read.at("set"), usable.error().why);
    }
  }
}

} // namespace scenarios::model
