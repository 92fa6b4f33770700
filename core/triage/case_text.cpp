#include "core/triage/case_text.hpp"

#include "core/triage/words.hpp"

#include <fmt/format.h>

namespace core::triage {
namespace {

constexpr auto queue_row = "P{}  {:<12} {:>3}%  {:>5}  {:<20}  {:<40}  {}\n";

/// Subjects come from strangers: no control character of theirs reaches a terminal.
auto tame(std::string_view text, std::size_t most = 160) -> std::string {
  auto out = std::string(text.substr(0, most));
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return text.size() > most ? out + "..." : out;
}

auto moment(seams::instant at) -> std::string {
  return seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
}

auto rests_on(const record_ids& from) -> std::string {
  constexpr auto most = std::size_t{3};
  auto out = std::string();
  for (auto i = std::size_t{0}; i < std::min(most, from.size()); ++i) {
    out += fmt::format("{}{}/{}", i == 0 ? "" : ", ", from[i].feed, tame(from[i].key, 60));
  }
  return from.size() > most ? fmt::format("{} and {} more", out, from.size() - most) : out;
}

auto user_line(const affected_user& one) -> std::string {
  auto out =
      fmt::format("  {:<32}  {:<22}  {:<9}", tame(one.user), name_of(one.how), name_of(one.device));
  if (one.since) {
    out += "  " + moment(*one.since);
  }
  for (const auto& note : one.context) {
    out += "  " + tame(note);
  }
  if (!one.device_why.empty()) {
    out += "\n    device: " + tame(one.device_why);
  }
  return out + "\n";
}

auto action_line(const action& one) -> std::string {
  auto out = fmt::format("  {} ({}, needs {}: {})\n",
                         one.name,
                         one.reversible ? "can be undone" : "cannot be undone",
                         fmt::join(one.permissions, " and "),
                         name_of(one.granted));
  if (!one.outcome.empty()) {
    out += "    taken: " + one.outcome + "\n";
  }
  for (const auto& [name, values] : one.parameters) {
    if (!values.empty()) {
      out +=
          fmt::format("    {}: {}\n", name, tame(fmt::format("{}", fmt::join(values, ", ")), 400));
    }
  }
  return out;
}

template <class List, class Line>
void section(std::string& out, std::string_view title, const List& list, Line line) {
  if (!list.empty()) {
    out += fmt::format("\n{}\n", title);
  }
  for (const auto& one : list) {
    out += line(one);
  }
}

} // namespace

auto queue_text(const std::vector<triage_case>& cases) -> std::string {
  auto out = fmt::format("    {:<12} {:>4}  {:>5}  {:<20}  {:<40}  {}\n",
                         "VERDICT",
                         "SURE",
                         "USERS",
                         "FIRST",
                         "CASE",
                         "TITLE");
  for (const auto& one : cases) {
    out += fmt::format(queue_row,
                       one.priority,
                       name_of(one.verdict),
                       one.confidence,
                       one.users.size(),
                       moment(one.first),
                       tame(one.id, 200),
                       tame(one.title, 60));
  }
  return out;
}

auto case_text(const triage_case& one) -> std::string {
  auto out = fmt::format("{}\n{}: {}, {}% sure, P{}\n",
                         tame(one.title),
                         tame(one.id),
                         name_of(one.verdict),
                         one.confidence,
                         one.priority);
  section(out, "Why", one.findings, [](const finding& entry) {
    return fmt::format("  {:<22} {:>4}  {}\n    {}\n",
                       entry.rule,
                       entry.weight,
                       tame(entry.says, 300),
                       rests_on(entry.from));
  });
  section(out, "Who", one.users, user_line);
  const auto plain = [](const std::string& entry) { return "  " + tame(entry, 300) + "\n"; };
  section(out, "Notes", one.notes, plain);
  section(out, "Missing", one.missing, plain);
  section(out, "Recommended", one.actions, action_line);
  section(out, "Timeline", one.timeline, [](const event& entry) {
    return fmt::format("  {}  {}\n", moment(entry.at), tame(entry.what));
  });
  return out;
}

} // namespace core::triage
