#pragma once
// What happens to identities: sign-ins, changes of the directory, risk.
#include "core/seams/time.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mock_graph::tenant {

/// Entra ID's licence of the whole tenant. Sign-in logs need P1, the details of risk need P2.
enum class entra_licence { free, p1, p2 };

/// One sign-in, or `count` of them evenly spread over `over`, whose ids are "many#0", "many#1", ...
struct sign_in {
  std::string id; ///< how a scenario speaks of it
  std::string user;
  std::string app = "Office 365 Exchange Online"; ///< appDisplayName
  std::string client_app = "Browser";             ///< clientAppUsed
  std::string device;                             ///< device name; empty: an unknown device
  std::string ip;                                 ///< empty: the device's, or one made up
  std::string city;
  std::string state;
  std::string country = "US";
  std::int64_t error_code = 0; ///< an AADSTS number without its prefix; 0 = success
  std::string failure_reason;
  std::string mfa;                               ///< status.additionalDetails
  std::string conditional_access = "notApplied"; ///< "success", "failure", "notApplied"
  std::string risk_level = "none";
  std::string risk_state = "none";
  std::vector<std::string> risk_events;
  bool interactive = true; ///< v1.0 lists interactive ones only
  std::uint64_t count = 1;
  seams::duration over{};
  std::optional<seams::duration> visible_after; ///< replaces the default delay
};

/// What a change of the directory was done to.
struct directory_target {
  std::string user; ///< a user of the tenant, or empty
  std::string name; ///< display name of anything else
  std::string type = "User";
  nlohmann::json old_values = nlohmann::json::object(); ///< by property
  nlohmann::json new_values = nlohmann::json::object();
};

struct directory_change {
  std::string id;
  std::string activity;          ///< activityDisplayName: "Add user", "Consent to application", ...
  std::string category;          ///< empty: by the words of the activity
  std::string operation;         ///< operationType; empty: by the words of the activity
  std::string by_user;           ///< user name; empty: `by_app` did it
  std::string by_app;            ///< display name
  std::string by_principal = {}; ///< its service principal's id; empty: made from the name
  std::string ip;
  std::string service = "Core Directory"; ///< loggedByService
  std::string result = "success";
  std::string reason;
  std::vector<directory_target> targets;
  std::optional<seams::duration> visible_after;
};

/// Identity Protection detects a risk.
struct risk {
  std::string id;
  std::string user;
  std::string type = "unfamiliarFeatures"; ///< riskEventType
  std::string level = "medium";
  std::string state = "atRisk";
  std::string detail = "none";
  std::string timing = "realtime";
  std::string sign_in; ///< id of the sign-in it is about, or empty
  std::string ip;
  std::optional<seams::duration> visible_after;
};

/// A user, an administrator or a policy deals with a risk.
struct risk_change {
  std::string of; ///< id of the risk
  std::string state;
  std::string detail;
};

} // namespace mock_graph::tenant
