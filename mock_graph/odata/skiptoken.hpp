#pragma once
// $skiptoken: where the next page starts, opaque to clients and bound to its query.
#include "core/seams/time.hpp"
#include "mock_graph/odata/error.hpp"
#include "mock_graph/odata/target.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mock_graph::odata {

struct page_mark {
  seams::instant as_of;       ///< when the first page was cut
  std::uint64_t position = 0; ///< rows already served
  std::string last_key = {};  ///< of the last row served; empty where `position` is enough
  std::string query = {};     ///< fingerprint: a token serves the query it was made for

  auto operator==(const page_mark&) const -> bool = default;
};

/// Depends on the path and on what decides rows and order ($filter, $orderby, $search and
/// parameters without `$`), not on $top, $skip, $skiptoken, $count, $select or $expand.
auto query_fingerprint(const target& request) -> std::string;

/// base64url without padding. Changing any character makes it invalid; it hides nothing.
auto encode_skip_token(const page_mark& mark) -> std::string;

/// The mark inside `token`. 400 with an empty code and `Invalid Skip Token` (body of
/// microsoft-graph-docs issue 8612) when it is damaged, longer than 4 KiB or made for a query other
/// than `query` [the last inferred].
auto decode_skip_token(std::string_view token, std::string_view query) -> outcome<page_mark>;

/// That error, for a token that is refused for the tenant's own reasons (a fault, its age).
auto invalid_skip_token() -> api_error;

} // namespace mock_graph::odata
