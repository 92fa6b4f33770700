#pragma once
// The actions that a connector can take in its tenant, as data: what triage recommends by name,
// what `offtenant act` performs, and what each needs.
#include "core/config.hpp"

#include <array>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::actions {

/// Named lists of texts: {"users": ["adele@contoso.com"]}.
using parameter_list = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// The values of one parameter, none if it is not there.
auto values_of(const parameter_list& all, std::string_view name) -> std::vector<std::string>;

/// What is counted against a limit on the reach of one act.
enum class reach { nothing, users, mailboxes };

/// Application permissions of one API, any of which will do; the least one first.
struct need {
  workload of = workload::graph;
  std::array<std::string_view, 4> any_of = {};
};

struct action_facts {
  std::string_view name;    ///< "disable_user"
  std::string_view title;   ///< a sentence for people, without its full stop
  std::string_view targets; ///< the parameter that lists them: "users"
  std::string_view target;  ///< one of them, for people: "a user"
  reach counts = reach::nothing;
  std::string_view call;           ///< what is sent, for people
  std::array<need, 4> needs = {};  ///< all of them, rows without a permission aside
  std::string_view also = {};      ///< what no token shows, such as a directory role
  std::string_view undone_by = {}; ///< how it is taken back, "" = it cannot be
};

/// All fifteen, in the order in which those of one case are taken: first what limits the harm to
/// others, an account before its sessions.
/// Sources: Microsoft Graph permissions reference; "Tenant Allow/Block List" cmdlets; Defender for
/// Endpoint "Machine action" and "Submit or Update Indicator" (graph-directory-mail-actions sheet,
/// 1 and 5).
auto action_table() -> std::span<const action_facts>;

/// The action of that name, or null.
auto find_action(std::string_view name) -> const action_facts*;

/// The least permission for each need, in order: what to ask an administrator for.
auto permissions_of(const action_facts& what) -> std::vector<std::string>;

/// Whether `roles` has one for that need.
auto satisfies(const std::set<std::string>& roles, const need& what) -> bool;

/// Whether `roles`, those of all APIs together, cover all needs.
auto is_granted(const action_facts& what, const std::set<std::string>& roles) -> bool;

} // namespace core::actions
