#include "mock_graph/login/login_service.hpp"

#include "core/seams/choices.hpp"
#include "core/seams/letters.hpp"

#include <optional>

namespace mock_graph::login {
namespace {

/// The path below the tenant in lower case: "oauth2/v2.0/token".
auto tail_of(const url_parts& url) -> std::string {
  auto out = std::string();
  for (auto i = std::size_t{1}; i < url.path.size(); ++i) {
    out += (i == 1 ? "" : "/") + seams::lower_case(url.path[i]);
  }
  return out;
}

auto token_version(const std::string& tail) -> std::optional<endpoint_version> {
  if (tail == "oauth2/v2.0/token") {
    return endpoint_version::v2;
  }
  return tail == "oauth2/token" ? std::optional(endpoint_version::v1) : std::nullopt;
}

auto bare(int status, const char* outcome) -> login_answer {
  auto out = login_answer{};
  out.what.response = {status, {{"Content-Type", "text/html; charset=utf-8"}}, ""};
  out.note.subject = "unknown";
  out.note.outcome = outcome;
  return out;
}

} // namespace

login_service::login_service(const directory& tenants,
                             const signing_key& key,
                             login_options options)
    : tokens_(tenants, key, options.lifetime),
      documents_(tenants, key, std::move(options.own_authorities)), seed_(options.seed) {}

auto login_service::frame_for(const seams::request& query,
                              const url_parts& url,
                              seams::instant now) const -> answer_frame {
  const auto serial = std::to_string(served_);
  const auto sent = correlation_id_of(query, url);
  return {now,
          url.base,
          seams::named_guid(seed_, "login trace " + serial),
          sent.value_or(seams::named_guid(seed_, "login correlation " + serial)),
          opaque(seed_, "login cookie " + serial, 18)};
}

auto login_service::document(const login_place& place, const answer_frame& frame) const
    -> login_answer {
  const auto tail = tail_of(place.url);
  if (tail == "v2.0/.well-known/openid-configuration") {
    return documents_.openid_configuration(place, endpoint_version::v2, frame);
  }
  if (tail == ".well-known/openid-configuration") {
    return documents_.openid_configuration(place, endpoint_version::v1, frame);
  }
  if (tail == "discovery/v2.0/keys" || tail == "discovery/keys") {
    return documents_.keys(place, frame);
  }
  if (tail == "discovery/instance" && place.tenant_name == "common") {
    return documents_.instance(place, frame);
  }
  return bare(404, "not_found");
}

auto login_service::answer(const seams::request& query, seams::instant now) -> login_answer {
  auto url = split_url(query.url);
  if (!url || url->path.empty()) {
    return bare(404, "not_found");
  }
  ++served_;
  const auto frame = frame_for(query, *url, now);
  const auto tenant_name = seams::lower_case(url->path.front());
  const auto place = login_place{std::move(*url), tenant_name};
  if (const auto version = token_version(tail_of(place.url))) {
    return tokens_.answer(query, place, *version, frame, seed_, served_);
  }
  auto out = document(place, frame);
  if (query.method != "GET" && out.note.outcome != "not_found") {
    return bare(405, "method_not_allowed");
  }
  return out;
}

} // namespace mock_graph::login
