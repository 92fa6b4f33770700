// Graph identityProtection/riskDetections and riskyUsers (sheet, section 5.3).
#include "core/ocsf/finish.hpp"
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto risk_fields = std::to_array<field>({
    {"detectedDateTime", "time", as_time},
    {"detectedDateTime", "finding_info.created_time", as_time},
    {"lastUpdatedDateTime", "finding_info.modified_time", as_time},
    {"lastUpdatedDateTime", "metadata.modified_time", as_time},
    {"activityDateTime", "start_time", as_time},
    {"activityDateTime", "end_time", as_time},
    {"activityDateTime", "finding_info.first_seen_time", as_time},
    {"id", "finding_info.uid"},
    {"riskEventType", "finding_info.title"},
    {"riskEventType", "finding_info.types[]"},
    {"riskEventType", "message"},
    {"riskDetail", "risk_details"},
    {"source", "finding_info.product.name"},
    {"correlationId", "metadata.correlation_uid"},
});

constexpr auto risk_evidence = std::to_array<field>({
    {"userId", "user.uid"},
    {"servicePrincipalId", "user.uid"},
    {"userPrincipalName", "user.name"},
    {"servicePrincipalDisplayName", "user.name"},
    {"userPrincipalName", "user.email_addr", as_mail},
    {"userDisplayName", "user.full_name"},
    {"ipAddress", "src_endpoint.ip", as_ip},
    {"location.city", "src_endpoint.location.city"},
    {"location.state", "src_endpoint.location.region"},
    {"location.countryOrRegion", "src_endpoint.location.country"},
    {"location.geoCoordinates.latitude", "src_endpoint.location.lat", as_fraction},
    {"location.geoCoordinates.longitude", "src_endpoint.location.long", as_fraction},
});

constexpr auto risky_user_fields = std::to_array<field>({
    {"riskLastUpdatedDateTime", "time", as_time},
    {"riskLastUpdatedDateTime", "finding_info.modified_time", as_time},
    {"riskLastUpdatedDateTime", "metadata.modified_time", as_time},
    {"id", "finding_info.uid"},
    {"riskDetail", "risk_details"},
});

constexpr auto risky_user_evidence = std::to_array<field>({
    {"userId", "user.uid"},
    {"id", "user.uid"},
    {"userPrincipalName", "user.name"},
    {"userPrincipalName", "user.email_addr", as_mail},
    {"userDisplayName", "user.full_name"},
});

/// `riskLevel` as severity and as risk level.
struct level {
  std::string_view word;
  int severity;
  int risk;
};
constexpr auto levels =
    std::to_array<level>({{"none", 1, 0}, {"low", 2, 1}, {"medium", 3, 2}, {"high", 4, 3}});

/// `riskState` as status and verdict (0 = none to state) and whether the matter is closed.
struct state {
  std::string_view word;
  int status;
  int verdict;
  bool is_closed;
};
constexpr auto states =
    std::to_array<state>({{"none", 0, 0, false},
                          {"atRisk", 1, 0, false},
                          {"confirmedCompromised", 1, verdict::true_positive, false},
                          {"remediated", 4, 0, true},
                          {"dismissed", 3, 0, true},
                          {"confirmedSafe", 3, verdict::false_positive, true}});

template <class table> auto row_of(const table& rows, std::string_view text) {
  return std::ranges::find_if(rows, [&](const auto& one) { return same_word(one.word, text); });
}

void put_level(draft& of) {
  const auto text = of.text("riskLevel");
  const auto found = row_of(levels, text);
  if (found != levels.end()) {
    of.choose("severity_id", found->severity);
    of.choose("risk_level_id", found->risk);
    of.take("riskLevel");
  } else if (text.empty() || same_word(text, "hidden")) {
    of.choose("severity_id", 0);
  } else {
    of.choose("severity_id", other, text);
    of.choose("risk_level_id", other, text);
    of.take("riskLevel");
  }
}

/// Gives whether the matter is closed.
auto put_state(draft& of) -> bool {
  const auto text = of.text("riskState");
  const auto found = row_of(states, text);
  of.take("riskState");
  if (found == states.end()) {
    of.choose("status_id", text.empty() ? 0 : other, text);
    return false;
  }
  of.choose("status_id", found->status);
  if (found->verdict != 0) {
    of.choose("verdict_id", found->verdict);
  }
  return found->is_closed;
}

void put_subject(draft& of, std::span<const field> rows) {
  auto evidence = json::object();
  auto used = used_paths();
  copy_fields(of.record(), rows, evidence, used);
  if (evidence.contains("user")) {
    evidence["user"]["type_id"] = 1;
    const auto view = record_view(evidence["user"]);
    of.put("resources",
           json::array({resource(view.text("uid"), view.text("name"), "User", role::affected)}));
  }
  if (drop_incomplete(evidence, "evidences")) {
    evidence["name"] = "user";
    of.put("evidences", json::array({evidence}));
  }
  for (const auto& [from, to] : used) {
    if (find_at(evidence, to) != nullptr) {
      of.take(from);
    }
  }
}

void put_activity(draft& of, std::string_view created, std::string_view changed, bool closed) {
  const auto activity = finding_activity(of, created, changed, closed);
  of.is(classes::detection_finding, activity);
  if (activity == finding::create) {
    of.put("is_alert", true);
  }
}

auto shape_risk(draft& of) -> std::optional<std::string> {
  if (of.text("id").empty()) {
    return "a risk detection without an id";
  }
  put_level(of);
  put_activity(of, "detectedDateTime", "lastUpdatedDateTime", put_state(of));
  put_subject(of, risk_evidence);
  if (of.has("finding_info.product")) {
    of.put("finding_info.product.vendor_name", "Microsoft");
  }
  const auto request = of.text("requestId");
  if (!request.empty()) {
    of.put("finding_info.related_events",
           json::array({{{"uid", request}, {"type", "microsoft.graph.signIn"}}}));
    of.take("requestId");
  }
  return std::nullopt;
}

auto shape_risky_user(draft& of) -> std::optional<std::string> {
  if (of.text("id").empty()) {
    return "a risky user without an id";
  }
  of.put("finding_info.title", "User at risk");
  of.put("message", "User at risk");
  put_level(of);
  put_activity(of, "", "", put_state(of));
  put_subject(of, risky_user_evidence);
  return std::nullopt;
}

constexpr auto risk_identity = std::to_array<std::string_view>({"id"});

} // namespace

constinit const source sources::risk_detections = {.name = "identityProtection/riskDetections",
                                                   .provider = graph,
                                                   .product = "Microsoft Entra ID Protection",
                                                   .prefix = "risk",
                                                   .identity = risk_identity,
                                                   .version = "lastUpdatedDateTime",
                                                   .time = "detectedDateTime",
                                                   .fields = risk_fields,
                                                   .shape = shape_risk};

constinit const source sources::risky_users = {.name = "identityProtection/riskyUsers",
                                               .provider = graph,
                                               .product = "Microsoft Entra ID Protection",
                                               .prefix = "risky-user",
                                               .identity = risk_identity,
                                               .version = "riskLastUpdatedDateTime",
                                               .time = "riskLastUpdatedDateTime",
                                               .fields = risky_user_fields,
                                               .shape = shape_risky_user};

} // namespace core::ocsf
