#include "core/seams/letters.hpp"
#include "mock_graph/hunting/kql/bind_parts.hpp"
#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/matching.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <unordered_set>

namespace mock_graph::hunting::kql {
namespace {

using json = nlohmann::json;

auto bind_regex(query_context& query, const expr& from, std::vector<bound> parts, const scope& at)
    -> bound {
  if (parts[1].constant) {
    const auto pattern = text_of(*parts[1].constant);
    if (!query.regexes.valid(pattern)) {
      fail_semantic(at.op, "Regex pattern is malformed: " + query.regexes.problem(), from.offset);
    }
  }
  auto& regexes = query.regexes;
  return combined(scalar::boolean, std::move(parts), [&regexes](arguments args) -> value {
    auto text = std::string();
    auto pattern = std::string();
    const auto text_seen = text_view(*args[0], text);
    return regexes.matches(text_view(*args[1], pattern), text_seen);
  });
}

// A list entry that is an array stands for its elements.
void spread(const value& cell, std::vector<value>& out) {
  const auto* held = std::get_if<json>(&cell);
  if (held == nullptr || !held->is_array()) {
    out.push_back(cell);
    return;
  }
  for (const auto& each : *held) {
    out.push_back(from_json(each));
  }
}

/// The right side of `in` and `has_any`: what is known when the query is bound, and the rest.
struct candidates {
  std::vector<value> known;
  std::vector<bound> open;
};

auto bind_candidates(query_context& query, const expr& from, const scope& at) -> candidates {
  auto made = candidates();
  for (auto place = std::size_t{1}; place < from.args.size(); ++place) {
    const auto& arg = *from.args[place];
    if (is_tabular(query, arg, at)) {
      const auto table = bind_table(query, arg, at.names, at.op);
      if (table->columns().empty()) {
        fail_semantic(at.op, "A table with a column is expected here", arg.offset);
      }
      table->scan({}, [&](const row& each) {
        query.hold(footprint(each[0]));
        spread(each[0], made.known);
        return true;
      });
      continue;
    }
    auto part = bind_expr(query, arg, at);
    if (part.constant) {
      spread(*part.constant, made.known);
    } else {
      made.open.push_back(std::move(part));
    }
  }
  return made;
}

auto key_of(const value& cell, bool blind) -> std::string {
  auto key = std::string();
  if (blind) {
    key = seams::lower_case(text_of(cell));
  } else {
    append_key(key, cell);
  }
  return key;
}

/// Whether the first argument is among the known keys or the open rest.
auto bind_in(candidates right, bound left, bool blind, bool negated) -> bound {
  auto keys = std::unordered_set<std::string>();
  for (const auto& each : right.known) {
    if (!is_null(each)) {
      keys.insert(key_of(each, blind));
    }
  }
  auto parts = std::move(right.open);
  parts.insert(parts.begin(), std::move(left));
  return combined(scalar::boolean,
                  std::move(parts),
                  [keys = std::move(keys), blind, negated](arguments args) -> value {
                    const auto key = key_of(*args[0], blind);
                    auto found = !is_null(*args[0]) && keys.contains(key);
                    auto more = std::vector<value>();
                    for (const auto* each : args.subspan(1)) {
                      spread(*each, more);
                    }
                    found = found || std::any_of(more.begin(), more.end(), [&](const value& each) {
                              return !is_null(each) && key_of(each, blind) == key;
                            });
                    return found != negated;
                  });
}

auto has_some(std::string_view text, const std::vector<value>& needles, bool all) -> bool {
  const auto has = [&](const value& needle) {
    auto scratch = std::string();
    return has_term(text, text_view(needle, scratch), true, true, true);
  };
  return all ? std::all_of(needles.begin(), needles.end(), has)
             : std::any_of(needles.begin(), needles.end(), has);
}

auto bind_has(candidates right, bound left, bool all, bool negated) -> bound {
  auto parts = std::move(right.open);
  parts.insert(parts.begin(), std::move(left));
  return combined(scalar::boolean,
                  std::move(parts),
                  [known = std::move(right.known), all, negated](arguments args) -> value {
                    auto more = std::vector<value>();
                    for (const auto* each : args.subspan(1)) {
                      spread(*each, more);
                    }
                    auto scratch = std::string();
                    const auto text = text_view(*args[0], scratch);
                    const auto in_known = has_some(text, known, all);
                    const auto in_more = has_some(text, more, all);
                    return (all ? in_known && in_more : in_known || in_more) != negated;
                  });
}

} // namespace

auto bind_matching(query_context& query, const expr& from, const scope& at) -> bound {
  auto parts = bind_parts(query, from, at);
  if (from.text == "matches regex") {
    if (from.negated) {
      fail_unsupported("operator '!matches regex'", from.offset);
    }
    return bind_regex(query, from, std::move(parts), at);
  }
  const auto test = matcher_named(from.text);
  if (test == nullptr) {
    fail_unsupported("operator '" + from.text + "'", from.offset);
  }
  return combined(
      scalar::boolean, std::move(parts), [test, negated = from.negated](arguments args) -> value {
        auto text = std::string();
        auto needle = std::string();
        return test(text_view(*args[0], text), text_view(*args[1], needle)) != negated;
      });
}

auto bind_membership(query_context& query, const expr& from, const scope& at) -> bound {
  auto left = bind_expr(query, *from.args[0], at);
  auto right = bind_candidates(query, from, at);
  if (from.text == "has_any" || from.text == "has_all") {
    return bind_has(std::move(right), std::move(left), from.text == "has_all", from.negated);
  }
  return bind_in(std::move(right), std::move(left), from.text == "in~", from.negated);
}

} // namespace mock_graph::hunting::kql
