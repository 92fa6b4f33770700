#include "mock_graph/odata/target.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/odata/percent.hpp"
#include "mock_graph/odata/value.hpp"

#include <algorithm>
#include <charconv>

namespace mock_graph::odata {
namespace {

auto malformed(const std::string& why) -> api_error {
  return {400, "BadRequest", "The request URI is not valid: " + why};
}

auto is_host_character(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view{"-._[]:"}.find(c) != std::string_view::npos;
}

/// `host` or `host:port`; an IPv6 host stands in brackets.
auto read_authority(std::string_view text, target& out) -> bool {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_host_character)) {
    return false;
  }
  const auto bracket = text.find(']');
  const auto colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  out.host = seams::lower_case(std::string(text.substr(0, colon)));
  if (colon != std::string_view::npos) {
    out.port = std::string(text.substr(colon + 1));
  }
  const auto port_is_number =
      out.port.size() <= 5 && out.port.find_first_not_of("0123456789") == std::string::npos;
  return !out.host.empty() && port_is_number;
}

/// Takes scheme and authority off the front of `url`; false when they are wrong.
auto read_origin(std::string_view& url, target& out) -> bool {
  if (url.starts_with('/')) {
    return true;
  }
  const auto mark = url.find("://");
  if (mark == std::string_view::npos) {
    return false;
  }
  out.scheme = seams::lower_case(std::string(url.substr(0, mark)));
  if (out.scheme != "http" && out.scheme != "https") {
    return false;
  }
  url.remove_prefix(mark + 3);
  const auto end = std::min(url.find_first_of("/?"), url.size());
  const auto authority = url.substr(0, end);
  url.remove_prefix(end);
  return read_authority(authority, out);
}

auto read_parameter(std::string_view raw) -> std::optional<parameter> {
  const auto equals = std::min(raw.find('='), raw.size());
  auto name = decode_query(raw.substr(0, equals));
  auto content = decode_query(raw.substr(std::min(equals + 1, raw.size())));
  if (!name || !content) {
    return {};
  }
  return parameter{*std::move(name), *std::move(content), std::string(raw)};
}

auto read_query(std::string_view text, target& out) -> std::optional<api_error> {
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto raw = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (raw.empty()) {
      continue;
    }
    auto one = read_parameter(raw);
    if (!one) {
      return malformed("the query is not well-formed UTF-8.");
    }
    if (out.query.size() == parameters_max) {
      return malformed("more than " + std::to_string(parameters_max) + " query parameters.");
    }
    out.query.push_back(*std::move(one));
  }
  return {};
}

auto has_control_character(std::string_view text) -> bool {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

/// Whether `name` is $skip or $skiptoken; some endpoints take them without the dollar.
auto is_skip(std::string_view name) -> bool {
  const auto bare = name.starts_with('$') ? name.substr(1) : name;
  return seams::equal_ignoring_case(bare, "skip") || seams::equal_ignoring_case(bare, "skiptoken");
}

/// Whether a parameter of that name gives way to `option`.
auto gives_way(std::string_view name, std::string_view option) -> bool {
  return seams::equal_ignoring_case(name, option) || (is_skip(name) && is_skip(option));
}

} // namespace

auto read_target(std::string_view url, std::size_t bytes_max) -> outcome<target> {
  if (url.size() > bytes_max) {
    return api_error{414, "UriTooLong", "The request URI is too long."};
  }
  if (has_control_character(url)) {
    return malformed("it holds a control character.");
  }
  auto out = target{};
  auto rest = url.substr(0, url.find('#'));
  if (!read_origin(rest, out)) {
    return malformed("it is neither an absolute http URL nor a path.");
  }
  const auto question = std::min(rest.find('?'), rest.size());
  out.raw_path = std::string(rest.substr(0, question));
  auto path = split_path(out.raw_path);
  if (!path) {
    return path.error();
  }
  out.path = *std::move(path);
  if (auto refused = read_query(rest.substr(std::min(question + 1, rest.size())), out)) {
    return *std::move(refused);
  }
  return out;
}

auto find_parameter(const target& in, std::string_view name) -> std::optional<std::string_view> {
  for (const auto& each : in.query) {
    if (seams::equal_ignoring_case(each.name, name)) {
      return each.value;
    }
  }
  return {};
}

auto find_number(const target& in, std::string_view name) -> std::optional<std::uint64_t> {
  const auto text = find_parameter(in, name);
  auto out = std::uint64_t{};
  if (!text || std::from_chars(text->data(), text->data() + text->size(), out).ec != std::errc{}) {
    return {};
  }
  return out;
}

auto duplicate_option(const target& in) -> std::optional<std::string> {
  for (auto later = in.query.begin(); later != in.query.end(); ++later) {
    const auto twice = std::any_of(in.query.begin(), later, [&](const parameter& earlier) {
      return seams::equal_ignoring_case(earlier.name, later->name);
    });
    if (twice && later->name.starts_with('$')) {
      return later->name;
    }
  }
  return {};
}

auto link_with(const target& request, std::string_view option, std::string_view content)
    -> std::string {
  auto out = request.scheme.empty() ? std::string{} : request.scheme + "://" + request.host;
  out += request.port.empty() ? "" : ":" + request.port;
  out += mend(request.raw_path);
  auto mark = '?';
  for (const auto& each : request.query) {
    if (!gives_way(each.name, option)) {
      out += mark + mend(each.raw);
      mark = '&';
    }
  }
  return out + mark + std::string(option) + '=' + encode(content);
}

} // namespace mock_graph::odata
