#pragma once
// Lists of Graph: filtered, sorted and paged as the service does it, whatever they list.
#include "mock_graph/call.hpp"
#include "mock_graph/ledger/entity_log.hpp"
#include "mock_graph/odata/options.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::graph {

/// One list and its rules.
struct collection {
  std::string_view path; ///< below the version, "security/alerts_v2": names the context
  const entity_log& log;
  const odata::entity_schema& schema;
  odata::rules limits;
  std::int64_t page_most = 0;    ///< smaller pages for short scenarios; 0 = the service's
  bool skiptoken_links = true;   ///< next links carry `$skiptoken` instead of `$skip`
  std::string_view context = {}; ///< of `@odata.context`, where it is not the path
  /// Of the 404 for an unknown id; the directory's.
  std::string_view missing_code = "Request_ResourceNotFound";

  /// What an item looks like with `$expand`, where the list allows that.
  using expansion = std::function<std::string(const entity_version& item, seams::instant as_of)>;
  expansion expanded = {};

  std::vector<std::string> usual_select = {}; ///< what items show without `$select`; empty: all
  bool counts = true;                         ///< false: `$count` is passed over
  /// Why options that each are right may not stand together; nothing if they may.
  using check = std::function<std::optional<odata::api_error>(const odata::options& read)>;
  check objection = {};
  /// How an item is written, where that is not its raw bytes.
  expansion shown = {};
  /// Nothing outside is listed, whatever the filter says.
  odata::time_range within = {};
};

/// Serves lists. Pages stay right while data arrives: the pages of one walk show the state at its
/// first page, whichever link form is used.
class collection_reader {
public:
  /// A page of the list, or the refusal of its options.
  auto list(call& what, const collection& of) -> seams::response;
  /// How many items there are, or fit `$filter`: plain text.
  static auto count(call& what, const collection& of) -> seams::response;
  /// One item, or 404.
  static auto item(call& what, const collection& of, const std::string& id) -> seams::response;

private:
  /// When the walk that this request belongs to began.
  auto walk_began(const call& what, const odata::options& options) -> seams::instant;

  std::map<std::string, seams::instant> walks_; ///< caller and query, to the first page's instant
};

} // namespace mock_graph::graph
