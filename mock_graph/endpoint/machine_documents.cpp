#include "mock_graph/endpoint/machine_documents.hpp"

#include "mock_graph/directory/object_book.hpp"

namespace mock_graph::endpoint {
namespace {

using ordered = nlohmann::ordered_json;
using odata::kind;

constexpr auto usual_age = std::chrono::days{30};

auto status_word(action_status what) -> const char* {
  switch (what) {
  case action_status::pending:
    return "Pending";
  case action_status::in_progress:
    return "InProgress";
  case action_status::succeeded:
    return "Succeeded";
  case action_status::failed:
    return "Failed";
  case action_status::timed_out:
    return "TimeOut";
  case action_status::cancelled:
    break;
  }
  return "Cancelled";
}

auto text_or_null(const std::string& text) -> ordered {
  return text.empty() ? ordered() : ordered(text);
}

auto schema_of(std::string name, std::vector<odata::property> properties) -> odata::entity_schema {
  auto out = odata::entity_schema();
  out.type_name = std::move(name);
  out.properties = std::move(properties);
  return out;
}

} // namespace

auto machine_document(const machine_book& book, const tenant::device& what) -> ordered {
  const auto start = book.state().start;
  auto out = ordered();
  out["id"] = machine_id_of(what);
  out["computerDnsName"] = what.name;
  out["firstSeen"] = seams::to_rfc3339(start - usual_age);
  out["lastSeen"] = seams::to_rfc3339(start);
  out["osPlatform"] = what.system == "Windows" ? "Windows11" : what.system;
  out["version"] = nullptr;
  out["osProcessor"] = "x64";
  out["osArchitecture"] = "64-bit";
  out["osBuild"] = nullptr;
  out["lastIpAddress"] = nullptr;
  out["lastExternalIpAddress"] = text_or_null(what.ip);
  out["healthStatus"] = book.is_connected(what.name) ? "Active" : "Inactive";
  out["onboardingStatus"] = "onboarded";
  out["deviceValue"] = "Normal";
  out["rbacGroupId"] = 0;
  out["rbacGroupName"] = nullptr;
  out["riskScore"] = "None";
  out["exposureLevel"] = "Low";
  out["isAadJoined"] = what.managed;
  out["aadDeviceId"] = directory::device_id_of(what.name);
  out["machineTags"] = ordered::array();
  out["ipAddresses"] = ordered::array();
  return out;
}

auto action_document(const machine_action& what, const tenant::device& on, bool in_list)
    -> ordered {
  const auto cancelled = what.status == action_status::cancelled;
  auto out = ordered();
  out["id"] = what.id;
  out["type"] = what.type == action_type::isolate ? "Isolate" : "Unisolate";
  out["title"] = nullptr;
  out["scope"] = text_or_null(what.scope);
  out["requestor"] = what.requestor;
  out["requestorComment"] = what.comment;
  out["requestSource"] = "PublicApi";
  out["status"] = status_word(what.status);
  out["machineId"] = machine_id_of(on);
  out["computerDnsName"] = on.name;
  out["creationDateTimeUtc"] = seams::to_rfc3339(what.created);
  out[in_list ? "lastUpdateTimeUtc" : "lastUpdateDateTimeUtc"] = seams::to_rfc3339(what.updated);
  out["cancellationRequestor"] = text_or_null(what.cancelled_by);
  out["cancellationComment"] = text_or_null(what.cancel_comment);
  out["cancellationDateTimeUtc"] =
      cancelled ? ordered(seams::to_rfc3339(what.cancelled)) : ordered();
  out["errorHResult"] = 0;
  out["relatedFileInfo"] = nullptr;
  out["commands"] = ordered::array();
  out["troubleshootInfo"] = nullptr;
  return out;
}

auto machine_schema() -> const odata::entity_schema& {
  static const auto schema = schema_of("microsoft.windowsDefenderATP.api.Machine",
                                       {{"computerDnsName"},
                                        {"id"},
                                        {"version"},
                                        {"deviceValue"},
                                        {"aadDeviceId", kind::guid},
                                        {"machineTags", kind::collection},
                                        {"lastSeen", kind::date_time},
                                        {"exposureLevel"},
                                        {"onboardingStatus"},
                                        {"lastIpAddress"},
                                        {"healthStatus"},
                                        {"osPlatform"},
                                        {"riskScore"},
                                        {"rbacGroupId", kind::int64}});
  return schema;
}

auto action_schema() -> const odata::entity_schema& {
  static const auto schema = schema_of("microsoft.windowsDefenderATP.api.MachineAction",
                                       {{"id"},
                                        {"status"},
                                        {"machineId"},
                                        {"type"},
                                        {"requestor"},
                                        {"creationDateTimeUtc", kind::date_time}});
  return schema;
}

} // namespace mock_graph::endpoint
