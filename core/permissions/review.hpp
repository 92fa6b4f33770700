#pragma once
// What the enabled feeds need, against what the app's tokens carry.
#include "core/permissions/permission_table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace core::permissions {

/// The `roles` of a token for one API.
struct token_roles {
  owner of;
  std::vector<std::string> roles;
};

struct review_input {
  std::vector<std::string> feeds;  ///< the enabled ones
  std::vector<token_roles> tokens; ///< of every API for which a token was to be had
  /// Directory roles of the service principal; nothing where they could not be read.
  std::optional<std::vector<std::string>> directory_roles;
  /// What a guide lists, as "name" filed under an API; each that is wrong there is told.
  std::vector<std::pair<std::string, owner>> listed;
};

enum class standing {
  granted,       ///< needed, and in the token
  missing,       ///< needed, and not in the token of its API
  reduced,       ///< not in the token, and its feed goes on with a second source, which shows less
  unused,        ///< in a token, and no enabled feed needs it
  misfiled,      ///< granted or listed under an API that is not its own
  delegated_only ///< listed, and no token of an app can carry it
};

struct finding {
  std::string permission;
  owner of = owner::graph; ///< the API that it belongs to
  standing state = standing::granted;
  bool writes = false;
  std::vector<std::string> feeds; ///< that need it
  std::string advice;             ///< what to do, or ""
};

struct review_result {
  std::vector<finding> findings; ///< by API, then by name
  /// What a permission cannot give: directory roles, licences, service principals, one sentence a
  /// feed.
  std::vector<std::string> besides;

  /// Every feed can be read.
  [[nodiscard]] auto complete() const -> bool;
};

/// Feeds with unknown names are left out. A feed that has roles of another kind instead of its own
/// is satisfied.
auto review(const review_input& what) -> review_result;

/// "granted", "missing", ...
auto to_word(standing state) -> std::string_view;

} // namespace core::permissions
