#pragma once
// System query options ($top, $filter, …) of one request, read under the rules of one endpoint.
#include "mock_graph/odata/error.hpp"
#include "mock_graph/odata/filter.hpp"
#include "mock_graph/odata/option_lists.hpp"
#include "mock_graph/odata/schema.hpp"
#include "mock_graph/odata/target.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mock_graph::odata {

enum class option {
  filter,
  top,
  skip,
  skip_token,
  delta_token,
  count,
  order_by,
  expand,
  select,
  search,
  format
};

/// What an endpoint does with a $top above its maximum.
enum class over_top {
  clamp,      ///< serves the maximum (alerts_v2)
  limit_text, ///< 400 `The limit of '50' for Top query has been exceeded. …` (incidents)
  page_text   ///< 400 `Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.`
};

/// The rules of one endpoint.
struct rules {
  std::set<option> allowed;
  std::uint64_t top_default = 100;
  std::uint64_t top_max = 1000;
  over_top when_over = over_top::clamp;
  std::optional<std::uint64_t> skip_max = {}; ///< above it: 400
  std::vector<std::string> expandable = {};
  std::vector<sort_key> default_order = {}; ///< when the request has no $orderby
  bool bare_names = false; ///< also read `filter=` for `$filter=` (beta, analyzedEmails)
};

struct options {
  std::uint64_t top = 0; ///< page size to serve, after default and maximum
  bool top_given = false;
  std::uint64_t skip = 0;
  std::optional<std::string> skip_token;  ///< as sent: see skiptoken.hpp
  std::optional<std::string> delta_token; ///< as sent
  std::optional<std::string> search;      ///< as sent
  bool count = false;
  std::vector<sort_key> order; ///< of the request, else the endpoint's own
  std::vector<expansion> expand;
  std::vector<std::string> select; ///< empty: everything
  std::optional<filter> where;
};

/// Reads the options of `request`. Parameters without `$` are left alone. Errors, all 400:
/// - an option that `limits` does not allow: `Query option 'SkipToken' is not allowed. …`
///   (msgraph-sdk-dotnet issue 2566), empty code;
/// - $top above the maximum (Wazuh issue 28070), and the same wording for $skip [inferred];
/// - numbers, $count, duplicates: the wording of Microsoft's OData library, in the same envelope;
/// - $filter: see filter.hpp; $select, $expand, $orderby: see option_lists.hpp;
/// - another `$` name: `The query parameter '$x' is not supported.` [inferred].
auto read_options(const target& request, const rules& limits, const entity_schema& schema)
    -> outcome<options>;

} // namespace mock_graph::odata
