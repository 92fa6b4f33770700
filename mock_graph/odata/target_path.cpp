#include "mock_graph/odata/target_path.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/odata/percent.hpp"

#include <algorithm>

namespace mock_graph::odata {
namespace {

constexpr auto segments_max = std::size_t{64};

auto is_word(std::string_view text) -> bool {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// A key without quotes: a number or a GUID.
auto is_bare_key(std::string_view text) -> bool {
  return !text.empty() &&
         text.find_first_not_of("0123456789abcdefABCDEF-") == std::string_view::npos &&
         text.find_first_of("0123456789") != std::string_view::npos;
}

/// Takes a quoted string off the front of `text`, '' meaning one quote; nothing when there is none.
auto take_quoted(std::string_view& text) -> std::optional<std::string> {
  if (text.empty() || text.front() != '\'') {
    return {};
  }
  auto out = std::string{};
  for (auto i = std::size_t{1}; i < text.size(); ++i) {
    if (text[i] != '\'') {
      out += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '\'') {
      out += text[i++];
    } else {
      text.remove_prefix(i + 1);
      return out;
    }
  }
  return {};
}

auto take_argument(std::string_view& text) -> std::optional<argument> {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || !is_word(text.substr(0, equals))) {
    return {};
  }
  auto out = argument{std::string(text.substr(0, equals)), {}};
  text.remove_prefix(equals + 1);
  if (auto quoted = take_quoted(text)) {
    out.value = *std::move(quoted);
    return out;
  }
  const auto end = std::min(text.find(','), text.size());
  out.value = std::string(text.substr(0, end));
  text.remove_prefix(end);
  return out;
}

auto read_arguments(std::string_view text) -> std::optional<std::vector<argument>> {
  auto out = std::vector<argument>{};
  while (!text.empty()) {
    auto one = take_argument(text);
    if (!one || (!text.empty() && text.front() != ',')) {
      return {};
    }
    out.push_back(*std::move(one));
    text.remove_prefix(text.empty() ? 0 : 1);
  }
  return out;
}

void append(std::vector<segment>& out, std::string decoded) {
  const auto open = decoded.find('(');
  if (open == std::string::npos || open == 0 || decoded.back() != ')') {
    out.push_back({std::move(decoded)});
    return;
  }
  const auto name = decoded.substr(0, open);
  const auto inside = std::string_view{decoded}.substr(open + 1, decoded.size() - open - 2);
  auto rest = inside;
  if (auto key = take_quoted(rest); key && rest.empty()) {
    out.push_back({name});
    out.push_back({*std::move(key), true});
  } else if (is_bare_key(inside)) {
    out.push_back({name});
    out.push_back({std::string(inside), true});
  } else if (auto arguments = read_arguments(inside)) {
    out.push_back({name, false, true, *std::move(arguments)});
  } else {
    out.push_back({std::move(decoded)});
  }
}

} // namespace

auto is_named(const segment& step, std::string_view name) -> bool {
  constexpr auto space = std::string_view{"microsoft.graph."};
  auto called = std::string_view{step.name};
  if (seams::equal_ignoring_case(called.substr(0, space.size()), space)) {
    called.remove_prefix(called.rfind('.') + 1);
  }
  return !step.is_key && seams::equal_ignoring_case(called, name);
}

auto split_path(std::string_view raw) -> outcome<std::vector<segment>> {
  auto out = std::vector<segment>{};
  for (auto rest = raw; !rest.empty();) {
    const auto end = std::min(rest.find('/'), rest.size());
    auto decoded = decode_segment(rest.substr(0, end));
    if (!decoded) {
      return api_error{400, "BadRequest", "The request URI is not valid: malformed path segment."};
    }
    if (!decoded->empty()) {
      append(out, *std::move(decoded));
    }
    if (out.size() > segments_max) {
      return api_error{400, "BadRequest", "The request URI is not valid: too many segments."};
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

} // namespace mock_graph::odata
