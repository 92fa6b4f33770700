#include "mock_graph/directory/domains_api.hpp"

#include "mock_graph/graph/answers.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::directory {
namespace {

auto domain_document(const std::string& name, bool initial) -> nlohmann::ordered_json {
  auto out = nlohmann::ordered_json();
  out["authenticationType"] = "Managed";
  out["availabilityStatus"] = nullptr;
  out["id"] = name;
  out["isAdminManaged"] = true;
  out["isDefault"] = !initial;
  out["isInitial"] = initial;
  out["isRoot"] = true;
  out["isVerified"] = true;
  out["supportedServices"] = nlohmann::ordered_json::array({"Email", "OfficeCommunicationsOnline"});
  out["passwordValidityPeriodInDays"] = nullptr;
  out["passwordNotificationWindowInDays"] = nullptr;
  return out;
}

auto may_read_domains(const call& what) -> bool {
  static constexpr auto roles = std::to_array<std::string_view>(
      {"Domain.Read.All", "Domain.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"});
  return std::ranges::any_of(roles, [&](std::string_view role) { return what.has_role(role); });
}

} // namespace

auto domains_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({"graph.domains"});
  return names;
}

auto domains_api::route_of(const odata::target& target) const -> std::string_view {
  const auto path = graph::below_version(target);
  return path.size() == 1 && odata::is_named(path[0], "domains") ? routes().front()
                                                                 : std::string_view();
}

auto domains_api::answer(call& what) -> seams::response {
  if (!may_read_domains(what)) {
    return graph::refuse(what, odata::privileges_missing());
  }
  if (what.query.method != "GET") {
    return graph::refuse(what, odata::method_not_allowed());
  }
  const auto& own = state_.domain;
  auto body = nlohmann::ordered_json();
  body["@odata.context"] = graph::service_root(what) + "/$metadata#domains";
  body["value"] = {domain_document(own, false),
                   domain_document(own.substr(0, own.find('.')) + ".onmicrosoft.com", true)};
  return graph::ok(what, body.dump());
}

} // namespace mock_graph::directory
