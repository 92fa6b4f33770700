#include "mock_graph/graph/identity_schemas.hpp"

namespace mock_graph::graph {
namespace {

using odata::kind;
using odata::property;

void add_properties(std::vector<property>& to,
                    kind type,
                    std::initializer_list<const char*> names) {
  for (const auto* name : names) {
    to.push_back({name, type});
  }
}

void add_enums(std::vector<property>& to,
               std::initializer_list<std::pair<const char*, const char*>> names) {
  for (const auto& [name, type] : names) {
    to.push_back({name, kind::enumeration, std::string("microsoft.graph.") + type});
  }
}

auto complex_of(const char* name, const char* type, std::vector<property> fields) -> property {
  return {name, kind::complex, std::string("microsoft.graph.") + type, {}, std::move(fields)};
}

auto list_of_texts(const char* name) -> property {
  return {name, kind::collection, {}, {}, {}, kind::string};
}

auto list_of_objects(const char* name, const char* type, std::vector<property> fields) -> property {
  return {name,
          kind::collection,
          std::string("microsoft.graph.") + type,
          {},
          std::move(fields),
          kind::complex};
}

auto location_property() -> property {
  return complex_of("location",
                    "signInLocation",
                    {{"city"}, {"state"}, {"countryOrRegion"}, {"geoCoordinates", kind::complex}});
}

void add_risk_words(std::vector<property>& to) {
  add_enums(to, {{"riskState", "riskState"}, {"riskDetail", "riskDetail"}});
}

void add_sign_in_words(std::vector<property>& all) {
  add_properties(all,
                 kind::string,
                 {"id",
                  "userDisplayName",
                  "userPrincipalName",
                  "userId",
                  "appId",
                  "appDisplayName",
                  "resourceId",
                  "resourceDisplayName",
                  "ipAddress",
                  "resourceTenantId",
                  "homeTenantId",
                  "clientAppUsed",
                  "userAgent",
                  "correlationId",
                  "servicePrincipalId",
                  "servicePrincipalName"});
  add_properties(all, kind::date_time, {"createdDateTime"});
  add_properties(all, kind::boolean, {"isInteractive"});
  add_enums(all,
            {{"conditionalAccessStatus", "conditionalAccessStatus"},
             {"riskLevelAggregated", "riskLevel"},
             {"riskLevelDuringSignIn", "riskLevel"}});
  add_risk_words(all);
  all.push_back(list_of_texts("riskEventTypes"));
  all.push_back(list_of_texts("riskEventTypes_v2"));
}

auto make_sign_in_schema() -> odata::entity_schema {
  auto out = odata::entity_schema();
  out.type_name = "microsoft.graph.signIn";
  auto& all = out.properties;
  add_sign_in_words(all);
  all.push_back(complex_of("status",
                           "signInStatus",
                           {{"errorCode", kind::int32}, {"failureReason"}, {"additionalDetails"}}));
  all.push_back(complex_of("deviceDetail",
                           "deviceDetail",
                           {{"deviceId"},
                            {"displayName"},
                            {"operatingSystem"},
                            {"browser"},
                            {"isCompliant", kind::boolean},
                            {"isManaged", kind::boolean},
                            {"trustType"}}));
  all.push_back(location_property());
  all.push_back(list_of_objects("appliedConditionalAccessPolicies",
                                "appliedConditionalAccessPolicy",
                                {{"id"}, {"displayName"}, {"result", kind::enumeration}}));
  all.push_back({"authenticationAppDeviceDetails", kind::complex});
  out.filterable = {"createdDateTime",
                    "userDisplayName",
                    "userPrincipalName",
                    "userId",
                    "appId",
                    "appDisplayName",
                    "resourceId",
                    "resourceDisplayName",
                    "ipAddress",
                    "clientAppUsed",
                    "correlationId",
                    "conditionalAccessStatus",
                    "status",
                    "deviceDetail",
                    "location",
                    "riskDetail",
                    "riskLevelAggregated",
                    "riskLevelDuringSignIn",
                    "riskState",
                    "riskEventTypes",
                    "riskEventTypes_v2"};
  out.sortable = {"createdDateTime"};
  return out;
}

auto make_directory_audit_schema() -> odata::entity_schema {
  auto out = odata::entity_schema();
  out.type_name = "microsoft.graph.directoryAudit";
  auto& all = out.properties;
  add_properties(all,
                 kind::string,
                 {"id",
                  "activityDisplayName",
                  "category",
                  "correlationId",
                  "loggedByService",
                  "operationType",
                  "resultReason"});
  add_properties(all, kind::date_time, {"activityDateTime"});
  add_enums(all, {{"result", "operationResult"}});
  all.push_back(complex_of(
      "initiatedBy",
      "auditActivityInitiator",
      {complex_of(
           "user", "userIdentity", {{"id"}, {"displayName"}, {"userPrincipalName"}, {"ipAddress"}}),
       complex_of(
           "app",
           "appIdentity",
           {{"appId"}, {"displayName"}, {"servicePrincipalId"}, {"servicePrincipalName"}})}));
  all.push_back(list_of_objects("targetResources",
                                "targetResource",
                                {{"id"},
                                 {"displayName"},
                                 {"type"},
                                 {"userPrincipalName"},
                                 {"groupType", kind::enumeration}}));
  all.push_back(list_of_objects("additionalDetails", "keyValue", {{"key"}, {"value"}}));
  out.filterable = {"activityDateTime",
                    "activityDisplayName",
                    "correlationId",
                    "loggedByService",
                    "initiatedBy",
                    "targetResources"};
  out.sortable = {"activityDateTime"};
  return out;
}

auto make_risk_detection_schema() -> odata::entity_schema {
  auto out = odata::entity_schema();
  out.type_name = "microsoft.graph.riskDetection";
  auto& all = out.properties;
  add_properties(all,
                 kind::string,
                 {"id",
                  "requestId",
                  "correlationId",
                  "riskEventType",
                  "source",
                  "ipAddress",
                  "userId",
                  "userDisplayName",
                  "userPrincipalName",
                  "additionalInfo"});
  add_properties(
      all, kind::date_time, {"activityDateTime", "detectedDateTime", "lastUpdatedDateTime"});
  add_enums(all,
            {{"riskLevel", "riskLevel"},
             {"detectionTimingType", "riskDetectionTimingType"},
             {"activity", "activityType"},
             {"tokenIssuerType", "tokenIssuerType"}});
  add_risk_words(all);
  all.push_back(location_property());
  return out;
}

auto make_risky_user_schema() -> odata::entity_schema {
  auto out = odata::entity_schema();
  out.type_name = "microsoft.graph.riskyUser";
  auto& all = out.properties;
  add_properties(all, kind::string, {"id", "userDisplayName", "userPrincipalName"});
  add_properties(all, kind::boolean, {"isDeleted", "isProcessing"});
  add_properties(all, kind::date_time, {"riskLastUpdatedDateTime"});
  add_enums(all, {{"riskLevel", "riskLevel"}});
  add_risk_words(all);
  all.push_back({"history", kind::navigation});
  return out;
}

} // namespace

auto sign_in_schema() -> const odata::entity_schema& {
  static const auto schema = make_sign_in_schema();
  return schema;
}

auto directory_audit_schema() -> const odata::entity_schema& {
  static const auto schema = make_directory_audit_schema();
  return schema;
}

auto risk_detection_schema() -> const odata::entity_schema& {
  static const auto schema = make_risk_detection_schema();
  return schema;
}

auto risky_user_schema() -> const odata::entity_schema& {
  static const auto schema = make_risky_user_schema();
  return schema;
}

} // namespace mock_graph::graph
