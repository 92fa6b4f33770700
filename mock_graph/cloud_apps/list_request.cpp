#include "mock_graph/cloud_apps/list_request.hpp"

#include "mock_graph/odata/percent.hpp"

namespace mock_graph::cloud_apps {
namespace {

using nlohmann::json;

constexpr auto body_bytes_max = std::size_t{64} * 1024;

/// Values of forms and queries are JSON where they look like it: {"date":…}, 100, true.
void add_value(json& into, const std::string& name, const std::string& text) {
  auto value = json::parse(text, nullptr, false);
  into[name] = value.is_discarded() ? json(text) : std::move(value);
}

auto read_form(std::string_view body) -> std::optional<json> {
  auto out = json::object();
  while (!body.empty()) {
    const auto pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(pair.size() + 1, body.size()));
    const auto split = pair.find('=');
    if (split == std::string_view::npos) {
      return std::nullopt;
    }
    const auto name = odata::decode_query(pair.substr(0, split));
    const auto value = odata::decode_query(pair.substr(split + 1));
    if (!name || !value) {
      return std::nullopt;
    }
    add_value(out, *name, *value);
  }
  return out;
}

auto said_by(const call& what) -> std::optional<json> {
  if (what.query.body.size() > body_bytes_max) {
    return std::nullopt;
  }
  auto out = json::object();
  for (const auto& one : what.target.query) {
    add_value(out, one.name, one.value);
  }
  if (what.query.body.empty()) {
    return out;
  }
  const auto type = what.query.fields.find("Content-Type").value_or("");
  auto body = type.starts_with("application/x-www-form-urlencoded")
                  ? read_form(what.query.body)
                  : std::optional<json>(json::parse(what.query.body, nullptr, false));
  if (!body || !body->is_object()) {
    return std::nullopt;
  }
  out.update(*body);
  return out;
}

} // namespace

auto read_list_request(const call& what) -> std::optional<list_request> {
  const auto said = said_by(what);
  if (!said) {
    return std::nullopt;
  }
  auto out = list_request();
  out.filters = said->value("filters", json::object());
  const auto skip = said->value("skip", json(0));
  const auto limit = said->value("limit", json());
  const auto field = said->value("sortField", json(""));
  const auto direction = said->value("sortDirection", json("desc"));
  const auto scan = said->value("isScan", json(false));
  const auto sound = skip.is_number_integer() && skip >= 0 && scan.is_boolean() &&
                     (limit.is_null() || (limit.is_number_integer() && limit > 0)) &&
                     field.is_string() && (direction == "asc" || direction == "desc");
  if (!sound) {
    return std::nullopt;
  }
  out.sort_field = field.get<std::string>();
  out.ascending = direction == "asc";
  out.skip = skip.get<std::int64_t>();
  if (!limit.is_null()) {
    out.limit = limit.get<std::int64_t>();
  }
  out.is_scan = scan.get<bool>();
  return out;
}

} // namespace mock_graph::cloud_apps
