#pragma once
// The body of a JSON batch, read and checked as a whole before any part of it is answered.
#include "core/seams/http.hpp"
#include "mock_graph/odata/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::graph {

struct batch_part {
  std::string id;
  std::string method;
  std::string url; ///< below the version, without the first '/': "users?$top=1"
  seams::headers fields;
  std::string body;
  std::optional<std::size_t> after; ///< the place of the part that it depends on
};

constexpr auto batch_parts_max = std::size_t{20};
/// A bound of ours.
constexpr auto batch_bytes_max = std::size_t{4} * 1024 * 1024;

/// Reads `{"requests":[{"id","method","url","headers"?,"body"?,"dependsOn"?}]}`. What is wrong with
/// one part refuses the whole, always with 400 `BadRequest`:
///
/// - more than 20 parts; an id that is there twice, in any case; no JSON, no parts: texts as
///   recorded in the test fixtures of bradleymarques/microslop_one_drive (February 2026); an
///   absolute URL has the text of the last (microsoft-graph-docs-contrib issue 8576), and so have
///   here a missing id, method or url, nesting, atomicity groups, and a body without Content-Type
///   where the method does not write: no source shows those.
/// - POST, PUT or PATCH without body or without Content-Type: msgraph-sdk-dotnet issue 2628.
/// - dependencies are all serial or all the same (microsoft-graph-docs issue 16280), on earlier
///   parts only (msgraph-sdk-dotnet-core issue 891 quotes how that text begins).
///
/// Rules: learn.microsoft.com/graph/json-batching. A body that is no JSON comes in base64.
auto read_batch(std::string_view body) -> odata::outcome<std::vector<batch_part>>;

} // namespace mock_graph::graph
