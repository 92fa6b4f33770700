#include "mock_graph/azure/activity_filter.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/odata/literal/time.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace mock_graph::azure {
namespace {

using seams::equal_ignoring_case;

constexpr auto single_fields = std::to_array<std::string_view>(
    {"resourceGroupName", "resourceUri", "resourceProvider", "correlationId"});

/// One comparison: a name, an operator, a value with its quotes taken off.
struct comparison {
  std::string name;
  std::string sign;
  std::string value;
};

/// Takes the next word off the front; a quoted one may hold blanks, and '' for a quote.
auto take_word(std::string_view& text) -> std::optional<std::string> {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  if (text.empty()) {
    return std::nullopt;
  }
  if (text.front() != '\'') {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    return std::string(word);
  }
  auto out = std::string();
  for (text.remove_prefix(1); !text.empty(); text.remove_prefix(1)) {
    if (text.front() != '\'') {
      out += text.front();
    } else if (text.starts_with("''")) {
      out += '\'';
      text.remove_prefix(1);
    } else {
      text.remove_prefix(1);
      return out;
    }
  }
  return std::nullopt;
}

/// The comparisons between the "and"s; nothing if the text is built otherwise.
auto comparisons_in(std::string_view text) -> std::optional<std::vector<comparison>> {
  auto out = std::vector<comparison>();
  for (;;) {
    auto name = take_word(text);
    auto sign = take_word(text);
    auto value = take_word(text);
    if (!name || !sign || !value) {
      return std::nullopt;
    }
    out.push_back({std::move(*name), std::move(*sign), std::move(*value)});
    const auto joint = take_word(text);
    if (!joint) {
      return out;
    }
    if (!equal_ignoring_case(*joint, "and")) {
      return std::nullopt;
    }
  }
}

auto without_start(std::string_view filter) -> odata::api_error {
  return {400,
          "BadRequest",
          "The filter '" + std::string(filter) +
              "' is not supported: eventTimestamp with at least a start time is needed."};
}

auto no_such_pattern(std::string_view filter) -> odata::api_error {
  return {400,
          "BadRequest",
          "The filter '" + std::string(filter) +
              "' is not supported: after the times only one of resourceGroupName, resourceUri, "
              "resourceProvider and correlationId may be compared, with eq."};
}

auto moment_of(const comparison& one, std::string_view sign) -> std::optional<seams::instant> {
  if (!equal_ignoring_case(one.name, "eventTimestamp") || !equal_ignoring_case(one.sign, sign)) {
    return std::nullopt;
  }
  const auto at = odata::parse_date_time(one.value);
  return at ? std::optional(*at) : std::nullopt;
}

auto is_single(const comparison& one) -> bool {
  return equal_ignoring_case(one.sign, "eq") &&
         std::ranges::any_of(single_fields, [&](std::string_view name) {
           return equal_ignoring_case(name, one.name);
         });
}

} // namespace

auto read_activity_filter(std::string_view text) -> odata::outcome<activity_filter> {
  const auto parts = comparisons_in(text);
  if (!parts) {
    return text.find("eventTimestamp") == std::string_view::npos ? without_start(text)
                                                                 : no_such_pattern(text);
  }
  const auto from = moment_of(parts->front(), "ge");
  if (!from) {
    return without_start(text);
  }
  auto out = activity_filter{*from};
  auto rest = std::size_t{1};
  if (parts->size() > rest) {
    if (const auto to = moment_of((*parts)[rest], "le")) {
      out.to = *to;
      ++rest;
    }
  }
  if (parts->size() > rest && is_single((*parts)[rest])) {
    out.field = (*parts)[rest].name;
    out.value = (*parts)[rest].value;
    ++rest;
  }
  if (parts->size() != rest) {
    return no_such_pattern(text);
  }
  return out;
}

} // namespace mock_graph::azure
