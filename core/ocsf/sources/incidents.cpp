// Graph security/incidents (sheet, section 4.3).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto incident_statuses = std::to_array<word>({{"active", 1},
                                                        {"inProgress", 2},
                                                        {"awaitingAction", 3},
                                                        {"resolved", 4},
                                                        {"redirected", 5},
                                                        {"unknown", 0}});

constexpr auto incident_fields = std::to_array<field>({
    {"createdDateTime", "time", as_time},
    {"lastUpdateDateTime", "metadata.modified_time", as_time},
    {"id", "metadata.correlation_uid"},
    {"displayName", "message"},
    {"description", "desc"},
    {"incidentWebUrl", "src_url"},
    {"severity", "severity_id", severity_words},
    {"status", "status_id", incident_statuses},
    {"assignedTo", "assignee.name"},
    {"assignedTo", "assignee.email_addr", as_mail},
    {"customTags", "metadata.labels[]"},
    {"systemTags", "metadata.labels[]"},
});

/// What the incident says of itself, and each of its alerts of itself.
constexpr auto incident_info = std::to_array<field>({
    {"id", "uid"},
    {"displayName", "title"},
    {"createdDateTime", "created_time", as_time},
    {"lastUpdateDateTime", "modified_time", as_time},
    {"incidentWebUrl", "src_url"},
});

constexpr auto alert_info = std::to_array<field>({
    {"id", "uid"},
    {"title", "title"},
    {"createdDateTime", "created_time", as_time},
    {"lastUpdateDateTime", "modified_time", as_time},
    {"alertWebUrl", "src_url"},
    {"category", "types[]"},
});

/// A `finding_info`, and what it does not say of its record.
struct told {
  json info = json::object();
  json rest;
};

auto told_by(const record_view& of, std::span<const field> rows) -> told {
  auto out = told();
  auto used = used_paths{{"@odata.type", ""}, {"mitreTechniques", ""}};
  copy_fields(of, rows, out.info, used);
  out.rest = rest_of(of.whole(), out.info, used);
  return out;
}

/// Techniques of all alerts, each once; and when the first began and the last ended.
struct over_alerts {
  json attacks = json::array();
  std::optional<std::int64_t> first;
  std::optional<std::int64_t> last;

  void add(const record_view& alert) {
    for (const auto& one : alert.list("mitreTechniques")) {
      auto attack = attack_of(to_text(one).value_or(""), alert.text("category"));
      if (std::ranges::find(attacks, attack) == attacks.end()) {
        attacks.push_back(std::move(attack));
      }
    }
    const auto moment = [&](std::string_view path) {
      const auto* found = alert.find(path);
      return found == nullptr ? std::nullopt : to_milliseconds(*found);
    };
    if (const auto at = moment("firstActivityDateTime")) {
      first = first ? std::min(*first, *at) : *at;
    }
    if (const auto at = moment("lastActivityDateTime")) {
      last = last ? std::max(*last, *at) : *at;
    }
  }

  void write(draft& of) const {
    if (!attacks.empty()) {
      of.put("attacks", attacks);
    }
    if (first) {
      of.put("start_time", *first);
    }
    if (last) {
      of.put("end_time", *last);
    }
  }
};

void put_findings(draft& of) {
  auto own = told_by(of.record(), incident_info).info;
  const auto redirect = of.text("redirectIncidentId");
  if (!redirect.empty()) {
    own["related_events"] =
        json::array({{{"uid", redirect}, {"type", "microsoft.graph.security.incident"}}});
    of.take("redirectIncidentId");
  }
  const auto determination = of.text("determination");
  if (!determination.empty()) {
    own["tags"] = json::array({{{"name", "determination"}, {"value", determination}}});
    of.take("determination");
  }
  auto findings = json::array({std::move(own)});
  auto all = over_alerts();
  auto rests = json::array();
  for (const auto& one : of.list("alerts")) {
    const auto alert = record_view(one);
    auto said = told_by(alert, alert_info);
    if (said.info.contains("uid")) {
      findings.push_back(std::move(said.info));
    }
    rests.push_back(std::move(said.rest));
    all.add(alert);
  }
  of.put("finding_info_list", std::move(findings));
  of.take("alerts");
  of.leave("alerts", std::move(rests));
  all.write(of);
}

auto shape_incident(draft& of) -> std::optional<std::string> {
  if (of.text("id").empty()) {
    return "an incident without an id";
  }
  const auto status = of.text("status");
  const auto is_closed = same_word(status, "resolved") || same_word(status, "redirected");
  of.is(classes::incident_finding,
        finding_activity(of, "createdDateTime", "lastUpdateDateTime", is_closed));
  of.choose("severity_id", 0);
  of.choose("status_id", 0);
  of.take("@odata.type");
  put_findings(of);
  put_verdict(of);
  put_last_comment(of);
  type_user(of, "assignee", 1);
  if (!of.has("assignee")) {
    of.put("assignee_group.name", "Unassigned");
  }
  return std::nullopt;
}

constexpr auto incident_identity = std::to_array<std::string_view>({"id"});

} // namespace

constinit const source sources::incidents = {.name = "security/incidents",
                                             .provider = graph,
                                             .product = "Microsoft Defender XDR",
                                             .prefix = "incident",
                                             .identity = incident_identity,
                                             .version = "lastUpdateDateTime",
                                             .time = "createdDateTime",
                                             .fields = incident_fields,
                                             .shape = shape_incident};

} // namespace core::ocsf
