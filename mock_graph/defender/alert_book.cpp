#include "mock_graph/defender/alert_book.hpp"

#include "mock_graph/defender/evidence.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace mock_graph::defender {
namespace {

constexpr auto first_incident_number = 4711U;

/// Alerts of one minute share the clock part of their ids (management-activity-api sheet, 7).
auto end_of_minute(seams::instant at) -> seams::instant {
  return std::chrono::ceil<std::chrono::minutes>(at);
}

auto subject_of(alert_kind kind, const tenant::click_fact& click) -> std::string {
  return std::string(title_of(kind)) + '\n' + click.who.upn + '\n' + click.what.url;
}

auto first_evidence(const tenant::click_fact& click, seams::instant at)
    -> std::vector<nlohmann::ordered_json> {
  auto out = std::vector<nlohmann::ordered_json>();
  out.push_back(click.in_mail != nullptr ? evidence::mailbox(click.who, at)
                                         : evidence::user(click.who, at));
  out.push_back(evidence::url(click.what.url, at));
  if (click.in_mail != nullptr) {
    out.push_back(evidence::analyzed_message(*click.in_mail, click.who, "HighConfPhish", at));
  }
  if (click.in_teams != nullptr) {
    out.push_back(evidence::teams_message(*click.in_teams, at));
  }
  return out;
}

/// What alerts on that click share with others of the same incident.
auto links_of(const tenant::click_fact& click) -> std::set<std::string> {
  auto out = std::set<std::string>{"url " + click.what.url};
  if (click.in_mail != nullptr) {
    out.insert("mail " + click.in_mail->network_message_id);
  }
  if (click.in_teams != nullptr) {
    out.insert("teams " + click.in_teams->thread_id + " " + click.in_teams->message_id);
  }
  return out;
}

} // namespace

alert_book::alert_book(tenant::tenant& owner, ledger& book)
    : tenant_(owner), alert_log_({"alerts", "lastUpdateDateTime", "lastUpdateDateTime"}, book),
      incident_log_({"incidents", "lastUpdateDateTime", "lastUpdateDateTime"}, book) {}

void alert_book::raise(seams::instant at, alert_kind kind, const tenant::click_fact& click) {
  auto& known = by_subject_[subject_of(kind, click)];
  const auto extends = known != nullptr;
  if (!extends) {
    auto fresh = alert();
    fresh.kind = kind;
    fresh.provider_id = tenant::clock_guid(
        tenant_.state().seed, "alert/" + subject_of(kind, click), end_of_minute(at));
    fresh.who = click.who;
    fresh.url = click.what.url;
    fresh.where = click.where;
    fresh.created = at;
    fresh.first_activity = click.at;
    fresh.last_activity = click.at;
    fresh.evidence = first_evidence(click, at);
    fresh.investigation_state =
        click.where == tenant::workload::teams ? "unsupportedAlertType" : "queued";
    fresh.story = "click " + click.what.id + " (" + click.origin + ")";
    known = &alerts_.emplace_back(std::move(fresh));
    by_id_[known->id()] = known;
  } else if (std::ranges::find(known->clicks, &click) != known->clicks.end()) {
    return;
  }
  known->clicks.push_back(&click);
  known->updated = at;
  known->first_activity = std::min(known->first_activity, click.at);
  known->last_activity = std::max(known->last_activity, click.at);
  join_incident(*known);
  publish(*known, extends ? alert_change::click_added : alert_change::raised);
}

void alert_book::investigate(seams::instant at,
                             alert& what,
                             std::string state,
                             std::vector<nlohmann::ordered_json> added) {
  what.updated = at;
  what.investigation_state = std::move(state);
  std::ranges::move(added, std::back_inserter(what.evidence));
  publish(what, alert_change::investigated);
}

void alert_book::edit_alert(seams::instant at,
                            alert& what,
                            const std::map<std::string, std::string>& fields) {
  const auto take = [&](const char* name, std::string& member) {
    if (const auto found = fields.find(name); found != fields.end()) {
      member = found->second;
    }
  };
  take("status", what.status);
  take("classification", what.classification);
  take("determination", what.determination);
  take("assignedTo", what.assigned_to);
  what.updated = at;
  publish(what, alert_change::edited);
}

void alert_book::edit_incident(seams::instant at,
                               incident& what,
                               const std::map<std::string, std::string>& fields,
                               const std::string& by) {
  const auto take = [&](const char* name, std::string& member) {
    if (const auto found = fields.find(name); found != fields.end()) {
      member = found->second;
    }
  };
  take("status", what.status);
  take("classification", what.classification);
  take("determination", what.determination);
  take("assignedTo", what.assigned_to);
  what.last_modified_by = by;
  what.updated = at;
  publish(what);
}

void alert_book::merge(seams::instant at, incident& from, incident& into) {
  if (&from == &into) {
    return;
  }
  for (auto& [link, owner] : by_link_) {
    owner = owner == &from ? &into : owner;
  }
  for (const auto& id : std::exchange(from.alert_ids, {})) {
    auto& moved = *find_alert(id);
    moved.incident_id = into.id;
    moved.updated = at;
    into.alert_ids.push_back(id);
    publish(moved, alert_change::moved);
  }
  from.status = "redirected";
  from.redirected_to = into.id;
  from.updated = at;
  into.updated = at;
  publish(from);
  publish(into);
}

auto alert_book::find_alert(std::string_view id) -> alert* {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

auto alert_book::find_incident(std::string_view id) -> incident* {
  const auto found = std::ranges::find(incidents_, id, &incident::id);
  return found == incidents_.end() ? nullptr : &*found;
}

auto alert_book::about(const std::string& scenario_id) -> std::vector<alert*> {
  auto out = std::vector<alert*>();
  for (auto& what : alerts_) {
    const auto concerns = [&](const tenant::click_fact* click) {
      return scenario_id.empty() || click->what.id == scenario_id || click->what.in == scenario_id;
    };
    if (std::ranges::any_of(what.clicks, concerns)) {
      out.push_back(&what);
    }
  }
  return out;
}

void alert_book::publish(alert& what, alert_change change) {
  const auto document = render(what, tenant_.state().tenant_id);
  auto version = entity_version();
  version.id = what.id();
  version.updated = what.updated;
  version.visible_at = what.updated + tenant_.state().delays.listing;
  version.raw = document.dump();
  version.document = nlohmann::json(document);
  alert_log_.put(std::move(version), "alert on " + what.story);
  for (auto* who : listeners_) {
    who->on_alert(what, change);
  }
}

void alert_book::publish(const incident& what) {
  const auto document = render(what, tenant_.state().tenant_id);
  auto version = entity_version();
  version.id = what.id;
  version.updated = what.updated;
  version.visible_at = what.updated + tenant_.state().delays.listing;
  version.raw = document.dump();
  version.document = nlohmann::json(document);
  incident_log_.put(std::move(version), "incident of " + what.story);
}

auto alert_book::incident_for(const alert& what) -> incident& {
  for (const auto& link : links_of(*what.clicks.back())) {
    if (const auto found = by_link_.find(link); found != by_link_.end()) {
      return *found->second;
    }
  }
  auto fresh = incident();
  fresh.id = std::to_string(first_incident_number + incidents_.size());
  fresh.display_name = std::string(title_of(what.kind)) + " involving one user";
  fresh.created = what.updated;
  fresh.story = what.story;
  return incidents_.emplace_back(std::move(fresh));
}

void alert_book::join_incident(alert& what) {
  auto& group = what.incident_id.empty() ? incident_for(what) : *find_incident(what.incident_id);
  for (const auto& link : links_of(*what.clicks.back())) {
    by_link_.emplace(link, &group);
  }
  if (!what.incident_id.empty()) {
    return;
  }
  what.incident_id = group.id;
  group.alert_ids.push_back(what.id());
  group.updated = what.updated;
  auto people = std::set<std::string>();
  for (const auto& id : group.alert_ids) {
    people.insert(find_alert(id)->who.upn);
  }
  if (people.size() > 1) {
    group.display_name = std::string(title_of(find_alert(group.alert_ids.front())->kind)) +
                         " involving multiple users";
  }
  publish(group);
}

} // namespace mock_graph::defender
