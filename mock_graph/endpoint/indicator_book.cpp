#include "mock_graph/endpoint/indicator_book.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/odata/value.hpp"
#include "mock_graph/tenant/ip_range.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace mock_graph::endpoint {
namespace {

using nlohmann::json;
using odata::api_error;

constexpr auto indicators_most = std::size_t{15'000};
constexpr auto url_most = std::size_t{2048};

constexpr auto indicator_types = std::to_array<std::string_view>({"FileSha1",
                                                                  "FileSha256",
                                                                  "FileMd5",
                                                                  "CertificateThumbprint",
                                                                  "IpAddress",
                                                                  "DomainName",
                                                                  "Url"});
constexpr auto indicator_actions = std::to_array<std::string_view>(
    {"Allowed", "Audit", "Warn", "Block", "BlockAndRemediate", "Alert", "AlertAndBlock"});
constexpr auto indicator_severities =
    std::to_array<std::string_view>({"Informational", "Low", "Medium", "High"});
constexpr auto needed_texts = std::to_array<std::string_view>(
    {"indicatorValue", "indicatorType", "action", "title", "description"});
constexpr auto other_members = std::to_array<std::string_view>({"application",
                                                                "severity",
                                                                "recommendedActions",
                                                                "expirationTime",
                                                                "rbacGroupNames",
                                                                "rbacGroupIds",
                                                                "educateUrl",
                                                                "externalId",
                                                                "lookBackPeriod",
                                                                "generateAlert"});

auto is_one_of(std::span<const std::string_view> words, const std::string& word) -> bool {
  return std::ranges::find(words, word) != words.end();
}

auto is_hex(const std::string& text, std::size_t digits) -> bool {
  return text.size() == digits &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

auto is_domain(const std::string& text) -> bool {
  return text.find('.') != std::string::npos && !text.starts_with('.') && !text.ends_with('.') &&
         text.find_first_of(" /:@'\"") == std::string::npos;
}

auto is_url(const std::string& text) -> bool {
  return text.size() <= url_most && text.find('.') != std::string::npos &&
         text.find(' ') == std::string::npos;
}

auto objection_to_value(const std::string& type, const std::string& value)
    -> std::optional<api_error> {
  const auto digits = type == "FileSha1" || type == "CertificateThumbprint" ? 40
                      : type == "FileSha256"                                ? 64
                      : type == "FileMd5"                                   ? 32
                                                                            : 0;
  if (digits != 0) {
    return is_hex(value, static_cast<std::size_t>(digits))
               ? std::nullopt
               : std::optional(api_error(400, "InvalidHashValue", "The hash value is not valid"));
  }
  if (type == "IpAddress") {
    return tenant::version_of(value)
               ? std::nullopt
               : std::optional(api_error(400, "InvalidIpAddress", "The IP address is not valid"));
  }
  if (type == "DomainName") {
    return is_domain(value)
               ? std::nullopt
               : std::optional(api_error(400, "InvalidDomainName", "The domain is not valid"));
  }
  return is_url(value) ? std::nullopt
                       : std::optional(api_error(400, "InvalidUrl", "The URL is not valid"));
}

/// The time that a member gives, or nothing.
auto time_in(const json& given, const char* name) -> std::optional<seams::instant> {
  const auto found = given.find(name);
  const auto read =
      found == given.end() ? odata::value() : odata::read_value(*found, odata::kind::date_time);
  const auto* at = std::get_if<seams::instant>(&read);
  return at == nullptr ? std::nullopt : std::optional(*at);
}

auto expires_before(const indicator& what, seams::instant now) -> bool {
  const auto until = time_in(what.given, "expirationTime");
  return until && *until <= now;
}

auto target_of_indicator(const json& given) -> std::string {
  return graph::text_member(given, "indicatorType") + " " +
         graph::text_member(given, "indicatorValue");
}

auto objection_to_names(const json& body) -> std::optional<api_error> {
  for (const auto& [name, value] : body.items()) {
    const auto known = is_one_of(other_members, name) || is_one_of(needed_texts, name);
    if (!known && !name.starts_with('@')) {
      return api_error(400, "InvalidRequestBody", "Request body is incorrect");
    }
  }
  for (const auto needed : needed_texts) {
    const auto name = std::string(needed);
    if (graph::text_member(body, name.c_str()).empty()) {
      return api_error(400, "MissingRequiredParameter", name + " is missing");
    }
  }
  return std::nullopt;
}

} // namespace

auto objection_to(const json& body) -> std::optional<api_error> {
  if (!body.is_object()) {
    return api_error(400, "InvalidRequestBody", "Request body is incorrect");
  }
  if (auto wrong = objection_to_names(body)) {
    return wrong;
  }
  const auto alert = body.value("generateAlert", json(false));
  const auto severity = body.value("severity", json("High"));
  const auto until = body.value("expirationTime", json());
  const auto type = graph::text_member(body, "indicatorType");
  const auto action = graph::text_member(body, "action");
  const auto severe = severity.is_string() ? severity.get<std::string>() : std::string();
  if (!is_one_of(indicator_types, type) || !is_one_of(indicator_actions, action) ||
      !is_one_of(indicator_severities, severe) || !alert.is_boolean()) {
    return api_error(400, "InvalidInput", "A member has none of its values");
  }
  if (action == "Audit" && !alert.get<bool>()) {
    return api_error(400, "InvalidInput", "generateAlert must be true for Audit");
  }
  if (!until.is_null() && !time_in(body, "expirationTime")) {
    return api_error(400, "InvalidInput", "expirationTime is no date");
  }
  return objection_to_value(type, graph::text_member(body, "indicatorValue"));
}

auto indicator_book::submit(const call& by, const json& body, bool own_only)
    -> odata::outcome<const indicator*> {
  if (auto wrong = objection_to(body)) {
    return *wrong;
  }
  std::erase_if(all_, [&](const indicator& one) { return expires_before(one, by.now); });
  const auto found = std::ranges::find_if(all_, [&](const indicator& one) {
    return one.text("indicatorType") == body["indicatorType"] &&
           seams::equal_ignoring_case(one.text("indicatorValue"),
                                      body["indicatorValue"].get<std::string>());
  });
  if (found == all_.end()) {
    if (all_.size() >= indicators_most) {
      return api_error(400, "InvalidInput", "The tenant has 15,000 indicators");
    }
    acts_.effect(by, "add indicator", target_of_indicator(body));
    all_.push_back({std::to_string(++made_), by.caller, body, by.now, by.now});
    return &all_.back();
  }
  if (own_only && found->app != by.caller) {
    return api_error(403, "Forbidden", "The indicator belongs to another application");
  }
  auto changed = body;
  changed.erase("application"); // set on creation only
  if (found->given.contains("application")) {
    changed["application"] = found->given["application"];
  }
  if (changed != found->given) {
    acts_.effect(by, "change indicator", target_of_indicator(body));
  }
  found->given = std::move(changed);
  found->updated = by.now;
  return &*found;
}

auto indicator_book::remove(const call& by, std::string_view id, bool own_only) -> bool {
  const auto found = std::ranges::find_if(all_, [&](const indicator& one) {
    return one.id == id && !expires_before(one, by.now) && (!own_only || one.app == by.caller);
  });
  if (found == all_.end()) {
    return false;
  }
  acts_.effect(by, "delete indicator", target_of_indicator(found->given));
  all_.erase(found);
  return true;
}

auto indicator_book::seen_by(const call& by, bool own_only) const -> std::vector<const indicator*> {
  auto out = std::vector<const indicator*>();
  for (const auto& one : all_) {
    if (!expires_before(one, by.now) && (!own_only || one.app == by.caller)) {
      out.push_back(&one);
    }
  }
  return out;
}

auto indicator_document(const indicator& what, const std::string& app_name)
    -> nlohmann::ordered_json {
  const auto given = [&](const char* name) {
    return what.given.contains(name) ? nlohmann::ordered_json(what.given[name])
                                     : nlohmann::ordered_json();
  };
  auto out = nlohmann::ordered_json();
  out["id"] = what.id;
  for (const auto* name : {"indicatorValue", "indicatorType", "action", "application"}) {
    out[name] = given(name);
  }
  out["source"] = what.app;
  out["sourceType"] = "AadApp";
  for (const auto* name : {"title", "description", "recommendedActions", "severity"}) {
    out[name] = given(name);
  }
  out["generateAlert"] =
      what.given.contains("generateAlert") && what.given["generateAlert"] == true;
  out["createdBy"] = what.app;
  out["createdByDisplayName"] = app_name;
  out["creationTimeDateTimeUtc"] = seams::to_rfc3339(what.created);
  out["expirationTime"] = given("expirationTime");
  out["lastUpdateTime"] = seams::to_rfc3339(what.updated);
  out["lastUpdatedBy"] = what.app;
  for (const auto* name : {"rbacGroupNames", "rbacGroupIds"}) {
    out[name] = what.given.contains(name) ? given(name) : nlohmann::ordered_json::array();
  }
  out["educateUrl"] = given("educateUrl");
  return out;
}

} // namespace mock_graph::endpoint
