#include "mock_graph/directory/protected_users.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::directory {
namespace {

using role_reach = std::pair<std::string_view, reach>;

constexpr auto reaches = std::to_array<role_reach>({
    {"Authentication Administrator", reach::harmless_roles},
    {"User Administrator", reach::lesser_admins},
    {"Privileged Authentication Administrator", reach::every_admin},
    {"Global Administrator", reach::every_admin},
});

/// Who holds any other role is for the highest alone.
constexpr auto protections = std::to_array<role_reach>({
    {"Authentication Administrator", reach::harmless_roles},
    {"Directory Readers", reach::harmless_roles},
    {"Guest Inviter", reach::harmless_roles},
    {"Message Center Reader", reach::harmless_roles},
    {"Password Administrator", reach::harmless_roles},
    {"Reports Reader", reach::harmless_roles},
    {"Usage Summary Reports Reader", reach::harmless_roles},
    {"Groups Administrator", reach::lesser_admins},
    {"Helpdesk Administrator", reach::lesser_admins},
    {"User Administrator", reach::lesser_admins},
});

auto look_up(std::span<const role_reach> among, std::string_view name, reach otherwise) -> reach {
  const auto found = std::ranges::find(among, name, &role_reach::first);
  return found == among.end() ? otherwise : found->second;
}

} // namespace

auto reach_of(const call& by) -> reach {
  auto out = reach::plain_users;
  for (const auto& role :
       by.app == nullptr ? std::vector<tenant::directory_role>() : by.app->directory_roles) {
    if (role.from <= by.now && by.now < role.until) {
      out = std::max(out, look_up(reaches, role.name, reach::plain_users));
    }
  }
  return out;
}

auto needed_for(const tenant::user& who) -> reach {
  auto out = reach::plain_users;
  for (const auto& role : who.directory_roles) {
    out = std::max(out, look_up(protections, role, reach::every_admin));
  }
  return out;
}

} // namespace mock_graph::directory
