#include "mock_graph/odata/options.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mock_graph::odata {
namespace {

struct option_word {
  option which;
  std::string_view name;    ///< as sent
  std::string_view display; ///< as error texts call it
};
constexpr auto words = std::array{option_word{option::filter, "$filter", "Filter"},
                                  option_word{option::top, "$top", "Top"},
                                  option_word{option::skip, "$skip", "Skip"},
                                  option_word{option::skip_token, "$skiptoken", "SkipToken"},
                                  option_word{option::delta_token, "$deltatoken", "DeltaToken"},
                                  option_word{option::count, "$count", "Count"},
                                  option_word{option::order_by, "$orderby", "OrderBy"},
                                  option_word{option::expand, "$expand", "Expand"},
                                  option_word{option::select, "$select", "Select"},
                                  option_word{option::search, "$search", "Search"},
                                  option_word{option::format, "$format", "Format"}};

auto word_of(std::string_view name, bool bare_names) -> const option_word* {
  for (const auto& word : words) {
    if (seams::equal_ignoring_case(word.name, name) ||
        (bare_names && seams::equal_ignoring_case(word.name.substr(1), name))) {
      return &word;
    }
  }
  return nullptr;
}

auto not_allowed(const option_word& word) -> api_error {
  return invalid_query("Query option '" + std::string(word.display) +
                       "' is not allowed. To allow it, set the 'AllowedQueryOptions' property on "
                       "EnableQueryAttribute or QueryValidationSettings.");
}

auto over_limit(const option_word& word, std::uint64_t limit, std::uint64_t given) -> api_error {
  return invalid_query("The limit of '" + std::to_string(limit) + "' for " +
                       std::string(word.display) +
                       " query has been exceeded. The value from the incoming request is '" +
                       std::to_string(given) + "'.");
}

auto bad_page_size(std::uint64_t limit, std::uint64_t given) -> api_error {
  return {400,
          "BadRequest",
          "Invalid page size specified: '" + std::to_string(given) + "'. Must be between 1 and " +
              std::to_string(limit) + " inclusive."};
}

/// OData's numbers here are Edm.Int32 in ASP.NET: a larger one is no valid value either.
auto read_number(const option_word& word, std::string_view text) -> outcome<std::uint64_t> {
  auto out = std::uint64_t{};
  const auto* last = text.data() + text.size();
  const auto [end, fault] = std::from_chars(text.data(), last, out);
  if (text.empty() || fault != std::errc{} || end != last || out > INT32_MAX) {
    const auto name = std::string(word.name);
    return invalid_query("Invalid value '" + std::string(text) + "' for " + name +
                         " query option found. The " + name +
                         " query option requires a non-negative integer value.");
  }
  return out;
}

class option_reader {
public:
  option_reader(const rules& limits, const entity_schema& schema)
      : limits_(limits), schema_(schema) {
    out_.top = std::min(limits.top_default, limits.top_max);
    out_.order = limits.default_order;
  }

  auto read(const option_word& word, std::string_view text) -> std::optional<api_error> {
    if (!limits_.allowed.contains(word.which)) {
      return not_allowed(word);
    }
    switch (word.which) {
    case option::top:
      return top(word, text);
    case option::skip:
      return skip(word, text);
    case option::count:
      return count(text);
    case option::filter:
      return keep(filter::parse(text, schema_), out_.where);
    case option::order_by:
      return keep(read_order(text, schema_), out_.order);
    case option::expand:
      return keep(read_expand(text, limits_.expandable, schema_), out_.expand);
    case option::select:
      return keep(read_select(text, schema_), out_.select);
    case option::skip_token:
      out_.skip_token = text;
      return {};
    case option::delta_token:
      out_.delta_token = text;
      return {};
    case option::search:
      out_.search = text;
      return {};
    case option::format:
      return {};
    }
    return {};
  }

  auto take() -> options { return std::move(out_); }

private:
  template <class T, class Into>
  static auto keep(outcome<T> read, Into& into) -> std::optional<api_error> {
    if (!read) {
      return read.error();
    }
    into = *std::move(read);
    return {};
  }

  auto top(const option_word& word, std::string_view text) -> std::optional<api_error> {
    const auto given = read_number(word, text);
    if (!given) {
      return given.error();
    }
    out_.top_given = true;
    out_.top = std::min(*given, limits_.top_max);
    const auto over = *given > limits_.top_max;
    if (limits_.when_over == over_top::page_text && (over || *given == 0)) {
      return bad_page_size(limits_.top_max, *given);
    }
    if (limits_.when_over == over_top::limit_text && over) {
      return over_limit(word, limits_.top_max, *given);
    }
    return {};
  }

  auto skip(const option_word& word, std::string_view text) -> std::optional<api_error> {
    const auto given = read_number(word, text);
    if (!given) {
      return given.error();
    }
    if (limits_.skip_max && *given > *limits_.skip_max) {
      return over_limit(word, *limits_.skip_max, *given);
    }
    out_.skip = *given;
    return {};
  }

  auto count(std::string_view text) -> std::optional<api_error> {
    out_.count = seams::equal_ignoring_case(text, "true");
    if (!out_.count && !seams::equal_ignoring_case(text, "false")) {
      return invalid_query("Invalid value '" + std::string(text) +
                           "' for $count query option found. Valid values are 'true, false'.");
    }
    return {};
  }

  const rules& limits_;
  const entity_schema& schema_;
  options out_;
};

auto given_twice(const target& request, bool bare_names) -> const option_word* {
  auto seen = std::set<option>{};
  for (const auto& each : request.query) {
    const auto* word = word_of(each.name, bare_names);
    if (word != nullptr && !seen.insert(word->which).second) {
      return word;
    }
  }
  return nullptr;
}

} // namespace

auto read_options(const target& request, const rules& limits, const entity_schema& schema)
    -> outcome<options> {
  if (const auto* twice = given_twice(request, limits.bare_names)) {
    return invalid_query("Query option '" + std::string(twice->name) +
                         "' was specified more than once, but it must be specified at most once.");
  }
  auto reader = option_reader{limits, schema};
  for (const auto& each : request.query) {
    const auto* word = word_of(each.name, limits.bare_names);
    if (word == nullptr) {
      if (each.name.starts_with('$')) {
        return api_error{
            400, "BadRequest", "The query parameter '" + each.name + "' is not supported."};
      }
      continue;
    }
    if (auto refused = reader.read(*word, each.value)) {
      return *std::move(refused);
    }
  }
  return reader.take();
}

} // namespace mock_graph::odata
