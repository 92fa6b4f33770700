#pragma once
// What could be done about a case, ready to be carried out by the response part of the connector.
#include "core/triage/dossier.hpp"

#include <set>

namespace core::triage {

/// The actions that fit a verdict: all for a malicious case, those that can be undone or that only
/// end sessions for a suspicious one, none otherwise. Permissions: Microsoft Graph permissions
/// reference, "Tenant Allow/Block List" cmdlets, Defender for Endpoint "Machine action".
auto actions_for(const dossier& file,
                 outcome verdict,
                 const std::optional<std::set<std::string>>& roles) -> std::vector<action>;

} // namespace core::triage
