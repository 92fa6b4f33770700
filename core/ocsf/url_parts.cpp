#include "core/ocsf/field.hpp"
#include "core/ocsf/odd_values.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

struct url_parts {
  std::string_view scheme;
  std::string_view host;
  std::string_view path;
  std::string_view query;
};

auto is_scheme(std::string_view text) -> bool {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '-' || c == '.';
  });
}

/// RFC 3986 by its separators; user information is cut from the host. Nothing without a scheme and
/// a host.
auto split(std::string_view text) -> std::optional<url_parts> {
  const auto mark = text.find("://");
  if (mark == std::string_view::npos || !is_scheme(text.substr(0, mark))) {
    return std::nullopt;
  }
  auto out = url_parts{text.substr(0, mark), {}, {}, {}};
  text = text.substr(mark + 3);
  text = text.substr(0, text.find('#'));
  const auto end = std::min(text.find_first_of("/?"), text.size());
  out.host = text.substr(0, end);
  out.host = out.host.substr(out.host.rfind('@') + 1); // npos + 1 is 0
  const auto question = std::min(text.find('?'), text.size());
  out.path = end < question ? text.substr(end, question - end) : std::string_view();
  out.query = question < text.size() ? text.substr(question + 1) : std::string_view();
  return out;
}

} // namespace

auto as_url(const nlohmann::json& value) -> nlohmann::json {
  const auto text = to_text(value);
  if (!text) {
    return nullptr;
  }
  auto out = nlohmann::json{{"url_string", *text}};
  const auto parts = split(*text);
  const auto where = parts ? to_endpoint(std::string(parts->host)) : std::nullopt;
  if (!where) {
    return out;
  }
  out["scheme"] = seams::lower_case(parts->scheme);
  out["hostname"] = seams::lower_case(where->ip.empty() ? where->hostname : where->ip);
  if (where->port) {
    out["port"] = *where->port;
  }
  if (!parts->path.empty()) {
    out["path"] = parts->path;
  }
  if (!parts->query.empty()) {
    out["query_string"] = parts->query;
  }
  return out;
}

} // namespace core::ocsf
