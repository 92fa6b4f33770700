#include "cli/live/act_text.hpp"

#include "core/live/health_line.hpp"
#include "core/permissions/permission_table.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

using core::actions::step;
using nlohmann::ordered_json;

constexpr auto on_bad_text = ordered_json::error_handler_t::replace;

auto needs_of(const core::actions::action_facts& what) -> std::string {
  auto out = std::string();
  for (const auto& one : what.needs) {
    if (one.any_of.front().empty()) {
      continue;
    }
    const auto group = core::permissions::portal_group(*core::permissions::owner_of(one.of));
    out += fmt::format("{}{}: ", out.empty() ? "" : "; ", group);
    for (auto i = std::size_t{0}; i < one.any_of.size() && !one.any_of[i].empty(); ++i) {
      out += (i == 0 ? "" : " or ") + std::string(one.any_of[i]);
    }
  }
  return out;
}

/// What a step changes, or why it changes nothing.
auto plan_text(const step& one) -> std::string {
  auto out = fmt::format("{}\n", core::live::on_one_line(one.target));
  if (one.problem) {
    return out + fmt::format("  cannot be done: {} ({})\n",
                             core::live::on_one_line(one.problem->why),
                             one.problem->code);
  }
  if (one.already) {
    return out + fmt::format("  nothing to do: {}\n", core::live::on_one_line(one.does));
  }
  out += fmt::format("  {}\n", core::live::on_one_line(one.does));
  for (const auto& note : one.notes) {
    out += fmt::format("  note: {}\n", core::live::on_one_line(note));
  }
  if (!one.follow.empty()) {
    return out + fmt::format("  is under way already: machine action {}\n", one.follow);
  }
  out += fmt::format("    {} {}\n", one.call.method, one.call.url);
  return one.call.body.empty() ? out : out + "    " + core::live::on_one_line(one.call.body) + "\n";
}

auto step_json(const core::actions::step_report& one) -> ordered_json {
  const auto& what = one.what;
  auto out = ordered_json();
  out["step"] = what.id;
  out["target"] = what.target;
  out["does"] = what.does;
  out["already"] = what.already;
  if (!what.call.url.empty()) {
    out["request"] = {
        {"method", what.call.method}, {"url", what.call.url}, {"body", what.call.body}};
  }
  out["notes"] = what.notes;
  if (what.problem && !one.end) {
    out["problem"] = {{"code", what.problem->code}, {"text", what.problem->why}};
  }
  if (one.end) {
    out["result"] = name_of(one.end->how);
    out["code"] = one.end->code;
    out["text"] = one.end->text;
  }
  return out;
}

auto error_json(const seams::failure& why) -> ordered_json {
  return {{"code", why.code}, {"text", core::live::on_one_line(why.why)}};
}

} // namespace

auto step_text(const core::actions::step_report& one) -> std::string {
  if (!one.end) {
    return plan_text(one.what);
  }
  const auto& end = *one.end;
  const auto text = end.text.empty() ? one.what.does : end.text;
  return fmt::format("{:<8} {}  {}{}\n",
                     name_of(end.how),
                     core::live::on_one_line(one.what.target),
                     core::live::on_one_line(text),
                     end.code.empty() ? "" : " (" + end.code + ")");
}

auto report_line(const core::actions::act_report& what) -> std::string {
  auto out = ordered_json();
  out["act"] = what.act;
  out["action"] = what.what.name;
  out["case"] = what.what.case_id;
  out["interrupted"] = what.interrupted;
  if (what.broken_off) {
    out["error"] = error_json(*what.broken_off);
  }
  out["steps"] = ordered_json::array();
  for (const auto& one : what.steps) {
    out["steps"].push_back(step_json(one));
  }
  return out.dump(-1, ' ', false, on_bad_text) + "\n";
}

auto error_line(const seams::failure& why) -> std::string {
  const auto out = ordered_json{{"error", error_json(why)}};
  return out.dump(-1, ' ', false, on_bad_text) + "\n";
}

auto actions_text() -> std::string {
  auto out = std::string();
  for (const auto& one : core::actions::action_table()) {
    out += fmt::format("{}\n  {}\n  takes: {}\n  sends: {}\n  needs: {}\n",
                       one.name,
                       one.title,
                       one.target,
                       one.call,
                       needs_of(one));
    out += one.also.empty() ? "" : fmt::format("  and: {}\n", one.also);
    out += fmt::format("  taken back by: {}\n",
                       one.undone_by.empty() ? "nothing, it cannot be undone" : one.undone_by);
  }
  return out;
}

auto actions_json() -> std::string {
  auto out = ordered_json::array();
  for (const auto& one : core::actions::action_table()) {
    out.push_back({{"name", one.name},
                   {"title", one.title},
                   {"takes", one.target},
                   {"sends", one.call},
                   {"permissions", permissions_of(one)},
                   {"also", one.also},
                   {"undone_by", one.undone_by}});
  }
  return out.dump(2) + "\n";
}

auto log_text(const std::string& entry) -> std::string {
  const auto one = nlohmann::json::parse(entry, nullptr, false);
  if (!one.is_object()) {
    return "";
  }
  using core::actions::text_in;
  const auto result = text_in(one, "result");
  const auto line = fmt::format("{}  {}  {:<8}  {}  {}  {}",
                                text_in(one, "at"),
                                text_in(one, "act"),
                                result.empty() ? "intent" : result,
                                text_in(one, "action"),
                                text_in(one, "target"),
                                result.empty() ? text_in(one, "does") : text_in(one, "text"));
  return core::live::on_one_line(line) + "\n";
}

} // namespace cli
