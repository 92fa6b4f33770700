#pragma once
// Which administrators an app may disable, or give a new password.
#include "mock_graph/call.hpp"
#include "mock_graph/tenant/events.hpp"

namespace mock_graph::directory {

/// How far the directory roles of an app reach, and how far they have to for a user. Ordered.
enum class reach {
  plain_users,    ///< no directory role at all
  harmless_roles, ///< Authentication Administrator: readers, guest inviters and their like too
  lesser_admins,  ///< User Administrator: helpdesk, groups and user administrators too
  every_admin     ///< Privileged Authentication Administrator, Global Administrator
};

/// What the caller's service principal can do now.
auto reach_of(const call& by) -> reach;

/// What a sensitive act on `who` takes.
/// Source: learn.microsoft.com/graph/api/resources/users, "Who can perform sensitive actions".
auto needed_for(const tenant::user& who) -> reach;

} // namespace mock_graph::directory
