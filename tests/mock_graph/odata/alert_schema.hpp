#pragma once
// The alert type as tests need it: every kind of property once.
#include "mock_graph/odata/schema.hpp"

namespace tests {

inline auto alert_schema() -> mock_graph::odata::entity_schema {
  using mock_graph::odata::kind;
  using mock_graph::odata::property;
  const auto account = property{"userAccount",
                                kind::complex,
                                "microsoft.graph.security.userAccount",
                                {},
                                {{"accountName"}, {"isGuest", kind::boolean}}};
  return {"microsoft.graph.security.alert",
          {{"id"},
           {"title"},
           {"assignedTo"},
           {"createdDateTime", kind::date_time},
           {"lastUpdateDateTime", kind::date_time},
           {"resolvedDateTime", kind::date_time},
           {"severity",
            kind::enumeration,
            "microsoft.graph.security.alertSeverity",
            {"unknown", "informational", "low", "medium", "high"}},
           {"serviceSource", kind::enumeration, "microsoft.graph.security.serviceSource"},
           {"priorityScore", kind::int32},
           {"fileSize", kind::int64},
           {"ratio", kind::real},
           {"isExternal", kind::boolean},
           {"owningTenantId", kind::guid},
           account,
           {"additionalData", kind::complex},
           {"tags", kind::collection, {}, {}, {}, kind::string},
           {"evidence", kind::collection, {}, {}, {}, kind::complex},
           {"accounts",
            kind::collection,
            "microsoft.graph.security.userAccount",
            {},
            account.fields,
            kind::complex},
           {"alerts", kind::navigation}}};
}

} // namespace tests
