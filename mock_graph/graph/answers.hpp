#pragma once
// Answers in Graph's form: headers that every one carries, and the error envelope.
#include "mock_graph/call.hpp"
#include "mock_graph/odata/error_body.hpp"

#include <optional>
#include <span>
#include <string>

namespace mock_graph::graph {

/// The path below "/v1.0" or "/beta"; empty for any other.
inline auto below_version(const odata::target& target) -> std::span<const odata::segment> {
  const auto path = std::span<const odata::segment>(target.path);
  const auto versioned = !path.empty() && (odata::is_named(path.front(), "v1.0") ||
                                           odata::is_named(path.front(), "beta"));
  return versioned ? path.subspan(1) : std::span<const odata::segment>();
}

/// "https://graph.microsoft.com/v1.0", as the caller spelled host and version of the request.
inline auto service_root(const call& what) -> std::string {
  return what.root() + (odata::is_named(what.target.path.front(), "beta") ? "/beta" : "/v1.0");
}

/// A 200 with a JSON body.
inline auto ok(const call& what, std::string body) -> seams::response {
  auto out = seams::response();
  out.status = 200;
  out.fields.set("Content-Type",
                 "application/json;odata.metadata=minimal;odata.streaming=true;"
                 "IEEE754Compatible=false;charset=utf-8");
  out.fields.set("request-id", what.request_id);
  out.fields.set("client-request-id", what.client_request_id);
  out.fields.set("OData-Version", "4.0");
  out.body = std::move(body);
  return out;
}

/// A 204.
inline auto no_content(const call& what) -> seams::response {
  auto out = ok(what, {});
  out.status = 204;
  out.fields.remove("Content-Type");
  return out;
}

/// A 429 that asks for a wait of `seconds`; 0: it does not say how long.
inline auto throttled(call& what, int seconds) -> seams::response {
  const auto ids = odata::request_ids{what.now, what.request_id, what.client_request_id};
  auto out = ok(what, odata::to_bytes(odata::throttle_body(ids)));
  out.status = 429;
  out.fields.set("Content-Type", "application/json");
  if (seconds > 0) {
    out.fields.set("Retry-After", std::to_string(seconds));
  }
  what.note = "TooManyRequests";
  return out;
}

/// The body of a request as a JSON object; nothing if it is none, or longer than 64 KiB.
inline auto json_body(const call& what) -> std::optional<nlohmann::json> {
  constexpr auto bytes_max = std::size_t{64} * 1024;
  auto body = what.query.body.size() > bytes_max
                  ? nlohmann::json()
                  : nlohmann::json::parse(what.query.body, nullptr, false);
  return body.is_object() ? std::optional(std::move(body)) : std::nullopt;
}

/// A text in a body; "" if the member is absent or none.
inline auto text_member(const nlohmann::json& body, const char* name) -> std::string {
  const auto found = body.is_object() ? body.find(name) : body.end();
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

inline auto unreadable_body() -> odata::api_error {
  return {400,
          "BadRequest",
          "Unable to read JSON request payload. Please ensure Content-Type header is set and "
          "payload is of valid JSON format."};
}

/// Refuses, and leaves the reason for the journal.
inline auto refuse(call& what, const odata::api_error& why) -> seams::response {
  const auto ids = odata::request_ids{what.now, what.request_id, what.client_request_id};
  auto out = ok(what, odata::to_bytes(odata::error_body(why, ids)));
  out.status = why.status;
  out.fields.set("Content-Type", "application/json");
  what.note = why.code + (why.message.empty() ? "" : ": " + why.message);
  return out;
}

} // namespace mock_graph::graph
