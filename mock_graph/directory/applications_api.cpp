#include "mock_graph/directory/applications_api.hpp"

#include "core/seams/choices.hpp"
#include "mock_graph/graph/answers.hpp"
#include "mock_graph/login/base64url.hpp"
#include "mock_graph/login/certificate.hpp"
#include "mock_graph/odata/options.hpp"
#include "mock_graph/odata/page.hpp"

#include <array>

namespace mock_graph::directory {
namespace {

using nlohmann::ordered_json;
using odata::kind;

/// A secret made in the portal is good for two years at most; one of a scenario may be for ever.
constexpr auto longest_secret = std::chrono::days{730};
constexpr auto made_before_start = std::chrono::days{30};

auto application_schema() -> const odata::entity_schema& {
  static const auto schema = [] {
    auto out = odata::entity_schema();
    out.type_name = "microsoft.graph.application";
    out.properties = {{"id", kind::string}, {"appId", kind::string}, {"displayName", kind::string}};
    for (const auto* name : {"passwordCredentials", "keyCredentials"}) {
      auto list = odata::property{name, kind::collection};
      list.element = kind::complex;
      out.properties.push_back(std::move(list));
    }
    return out;
  }();
  return schema;
}

auto may_read_applications(const call& what) -> bool {
  static constexpr auto enough = std::to_array<std::string_view>({"Application.Read.All",
                                                                  "Application.ReadWrite.All",
                                                                  "Directory.Read.All",
                                                                  "Directory.ReadWrite.All"});
  return std::ranges::any_of(enough, [&](std::string_view role) { return what.has_role(role); });
}

auto secret_document(const tenant::client_secret& of, seams::instant start) -> ordered_json {
  const auto from = of.from == seams::instant::min() ? start - made_before_start : of.from;
  const auto until = of.until == seams::instant::max() ? from + longest_secret : of.until;
  auto out = ordered_json();
  out["customKeyIdentifier"] = nullptr;
  out["displayName"] = of.name;
  out["endDateTime"] = seams::to_rfc3339(until);
  out["hint"] = of.value.substr(0, 3);
  out["keyId"] = of.id;
  out["secretText"] = nullptr;
  out["startDateTime"] = seams::to_rfc3339(from);
  return out;
}

auto certificate_document(const tenant::key_credential& of, std::uint64_t seed) -> ordered_json {
  auto out = ordered_json();
  const auto read = login::read_certificate(of.certificate_pem);
  if (!read) {
    return out;
  }
  out["customKeyIdentifier"] = login::base64_encode(read->sha1);
  out["displayName"] = of.name;
  out["endDateTime"] = seams::to_rfc3339(read->not_after);
  out["key"] = nullptr;
  out["keyId"] = seams::named_guid(seed, "certificate/" + of.name);
  out["startDateTime"] = seams::to_rfc3339(read->not_before);
  out["type"] = "AsymmetricX509Cert";
  out["usage"] = "Verify";
  return out;
}

/// Certificates that are registered at that moment.
auto certificates_at(const tenant::application& app, seams::instant now, std::uint64_t seed)
    -> ordered_json {
  auto out = ordered_json::array();
  for (const auto& each : app.certificates) {
    if (each.registered_from <= now && now < each.registered_until) {
      out.push_back(certificate_document(each, seed));
    }
  }
  return out;
}

auto limits_of(std::set<odata::option> allowed) -> odata::rules {
  auto out = odata::rules();
  out.allowed = std::move(allowed);
  out.top_max = 999;
  return out;
}

} // namespace

auto applications_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({"graph.applications"});
  return names;
}

auto applications_api::route_of(const odata::target& target) const -> std::string_view {
  const auto path = graph::below_version(target);
  return path.size() == 1 && odata::is_named(path[0], "applications") ? routes()[0]
                                                                      : std::string_view();
}

auto applications_api::document_of(const tenant::application& app, seams::instant now) const
    -> ordered_json {
  auto out = ordered_json();
  out["id"] = seams::named_guid(state_.seed, "application/" + app.client_id);
  out["appId"] = app.client_id;
  out["displayName"] = app.display_name;
  out["passwordCredentials"] = ordered_json::array();
  for (const auto& secret : app.secrets) {
    if (secret.from <= now) {
      out["passwordCredentials"].push_back(secret_document(secret, state_.start));
    }
  }
  out["keyCredentials"] = certificates_at(app, now, state_.seed);
  return out;
}

auto applications_api::answer(call& what) -> seams::response {
  if (!may_read_applications(what)) {
    return graph::refuse(what, odata::privileges_missing());
  }
  if (what.query.method != "GET") {
    return graph::refuse(what, odata::method_not_allowed());
  }
  const auto& last = what.target.path.back();
  if (!last.called) {
    return list(what);
  }
  const auto named = last.arguments.size() == 1 && last.arguments[0].name == "appId";
  return one(what, named ? last.arguments[0].value : std::string());
}

auto applications_api::one(call& what, const std::string& app_id) const -> seams::response {
  const auto found =
      std::ranges::find(state_.applications, app_id, &tenant::application::client_id);
  if (found == state_.applications.end()) {
    return graph::refuse(what, odata::resource_not_found(app_id));
  }
  const auto read =
      odata::read_options(what.target, limits_of({odata::option::select}), application_schema());
  if (!read) {
    return graph::refuse(what, read.error());
  }
  auto body = odata::project(document_of(*found, what.now), read->select).dump();
  body.insert(1,
              "\"@odata.context\":\"" + graph::service_root(what) +
                  "/$metadata#applications/$entity\",");
  return graph::ok(what, std::move(body));
}

auto applications_api::list(call& what) const -> seams::response {
  const auto limits = limits_of({odata::option::filter, odata::option::top, odata::option::select});
  const auto read = odata::read_options(what.target, limits, application_schema());
  if (!read) {
    return graph::refuse(what, read.error());
  }
  auto documents = std::vector<ordered_json>();
  for (const auto& app : state_.applications) {
    documents.push_back(document_of(app, what.now));
  }
  auto all = std::vector<const ordered_json*>();
  for (const auto& one : documents) {
    all.push_back(&one);
  }
  const auto how = odata::cut{read->where ? &*read->where : nullptr, {}, 0, read->top};
  auto body = ordered_json();
  body["@odata.context"] = graph::service_root(what) + "/$metadata#applications";
  body["value"] = ordered_json::array();
  for (const auto* item : odata::cut_page(std::span<const ordered_json* const>(all), how).items) {
    body["value"].push_back(odata::project(*item, read->select));
  }
  return graph::ok(what, body.dump());
}

} // namespace mock_graph::directory
