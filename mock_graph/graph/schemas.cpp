#include "mock_graph/graph/schemas.hpp"

namespace mock_graph::graph {
namespace {

using odata::kind;
using odata::property;

auto strings(std::initializer_list<const char*> names) -> std::vector<property> {
  auto out = std::vector<property>();
  for (const auto* name : names) {
    out.push_back({name, kind::string});
  }
  return out;
}

auto enumeration(std::string name, std::string type) -> property {
  return {std::move(name), kind::enumeration, "microsoft.graph.security." + std::move(type)};
}

void add_times(std::vector<property>& to, std::initializer_list<const char*> names) {
  for (const auto* name : names) {
    to.push_back({name, kind::date_time});
  }
}

void add_collections(std::vector<property>& to, std::initializer_list<const char*> names) {
  for (const auto* name : names) {
    auto one = property{name, kind::collection};
    one.element = kind::string;
    to.push_back(std::move(one));
  }
}

auto make_alert_schema() -> odata::entity_schema {
  auto out = odata::entity_schema();
  out.type_name = "microsoft.graph.security.alert";
  out.properties = strings({"id",
                            "providerAlertId",
                            "incidentId",
                            "productName",
                            "detectorId",
                            "alertPolicyId",
                            "tenantId",
                            "title",
                            "description",
                            "recommendedActions",
                            "category",
                            "assignedTo",
                            "alertWebUrl",
                            "incidentWebUrl",
                            "actorDisplayName",
                            "threatDisplayName",
                            "threatFamilyName"});
  out.properties.push_back(enumeration("status", "alertStatus"));
  out.properties.push_back(enumeration("severity", "alertSeverity"));
  out.properties.push_back(enumeration("classification", "alertClassification"));
  out.properties.push_back(enumeration("determination", "alertDetermination"));
  out.properties.push_back(enumeration("serviceSource", "serviceSource"));
  out.properties.push_back(enumeration("detectionSource", "detectionSource"));
  out.properties.push_back(enumeration("investigationState", "investigationState"));
  add_times(out.properties,
            {"createdDateTime",
             "lastUpdateDateTime",
             "firstActivityDateTime",
             "lastActivityDateTime",
             "resolvedDateTime"});
  add_collections(out.properties, {"categories", "mitreTechniques", "systemTags"});
  out.filterable = {"assignedTo",
                    "classification",
                    "determination",
                    "createdDateTime",
                    "lastUpdateDateTime",
                    "severity",
                    "serviceSource",
                    "status"};
  return out;
}

auto make_incident_schema() -> odata::entity_schema {
  auto out = odata::entity_schema();
  out.type_name = "microsoft.graph.security.incident";
  out.properties = strings({"id",
                            "displayName",
                            "redirectIncidentId",
                            "incidentWebUrl",
                            "tenantId",
                            "assignedTo",
                            "description",
                            "summary",
                            "resolvingComment",
                            "lastModifiedBy"});
  out.properties.push_back(enumeration("status", "incidentStatus"));
  out.properties.push_back(enumeration("severity", "alertSeverity"));
  out.properties.push_back(enumeration("classification", "alertClassification"));
  out.properties.push_back(enumeration("determination", "alertDetermination"));
  out.properties.push_back({"priorityScore", kind::int32});
  out.properties.push_back({"alerts", kind::navigation});
  add_times(out.properties, {"createdDateTime", "lastUpdateDateTime"});
  add_collections(out.properties, {"customTags", "systemTags"});
  out.filterable = {"assignedTo",
                    "classification",
                    "determination",
                    "createdDateTime",
                    "lastUpdateDateTime",
                    "severity",
                    "status"};
  return out;
}

} // namespace

auto alert_schema() -> const odata::entity_schema& {
  static const auto schema = make_alert_schema();
  return schema;
}

auto incident_schema() -> const odata::entity_schema& {
  static const auto schema = make_incident_schema();
  return schema;
}

} // namespace mock_graph::graph
