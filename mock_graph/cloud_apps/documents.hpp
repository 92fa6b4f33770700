#pragma once
// Alerts and activities as Defender for Cloud Apps prints them; times are milliseconds since 1970.
#include "mock_graph/tenant/tenant.hpp"

#include <nlohmann/json.hpp>

namespace mock_graph::cloud_apps {

auto milliseconds(seams::instant at) -> std::int64_t;

/// Source: learn.microsoft.com/defender-cloud-apps/api-alerts-list, api-alerts
/// (defender-cloudapps-azure sheet, 2.3).
auto alert_document(const tenant::tenant& owner,
                    seams::instant at,
                    const tenant::cloud_app_alert& what) -> nlohmann::ordered_json;

/// `saved` is when the service stored it. The reference prints no fields of activities; these are
/// some of those in the answers that demisto/content shows for its Microsoft Cloud App Security
/// integration (README, microsoft-cas-activities-list).
auto activity_document(const tenant::tenant& owner,
                       seams::instant at,
                       seams::instant saved,
                       const tenant::cloud_app_activity& what) -> nlohmann::ordered_json;

} // namespace mock_graph::cloud_apps
