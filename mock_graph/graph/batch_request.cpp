#include "mock_graph/graph/batch_request.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/login/base64url.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mock_graph::graph {
namespace {

using nlohmann::json;
using parts_so_far = std::vector<batch_part>;

constexpr auto batch_depth_max = 100;

auto bad_batch(const std::string& message) -> odata::api_error {
  return {400, "BadRequest", message};
}

auto malformed_batch() -> odata::api_error {
  return bad_batch("Invalid batch payload format.");
}

/// Null where it is absent, or `of` is no object.
auto any_member(const json& of, const char* name) -> const json& {
  static const auto none = json();
  const auto found = of.find(name);
  return found == of.end() ? none : *found;
}

/// The text of that member; "" where there is none.
auto text_member(const json& of, const char* name) -> std::string {
  const auto& found = any_member(of, name);
  return found.is_string() ? found.get<std::string>() : std::string();
}

/// Null where it is no JSON or nested too deep: parts are printed again, by recursion.
auto parse_bounded(std::string_view text) -> json {
  auto too_deep = text.size() > batch_bytes_max;
  const auto watch = [&](int depth, json::parse_event_t, json&) {
    too_deep = too_deep || depth > batch_depth_max;
    return !too_deep;
  };
  auto out = too_deep ? json() : json::parse(text, watch, false);
  return too_deep ? json() : std::move(out);
}

auto read_part_fields(const json& from) -> std::optional<seams::headers> {
  auto out = seams::headers();
  if (from.is_null()) {
    return out;
  }
  if (!from.is_object()) {
    return std::nullopt;
  }
  for (const auto& [name, value] : from.items()) {
    if (!value.is_string()) {
      return std::nullopt;
    }
    out.add(name, value.get<std::string>());
  }
  return out;
}

auto says_json(const seams::headers& fields) -> bool {
  const auto type = fields.find("Content-Type").value_or("");
  return seams::lower_case(type).find("json") != std::string::npos;
}

auto read_part_body(const json& from, const seams::headers& fields) -> std::optional<std::string> {
  if (from.is_null()) {
    return std::string();
  }
  return from.is_string() && !says_json(fields)
             ? login::base64_decode(from.get_ref<const std::string&>(), batch_bytes_max)
             : std::optional(from.dump());
}

/// Below the version; nothing if it is absolute, empty, or a batch within the batch.
auto read_part_url(std::string url) -> std::optional<std::string> {
  const auto path = url.substr(0, url.find_first_of("?#"));
  if (path.empty() || path.find("://") != std::string::npos) {
    return std::nullopt;
  }
  url.erase(0, url.front() == '/' ? 1 : 0);
  const auto first = seams::lower_case(url.substr(0, url.find_first_of("/?#")));
  return first == "$batch" || first == "%24batch" ? std::nullopt : std::optional(std::move(url));
}

auto place_of_part(const parts_so_far& parts, std::string_view id) -> std::optional<std::size_t> {
  const auto found = std::ranges::find_if(
      parts, [&](const batch_part& one) { return seams::equal_ignoring_case(one.id, id); });
  return found == parts.end() ? std::nullopt
                              : std::optional(static_cast<std::size_t>(found - parts.begin()));
}

/// Neither the documentation nor any reader of it names a part that depends on several.
auto mixed_batch() -> odata::api_error {
  return bad_batch("Batch should be either fully sequential or fully parallel.");
}

auto read_after(const json& part, const std::string& id, const parts_so_far& earlier)
    -> odata::outcome<std::optional<std::size_t>> {
  const auto& names = any_member(part, "dependsOn");
  if (names.is_null() || (names.is_array() && names.empty())) {
    return std::optional<std::size_t>();
  }
  if (!names.is_array() || !names.front().is_string()) {
    return malformed_batch();
  }
  if (names.size() > 1) {
    return mixed_batch();
  }
  const auto place = place_of_part(earlier, names.front().get_ref<const std::string&>());
  if (!place) {
    return bad_batch("Invalid dependency for request Id " + id + ".");
  }
  return place;
}

auto check_writing(const batch_part& part) -> std::optional<odata::api_error> {
  const auto typed = part.fields.find("Content-Type").has_value();
  const auto writes = part.method == "POST" || part.method == "PUT" || part.method == "PATCH";
  if (writes && (part.body.empty() || !typed)) {
    return bad_batch("Write request id : " + part.id +
                     " does not contain Content-Type header or body.");
  }
  return part.body.empty() || typed ? std::nullopt : std::optional(malformed_batch());
}

auto read_part(const json& from, const parts_so_far& earlier) -> odata::outcome<batch_part> {
  if (!from.is_object() || from.contains("atomicityGroup")) {
    return malformed_batch();
  }
  auto out = batch_part();
  out.id = text_member(from, "id");
  out.method = text_member(from, "method");
  auto url = read_part_url(text_member(from, "url"));
  auto fields = read_part_fields(any_member(from, "headers"));
  auto body = fields ? read_part_body(any_member(from, "body"), *fields) : std::nullopt;
  if (out.id.empty() || out.method.empty() || !url || !body) {
    return malformed_batch();
  }
  if (place_of_part(earlier, out.id)) {
    return bad_batch("Request Id " + out.id + " has to be unique in a batch.");
  }
  out.url = *std::move(url);
  out.fields = *std::move(fields);
  out.body = *std::move(body);
  if (auto refused = check_writing(out)) {
    return *std::move(refused);
  }
  const auto after = read_after(from, out.id, earlier);
  if (!after) {
    return after.error();
  }
  out.after = *after;
  return out;
}

/// All on the one before, or all that depend on one on the same.
auto is_orderly(const parts_so_far& parts) -> bool {
  auto serial = true;
  auto same = true;
  auto shared = std::optional<std::size_t>();
  for (auto i = std::size_t{0}; i < parts.size(); ++i) {
    const auto& after = parts[i].after;
    serial = serial && (i == 0 ? !after : after == i - 1);
    shared = shared ? shared : after;
    same = same && (!after || after == shared);
  }
  return serial || same;
}

} // namespace

auto read_batch(std::string_view body) -> odata::outcome<std::vector<batch_part>> {
  const auto whole = parse_bounded(body);
  const auto& requests = any_member(whole, "requests");
  if (!requests.is_array() || requests.empty()) {
    return malformed_batch();
  }
  if (requests.size() > batch_parts_max) {
    return bad_batch("Number of requests inside batch exceed the limit.");
  }
  auto out = std::vector<batch_part>();
  for (const auto& one : requests) {
    auto part = read_part(one, out);
    if (!part) {
      return part.error();
    }
    out.push_back(*std::move(part));
  }
  return is_orderly(out) ? odata::outcome<std::vector<batch_part>>(std::move(out)) : mixed_batch();
}

} // namespace mock_graph::graph
