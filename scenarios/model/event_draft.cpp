#include "scenarios/model/event_draft.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

/// "many" for "many#3", which is how the tenant calls the fourth click of the burst "many".
auto burst_of(const std::string& id) -> std::optional<std::string> {
  const auto mark = id.rfind('#');
  if (mark == std::string::npos || mark + 1 == id.size() ||
      id.find_first_not_of("0123456789", mark + 1) != std::string::npos) {
    return std::nullopt;
  }
  return id.substr(0, mark);
}

/// What one of such a burst is.
auto member_of(event_kind burst) -> event_kind {
  return burst == event_kind::burst         ? event_kind::click
         : burst == event_kind::audit_burst ? event_kind::audit
                                            : event_kind::other;
}

} // namespace

event_draft::event_draft(table_reader& top, scenario& out) : top_(top), out_(out) {
  for (const auto& who : out.standing.users) {
    users_.push_back(who.name);
  }
}

auto event_draft::begin(table_reader& read, event_kind what, const char* name) -> heading {
  const auto at = read.moment("at", need::required).value_or(top_.shared().start);
  auto id =
      read.text("id").value_or(std::string(name) + "-at-line-" + std::to_string(read.at().line));
  if (id.empty()) {
    top_.shared().complain(read.at("id"), "\"id\" is empty", "a name for this event");
  } else if (!top_.shared().ids.emplace(id, known_event{at, what}).second) {
    top_.shared().complain(read.at("id"), "there are two events with the id " + in_quotes(id));
  }
  return {std::move(id), at};
}

void event_draft::check_person(const placed_text& who) {
  if (who.text.find('@') == std::string::npos) {
    top_.shared().check_known(who, "user", users_);
  }
}

auto event_draft::user(table_reader& read, std::string_view key) -> std::string {
  const auto found = read.placed_text_of(key, need::required);
  if (!found) {
    return {};
  }
  top_.shared().check_known(*found, "user", users_);
  return found->text;
}

auto event_draft::users(table_reader& read, std::string_view key, need how)
    -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (auto& one : read.placed_texts(key, how)) {
    top_.shared().check_known(one, "user", users_);
    out.push_back(std::move(one.text));
  }
  return out;
}

auto event_draft::sender(table_reader& read) -> std::string {
  const auto found = read.placed_text_of("from", need::required);
  if (!found) {
    return {};
  }
  check_person(*found);
  return found->text;
}

auto event_draft::addressees(table_reader& read) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (auto& one : read.placed_texts("to", need::required)) {
    if (one.text.ends_with("-*")) {
      const auto namesakes = std::string_view(one.text).substr(0, one.text.size() - 1);
      const auto before = out.size();
      std::ranges::copy_if(users_, std::back_inserter(out), [&](const std::string& name) {
        return name.starts_with(namesakes);
      });
      if (out.size() > before) {
        continue;
      }
    }
    check_person(one);
    out.push_back(std::move(one.text));
  }
  return out;
}

auto event_draft::group(table_reader& read) -> std::string {
  const auto found = read.placed_text_of("group", need::required);
  if (!found) {
    return {};
  }
  auto known = std::vector<std::string>();
  for (const auto& one : out_.standing.groups) {
    known.push_back(one.name);
  }
  top_.shared().check_known(*found, "group", known);
  return found->text;
}

auto event_draft::device(table_reader& read, need how) -> std::string {
  const auto found = read.placed_text_of("device", how);
  if (!found) {
    return {};
  }
  auto known = std::vector<std::string>();
  for (const auto& one : out_.standing.devices) {
    known.push_back(one.name);
  }
  top_.shared().check_known(*found, "device", known);
  return found->text;
}

auto event_draft::policy(table_reader& read) -> std::string {
  const auto found = read.placed_text_of("policy", need::required);
  if (!found) {
    return {};
  }
  auto known = std::vector<std::string>();
  for (const auto& one : out_.standing.safe_links.policies) {
    known.push_back(one.name);
  }
  top_.shared().check_known(*found, "safe_links_policy", known);
  return found->text;
}

auto event_draft::earlier(table_reader& read,
                          std::string_view key,
                          std::initializer_list<event_kind> kinds,
                          const char* what,
                          seams::instant at,
                          need how) -> std::string {
  const auto name = read.placed_text_of(key, how);
  if (!name) {
    return {};
  }
  auto& shared = top_.shared();
  const auto one_of_burst = burst_of(name->text);
  const auto found = shared.ids.find(one_of_burst.value_or(name->text));
  const auto wanted = [&](event_kind is) { return std::ranges::find(kinds, is) != kinds.end(); };
  const auto fits = found != shared.ids.end() &&
                    wanted(one_of_burst ? member_of(found->second.what) : found->second.what);
  if (!fits) {
    shared.check_known(*name, what, shared.ids_of(kinds));
  } else if (found->second.at > at) {
    shared.complain(name->at,
                    in_quotes(name->text) + " happens " + seams::to_text(found->second.at - at) +
                        " after what names it",
                    "an earlier event");
  }
  return name->text;
}

void event_draft::remember_links(const std::string& message, const std::vector<std::string>& urls) {
  if (!urls.empty()) {
    first_links_.emplace(message, urls.front());
  }
}

auto event_draft::clicked_url(table_reader& read, const std::string& in) -> std::string {
  if (auto named = read.text("url")) {
    return *named;
  }
  const auto found = first_links_.find(in);
  if (found == first_links_.end()) {
    top_.shared().complain(read.at(),
                           in.empty() ? "nothing is clicked" : in_quotes(in) + " has no link",
                           "url, or in = the id of a message with a link");
    return {};
  }
  return found->second;
}

} // namespace scenarios::model
