#pragma once
// Delta queries of the directory: what changed since a token, and what a token is worth.
#include "mock_graph/call.hpp"
#include "mock_graph/directory/tracked_log.hpp"
#include "mock_graph/odata/schema.hpp"
#include "mock_graph/tenant/events.hpp"

#include <optional>

namespace mock_graph::directory {

/// One collection that has a `delta` function.
struct delta_collection {
  std::string_view path; ///< "users"
  const tracked_log& of;
  const odata::entity_schema& schema;
  const std::vector<std::string>& usual_select;
  std::int64_t page_most = 0; ///< 0: the service's own page
  bool repeats = false;       ///< an empty page first, and objects that come twice
};

/// Answers `GET /{path}/delta`. The `$select` of the first request is part of every token after it;
/// `$deltatoken=latest` starts from now. A token older than seven days, or given out before a
/// reset, is answered with 410.
/// Source: learn.microsoft.com/graph/delta-query-overview, delta-query-users.
class delta_reader {
public:
  auto answer(call& what, const delta_collection& of) -> seams::response;
  void reset(const tenant::delta_reset& how, seams::instant at);

private:
  struct round {
    seams::instant since; ///< what the client knows
    seams::instant as_of; ///< what this walk shows
    std::uint64_t page = 0;
    std::string select;
  };
  struct last_reset {
    tenant::delta_reset how;
    seams::instant at;
  };

  auto begin(const call& what, const delta_collection& of) const -> odata::outcome<round>;
  [[nodiscard]] auto is_stale(const round& walk, seams::instant now) const -> bool;
  auto gone(call& what, const delta_collection& of) const -> seams::response;
  static auto print(call& what, const delta_collection& of, const round& walk) -> seams::response;

  std::optional<last_reset> reset_;
};

} // namespace mock_graph::directory
