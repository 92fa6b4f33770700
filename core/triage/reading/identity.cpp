#include "core/seams/letters.hpp"
#include "core/triage/reading/readers.hpp"
#include "core/triage/words.hpp"

namespace core::triage {
namespace {

/// Managed or compliant: yes; said to be neither, or a device that nobody registered: no.
auto managed_of(const object& detail) -> std::optional<bool> {
  const auto managed = detail.truth("isManaged");
  const auto compliant = detail.truth("isCompliant");
  if (managed.value_or(false) || compliant.value_or(false)) {
    return true;
  }
  const auto unregistered = !detail.raw("deviceId").empty() && detail.text("deviceId").empty();
  return managed || compliant || unregistered ? std::optional(false) : std::nullopt;
}

/// A role's name is JSON text inside a string: "\"Security Reader\"".
auto inner_text(const std::string& text) -> std::string {
  return text.size() >= 2 && text.front() == '"' && text.back() == '"'
             ? text.substr(1, text.size() - 2)
             : text;
}

auto role_in(const object& target) -> std::string {
  for (const auto one : target.list("modifiedProperties")) {
    const auto property = object(one);
    if (property.text("displayName") == "Role.DisplayName") {
      const auto added = inner_text(property.text("newValue"));
      return added.empty() ? inner_text(property.text("oldValue")) : added;
    }
  }
  return {};
}

void add_role_change(const object& what, change said, loose_facts& out) {
  said.what = holds(what.word("activityDisplayName"), "remove") ? change_kind::role_removed
                                                                : change_kind::role_added;
  for (const auto one : what.list("targetResources")) {
    const auto target = object(one);
    said.user = address_key(target.text("userPrincipalName"));
    said.detail = role_in(target);
    if (!said.user.empty() && !said.detail.empty()) {
      out.known.changes.push_back(said);
    }
  }
}

} // namespace

void read_sign_in(const record& one, loose_facts& out) {
  const auto what = object(one.raw);
  const auto at = what.time("createdDateTime");
  auto said = sign_in();
  said.user = address_key(what.text("userPrincipalName"));
  if (!at || said.user.empty()) {
    return;
  }
  const auto detail = what.child("deviceDetail");
  said.at = *at;
  const auto status = what.child("status");
  said.error = status.number("errorCode").value_or(0);
  said.second_factor = status.word("additionalDetails").starts_with("mfa completed");
  said.address = what.text("ipAddress");
  said.country = what.child("location").text("countryOrRegion");
  said.risk = what.word("riskLevelDuringSignIn");
  said.app = what.text("appDisplayName");
  said.device = detail.word("deviceId");
  said.system = detail.text("operatingSystem");
  said.managed = managed_of(detail);
  said.from = id_of(one);
  out.known.sign_ins.push_back(said);
  const auto id = what.word("userId");
  if (!id.empty()) {
    out.known.people.push_back({id, said.user, "", false, false, said.from});
  }
}

void read_risk(const record& one, loose_facts& out) {
  const auto what = object(one.raw);
  auto said = risk();
  said.user = address_key(what.text("userPrincipalName"));
  said.id = what.word("id");
  said.level = what.word("riskLevel");
  said.state = what.word("riskState");
  said.type = what.text("riskEventType");
  said.address = what.text("ipAddress");
  const auto happened = what.time("activityDateTime");
  const auto detected = what.time("detectedDateTime");
  const auto changed =
      what.time(one.feed == "risky_users" ? "riskLastUpdatedDateTime" : "lastUpdatedDateTime");
  const auto at = happened ? happened : detected ? detected : changed;
  if (said.user.empty() || said.id.empty() || !at) {
    return;
  }
  said.at = *at;
  said.updated = changed.value_or(*at);
  said.from = id_of(one);
  out.known.risks.push_back(std::move(said));
}

void read_user(const record& one, loose_facts& out) {
  const auto what = object(one.raw);
  auto said = person();
  said.id = what.word("id");
  said.user = address_key(what.text("userPrincipalName"));
  said.title = what.text("jobTitle");
  said.name = what.word("displayName");
  said.guest = what.word("userType") == "guest";
  said.synced = what.truth("onPremisesSyncEnabled").value_or(false);
  said.from = id_of(one);
  if (!said.id.empty() && !said.user.empty()) {
    out.known.people.push_back(std::move(said));
  }
}

void read_device(const record& one, loose_facts& out) {
  const auto what = object(one.raw);
  const auto id = what.word("deviceId");
  if (!id.empty()) {
    const auto managed =
        what.truth("isManaged").value_or(false) || what.truth("isCompliant").value_or(false);
    out.known.devices.push_back({id, what.text("displayName"), managed, id_of(one)});
  }
}

void read_mailbox_settings(const record& one, loose_facts& out) {
  const auto replies = object(one.raw).child("automaticRepliesSetting");
  const auto status = replies.word("status");
  if (status.empty()) {
    return;
  }
  auto said = absence();
  said.person = seams::lower_case(one.key);
  said.always = status == "alwaysenabled";
  said.from = id_of(one);
  if (status == "scheduled") {
    said.from_when = replies.child("scheduledStartDateTime").time("dateTime");
    said.until = replies.child("scheduledEndDateTime").time("dateTime");
  }
  out.known.absences.push_back(std::move(said));
}

void read_directory_audit(const record& one, loose_facts& out) {
  const auto what = object(one.raw);
  const auto at = what.time("activityDateTime");
  const auto activity = what.word("activityDisplayName");
  if (!at || what.word("result") == "failure") {
    return;
  }
  auto said = change();
  said.at = *at;
  said.from = id_of(one);
  const auto by = what.child("initiatedBy").child("user");
  said.user = address_key(by.text("userPrincipalName"));
  said.address = by.text("ipAddress");
  if (holds(activity, "consent to application") && !said.user.empty()) {
    said.what = change_kind::app_consent;
    for (const auto target : what.list("targetResources")) {
      said.detail = said.detail.empty() ? object(target).text("displayName") : said.detail;
    }
    out.known.changes.push_back(std::move(said));
  } else if (holds(activity, "member to role") || holds(activity, "member from role")) {
    add_role_change(what, std::move(said), out);
  }
}

void read_link_policy(const record& one, loose_facts& out) {
  const auto what = object(one.raw);
  if (!what.has("TrackClicks")) {
    return;
  }
  out.known.policies.push_back({what.text("Name"),
                                one.version,
                                what.truth("TrackClicks").value_or(true),
                                what.truth("AllowClickThrough").value_or(true),
                                id_of(one)});
}

} // namespace core::triage
