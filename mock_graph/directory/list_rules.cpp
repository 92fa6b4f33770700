#include "mock_graph/directory/list_rules.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/graph/answers.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::directory {
namespace {

auto unsupported(std::string text) -> odata::api_error {
  return {400, "Request_UnsupportedQuery", std::move(text)};
}

auto is_eventual(const call& what) -> bool {
  return seams::equal_ignoring_case(what.query.fields.find("ConsistencyLevel").value_or(""),
                                    "eventual");
}

auto takes_plain_text(const call& what) -> bool {
  static constexpr auto fitting = std::to_array<std::string_view>({"text/plain", "text/*", "*/*"});
  const auto accept = what.query.fields.find("Accept").value_or("*/*");
  return std::ranges::any_of(
      fitting, [&](std::string_view type) { return accept.find(type) != std::string_view::npos; });
}

auto no_search(bool eventual) -> odata::api_error {
  return unsupported(eventual ? "$search is not served by this tenant."
                              : "Request with $search query parameter only works through MSGraph "
                                "with a special request header: 'ConsistencyLevel: eventual'");
}

/// Why the options, sent without header or `$count`, are refused.
auto objection_to(const odata::options& read) -> std::optional<odata::api_error> {
  const auto used = read.where ? read.where->advanced_operator() : std::string_view();
  if (used == "ne") {
    return unsupported("Unsupported property filter clause operator 'NotEqualsMatch'.");
  }
  if (!used.empty()) {
    return unsupported("Operator '" + std::string(used) +
                       "' is not supported because the required parameters might be missing. Try "
                       "adding $count=true query parameter and ConsistencyLevel:eventual header. "
                       "Refer to https://aka.ms/graph-docs/advanced-queries for more information");
  }
  if (read.where && !read.order.empty()) {
    return unsupported("Sorting not supported for current query.");
  }
  return std::nullopt;
}

} // namespace

auto directory_limits() -> odata::rules {
  using odata::option;
  auto limits = odata::rules();
  limits.allowed = {option::filter,
                    option::top,
                    option::skip_token,
                    option::count,
                    option::order_by,
                    option::select,
                    option::search};
  limits.top_default = 100;
  limits.top_max = 999;
  limits.when_over = odata::over_top::page_text;
  return limits;
}

auto directory_list(const call& what,
                    std::string_view path,
                    const entity_log& log,
                    const odata::entity_schema& schema) -> graph::collection {
  auto out = graph::collection{path, log, schema, directory_limits()};
  const auto eventual = is_eventual(what);
  out.counts = eventual;
  out.objection = [eventual](const odata::options& read) -> std::optional<odata::api_error> {
    if (read.search) {
      return no_search(eventual);
    }
    return eventual && read.count ? std::nullopt : objection_to(read);
  };
  return out;
}

auto is_count(const call& what) -> bool {
  const auto path = graph::below_version(what.target);
  return path.size() == 2 && odata::is_named(path[1], "$count");
}

auto directory_count(call& what, const graph::collection& of) -> seams::response {
  if (!is_eventual(what)) {
    return graph::refuse(what, {400, "Request_BadRequest", "$count is not currently supported."});
  }
  if (!takes_plain_text(what)) {
    what.note = "a count is plain text";
    auto out = graph::ok(what, {});
    out.status = 415;
    out.fields.remove("Content-Type");
    return out;
  }
  return graph::collection_reader::count(what, of);
}

} // namespace mock_graph::directory
