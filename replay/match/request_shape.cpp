#include "replay/match/request_shape.hpp"

#include "core/seams/digest.hpp"
#include "core/seams/letters.hpp"
#include "replay/match/dates_in_text.hpp"
#include "replay/text/encodings.hpp"
#include "replay/text/json_tree.hpp"

#include <algorithm>
#include <array>

namespace replay {
namespace {

constexpr auto body_bytes_max = std::size_t{1} << 20U;
constexpr auto shape_fields_max = std::size_t{500};
constexpr auto parted = '\n'; ///< between the parts of a key; no part holds it

/// Parameters that say nothing about what is asked for.
constexpr auto unasked = std::to_array<std::string_view>(
    {"publisheridentifier", "client-request-id", "request-id", "x-ms-client-request-id"});
/// Fields of a login that differ from one time to the next, or must not be looked at.
constexpr auto secret_fields = std::to_array<std::string_view>({"client_secret",
                                                                "client_assertion",
                                                                "assertion",
                                                                "password",
                                                                "code",
                                                                "refresh_token",
                                                                "client-request-id"});
/// Parameters whose whole value is a time, whatever it looks like.
constexpr auto time_fields =
    std::to_array<std::string_view>({"starttime", "endtime", "startdate", "enddate", "timespan"});
/// Parameters that carry on a list from where a page ended.
constexpr auto onward_fields = std::to_array<std::string_view>(
    {"$skiptoken", "$deltatoken", "$skip", "skiptoken", "deltatoken", "nextpage", "cursor"});

template <class list> auto is_listed(std::string_view lower_name, const list& names) -> bool {
  return std::ranges::find(names, lower_name) != names.end();
}

auto decoded(std::string_view part) -> std::string {
  auto plain = std::string(part);
  std::ranges::replace(plain, '+', ' ');
  return text::percent_decoded(plain);
}

auto in_one_line(std::string_view text) -> std::string {
  auto out = std::string();
  for (const auto c : text) {
    const auto blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank || (!out.empty() && out.back() != ' ')) {
      out += blank ? ' ' : c;
    }
  }
  if (out.ends_with(' ')) {
    out.pop_back();
  }
  return out;
}

struct url_pieces {
  std::string host;
  std::vector<std::string> path;
  std::vector<request_field> query; ///< decoded, in order
};

auto host_in(std::string_view authority, bool encrypted) -> std::string {
  auto out = seams::lower_case(authority.substr(authority.rfind('@') + 1));
  const auto usual = std::string_view(encrypted ? ":443" : ":80");
  if (out.ends_with(usual)) {
    out.resize(out.size() - usual.size());
  }
  return out;
}

/// "users('a@b')" names what "users/a@b" names.
void add_segment(std::string_view raw, std::vector<std::string>& path) {
  auto part = text::percent_decoded(raw);
  const auto opening = part.find("('");
  if (opening != std::string::npos && opening > 0 && part.ends_with("')")) {
    path.push_back(seams::lower_case(part.substr(0, opening)));
    part = part.substr(opening + 2, part.size() - opening - 4);
  }
  path.push_back(seams::lower_case(in_one_line(part)));
}

auto fields_of(std::string_view text) -> std::vector<request_field> {
  auto out = std::vector<request_field>();
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!part.empty()) {
      const auto equals = std::min(part.find('='), part.size());
      out.push_back({seams::lower_case(decoded(part.substr(0, equals))),
                     decoded(part.substr(std::min(equals + 1, part.size())))});
    }
  }
  return out;
}

auto pieces_of(std::string_view url) -> url_pieces {
  auto out = url_pieces();
  url = url.substr(0, url.find('#'));
  if (const auto scheme = url.find("://"); scheme != url.npos) {
    const auto encrypted = seams::equal_ignoring_case(url.substr(0, scheme), "https");
    const auto from = scheme + 3;
    const auto end = std::min(url.find_first_of("/?", from), url.size());
    out.host = host_in(url.substr(from, end - from), encrypted);
    url.remove_prefix(end);
  }
  const auto mark = std::min(url.find('?'), url.size());
  auto path = url.substr(0, mark);
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    if (end > 0) {
      add_segment(path.substr(0, end), out.path);
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  out.query = fields_of(url.substr(std::min(mark + 1, url.size())));
  return out;
}

/// Whether the word at `at` is `word`, and stands for itself.
auto is_word_at(std::string_view text, std::size_t at, std::string_view word) -> bool {
  const auto is_part = [&](std::size_t i) {
    return i < text.size() && (text::is_letter(text[i]) || text::is_decimal(text[i]));
  };
  return seams::equal_ignoring_case(text.substr(at, word.size()), word) &&
         (at == 0 || !is_part(at - 1)) && !is_part(at + word.size());
}

/// "| take 100" and "ago(1h)" in a hunting query: how many and how far back is the poller's choice.
auto without_limits(std::string_view query) -> std::string {
  auto out = std::string();
  for (auto at = std::size_t{0}; at < query.size();) {
    const auto is_limit = is_word_at(query, at, "take") || is_word_at(query, at, "limit") ||
                          is_word_at(query, at, "top");
    if (is_word_at(query, at, "ago") && query.substr(at + 3).starts_with('(')) {
      out += "ago(<span>";
      at = std::min(query.find(')', at), query.size());
    } else if (is_limit) {
      const auto number = std::min(query.find_first_not_of(' ', query.find(' ', at)), query.size());
      const auto end = std::min(query.find_first_not_of("0123456789", number), query.size());
      out += query.substr(at, number - at);
      out += end > number ? "<n>" : "";
      at = end;
    } else {
      out += query[at++];
    }
  }
  return out;
}

auto comparable(std::string_view name, std::string_view value) -> std::string {
  const auto is_query = seams::equal_ignoring_case(name, "query");
  if (is_listed(seams::lower_case(name), time_fields)) {
    return value.empty() ? "" : "<time>";
  }
  const auto plain = without_dates(in_one_line(value));
  return is_query ? without_limits(plain) : plain;
}

void add_leaves(const std::string& path,
                const text::json_value& value,
                std::vector<request_field>& out) {
  using kind = text::json_value::kind;
  if (out.size() >= shape_fields_max) {
    return;
  }
  const auto name = path.substr(path.rfind('.') + 1);
  switch (value.what) {
  case kind::object:
    for (const auto& member : value.members) {
      add_leaves(path.empty() ? member.name : path + "." + member.name, member.value, out);
    }
    break;
  case kind::array:
    for (auto i = std::size_t{0}; i < value.items.size(); ++i) {
      add_leaves(path + "[" + std::to_string(i) + "]", value.items[i], out);
    }
    break;
  case kind::number: // read as a member, so that milliseconds are seen as the date they are
    out.push_back({path, without_dates(":" + value.text).substr(1)});
    break;
  default:
    out.push_back({path, value.what == kind::null ? "null" : comparable(name, value.text)});
    break;
  }
}

auto is_form(const seams::request& query) -> bool {
  const auto type = seams::lower_case(query.fields.find("Content-Type").value_or(""));
  return type.starts_with("application/x-www-form-urlencoded");
}

auto body_of(const seams::request& query) -> std::vector<request_field> {
  auto out = std::vector<request_field>();
  if (query.body.empty()) {
    return out;
  }
  if (is_form(query)) {
    out = fields_of(query.body);
    std::erase_if(out, [](const auto& one) { return is_listed(one.name, secret_fields); });
    std::ranges::sort(out);
    return out;
  }
  const auto small = query.body.size() <= body_bytes_max;
  const auto parsed = small ? text::parse_json(query.body) : text::json_parsed();
  if (parsed.value) {
    add_leaves("", *parsed.value, out);
    std::ranges::sort(out);
  } else {
    out.push_back({"", seams::to_hex(seams::sha256(query.body))});
  }
  return out;
}

auto key_of(const request_shape& shape) -> std::string {
  auto out = shape.method + parted + shape.host;
  for (const auto& part : shape.path) {
    out += '/' + part;
  }
  for (const auto* fields : {&shape.query, &shape.body}) {
    out += parted;
    for (const auto& one : *fields) {
      out += one.name + '=' + one.value + parted;
    }
  }
  return out;
}

} // namespace

auto shape_of(const seams::request& query) -> request_shape {
  auto pieces = pieces_of(query.url);
  auto out = request_shape();
  out.method = query.method;
  out.host = std::move(pieces.host);
  out.path = std::move(pieces.path);
  for (auto& one : pieces.query) {
    if (is_listed(one.name, unasked)) {
      continue;
    }
    if (is_listed(one.name, onward_fields)) {
      out.onward.push_back(std::move(one));
    } else {
      auto value = comparable(one.name, one.value);
      out.query.push_back({std::move(one.name), std::move(value)});
    }
  }
  std::ranges::sort(out.query);
  std::ranges::sort(out.onward);
  out.body = body_of(query);
  return out;
}

auto resource_key(const request_shape& shape) -> std::string {
  auto out = key_of(shape);
  for (const auto& one : shape.onward) {
    out += one.name + '=' + one.value + parted;
  }
  return out;
}

auto continuation_key(const request_shape& shape) -> std::string {
  auto out = key_of(shape);
  for (const auto& one : shape.onward) {
    out += one.name + parted;
  }
  return out;
}

auto link_key(std::string_view url) -> std::string {
  auto pieces = pieces_of(url);
  std::ranges::sort(pieces.query);
  auto out = std::move(pieces.host);
  for (const auto& part : pieces.path) {
    out += '/' + part;
  }
  for (const auto& one : pieces.query) {
    out += parted + one.name + '=' + one.value;
  }
  return out;
}

auto to_text(const request_shape& shape) -> std::string {
  auto out = shape.method + " https://" + shape.host;
  for (const auto& part : shape.path) {
    out += '/' + part;
  }
  return out;
}

} // namespace replay
