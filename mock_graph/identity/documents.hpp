#pragma once
// Sign-ins, directory audits and risk as Graph prints them.
#include "mock_graph/tenant/tenant.hpp"

#include <nlohmann/json.hpp>

namespace mock_graph::identity {

/// Where a sign-in comes from: its address, its device's, or one made up for the user.
auto sign_in_address(const tenant::tenant& owner, const tenant::sign_in& what) -> std::string;

/// microsoft.graph.signIn as v1.0 has it, without appliedConditionalAccessPolicies: those are left
/// out for callers without Policy.Read.All. Risk is "hidden" without a P2 licence.
/// Source: learn.microsoft.com/graph/api/resources/signin (graph-directory sheet, 3.2).
auto sign_in_document(const tenant::tenant& owner, seams::instant at, const tenant::sign_in& what)
    -> nlohmann::ordered_json;

/// microsoft.graph.directoryAudit; values of modified properties are JSON text inside a string.
/// Source: learn.microsoft.com/graph/api/resources/directoryaudit (graph-directory sheet, 3.3).
auto directory_audit_document(const tenant::tenant& owner,
                              seams::instant at,
                              const tenant::directory_change& what) -> nlohmann::ordered_json;

/// A risk with what has become of it.
struct detected_risk {
  tenant::risk what; ///< state, level and detail as they are now
  tenant::user who;
  seams::instant detected;
  seams::instant updated;
  seams::instant active; ///< when the user did what is risky
  std::string origin;
};

/// microsoft.graph.riskDetection. Without P2: the type is "generic", level and detail are hidden.
/// Source: learn.microsoft.com/graph/api/resources/riskdetection (graph-directory sheet, 3.4).
auto risk_detection_document(const tenant::tenant& owner, const detected_risk& what)
    -> nlohmann::ordered_json;

/// What Identity Protection thinks of a user.
struct user_risk {
  tenant::user who;
  seams::instant updated;
  std::string level;
  std::string state;
  std::string detail;
};

/// microsoft.graph.riskyUser; its id is the user's object id (graph-directory sheet, 3.5).
auto risky_user_document(const user_risk& what) -> nlohmann::ordered_json;

} // namespace mock_graph::identity
