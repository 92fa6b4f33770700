#include "mock_graph/wire/presentation.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace mock_graph::wire {
namespace {

constexpr auto request_fields_of_the_wire = std::array<std::string_view, 8>{"Host",
                                                                            "Connection",
                                                                            "Content-Length",
                                                                            "Transfer-Encoding",
                                                                            "Accept-Encoding",
                                                                            "Keep-Alive",
                                                                            "TE",
                                                                            "Expect"};
constexpr auto answer_fields_of_the_wire = std::array<std::string_view, 5>{
    "Content-Length", "Transfer-Encoding", "Content-Encoding", "Connection", "Keep-Alive"};

auto is_visible(char c) -> bool {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != 0x7f;
}

auto is_value_char(char c) -> bool {
  return is_visible(c) || c == ' ' || c == '\t';
}

auto is_token_char(char c) -> bool {
  const auto folded = static_cast<char>(c | 0x20);
  return (c >= '0' && c <= '9') || (folded >= 'a' && folded <= 'z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

auto is_token(std::string_view text) -> bool {
  return !text.empty() && std::ranges::all_of(text, is_token_char);
}

auto without_blanks(std::string_view text) -> std::string {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

/// Where the authority of an absolute URL begins and ends.
auto authority_of(std::string_view url) -> std::pair<std::size_t, std::size_t> {
  const auto scheme = url.find("://");
  const auto begin = scheme == std::string_view::npos ? url.size() : scheme + 3;
  return {begin, std::min(url.find_first_of("/?#", begin), url.size())};
}

/// "host", "host:port", "[address]:port".
auto is_authority(std::string_view text) -> bool {
  const auto bracket = text.starts_with('[') ? text.find(']') : std::string_view::npos;
  const auto name = bracket == std::string_view::npos ? text.substr(0, text.find(':'))
                                                      : text.substr(1, bracket - 1);
  const auto size = bracket == std::string_view::npos ? name.size() : bracket + 1;
  if (name.empty() || name.starts_with('[') || text.find('@') != std::string_view::npos) {
    return false;
  }
  if (size == text.size()) {
    return true;
  }
  auto port = std::uint16_t{0};
  const auto* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data() + size + 1, last, port);
  return text[size] == ':' && error == std::errc() && end == last && port != 0;
}

auto is_field(const seams::header& field) -> bool {
  return is_token(field.name) && std::ranges::all_of(field.value, is_value_char);
}

template <std::size_t Size>
auto without(const seams::headers& fields, const std::array<std::string_view, Size>& names)
    -> seams::headers {
  auto out = seams::headers();
  for (const auto& field : fields) {
    const auto same = [&](std::string_view n) { return seams::equal_ignoring_case(n, field.name); };
    if (std::ranges::none_of(names, same)) {
      out.add(field.name, without_blanks(field.value));
    }
  }
  return out;
}

/// Fields that hold for this connection only (RFC 9110, 7.6.1).
auto named_by_connection(const seams::headers& fields) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  auto list = std::string_view(fields.find("Connection").value_or(""));
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    out.push_back(without_blanks(list.substr(0, end)));
    list.remove_prefix(std::min(list.size(), end + 1));
  }
  return out;
}

} // namespace

auto is_sendable(const seams::request& query) -> bool {
  const auto [begin, end] = authority_of(query.url);
  const auto scheme = std::string_view(query.url).substr(0, query.url.find("://"));
  const auto known =
      seams::equal_ignoring_case(scheme, "https") || seams::equal_ignoring_case(scheme, "http");
  return known && is_authority(std::string_view(query.url).substr(begin, end - begin)) &&
         std::ranges::all_of(query.url, is_visible) && is_token(query.method) &&
         std::ranges::all_of(query.fields, is_field);
}

auto as_service_sees(seams::request query) -> seams::request {
  for (const auto& name : named_by_connection(query.fields)) {
    query.fields.remove(name);
  }
  query.fields = without(query.fields, request_fields_of_the_wire);
  auto& url = query.url;
  url.resize(std::min(url.find('#'), url.size()));
  const auto [begin, end] = authority_of(url);
  for (auto i = std::size_t{0}; i < end; ++i) {
    url[i] = url[i] >= 'A' && url[i] <= 'Z' ? static_cast<char>(url[i] - 'A' + 'a') : url[i];
  }
  if (end == url.size() || url[end] == '?') {
    url.insert(end, 1, '/');
  }
  return query;
}

auto as_client_sees(std::string_view method, reply answer) -> reply {
  auto& [response, travel] = answer;
  if (response.status < 200 || response.status > 999 ||
      !std::ranges::all_of(response.fields, is_field)) {
    throw std::logic_error("the mock made an answer that HTTP cannot carry");
  }
  response.fields = without(response.fields, answer_fields_of_the_wire);
  const auto distorts_body =
      travel.how == delivery::kind::cut || travel.how == delivery::kind::undecodable;
  if (!has_body(method, response.status)) {
    response.body.clear();
    response.body_undecodable = false;
    travel.how = distorts_body ? delivery::kind::whole : travel.how;
  } else if (travel.how == delivery::kind::cut && travel.cut_after >= response.body.size()) {
    travel.how = delivery::kind::whole;
  } else if (travel.how == delivery::kind::undecodable) {
    response.body = garble(response.body);
    response.body_undecodable = true;
  }
  return answer;
}

auto garble(std::string_view body) -> std::string {
  auto out = std::string("\x1f\x8b\xff");
  out.reserve(out.size() + body.size());
  for (const auto c : body) {
    out.push_back(static_cast<char>(c ^ 0x55));
  }
  return out;
}

auto has_body(std::string_view method, int status) -> bool {
  return method != "HEAD" && status >= 200 && status != 204 && status != 304;
}

auto wait_label(const seams::request& query) -> std::string {
  return "answer to " + query.method + " " + query.url;
}

} // namespace mock_graph::wire
