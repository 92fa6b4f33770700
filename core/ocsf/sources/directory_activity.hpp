#pragma once
// Which class an activity of the directory belongs to, for Graph's directory audits and Management
// records of type 8 alike (sheet, section 5.2).
#include <string>
#include <string_view>

namespace core::ocsf {

/// A class and its activity; 99 where the activity's own name says more.
struct directory_act {
  int class_uid;
  int activity_id;
  int severity_id;
};

/// By the activity's name; failing that, by what it is about ("UserManagement") and does ("Add").
[[nodiscard]] auto directory_act_of(std::string_view activity,
                                    std::string_view category,
                                    std::string_view operation_type) -> directory_act;

/// "Add user." as "Add user": without a full stop and blanks at the end, en dashes as hyphens.
[[nodiscard]] auto activity_name(std::string_view text) -> std::string;

/// "User" as 2, "Group" as 3, ...; 99 for what OCSF does not name.
[[nodiscard]] auto entity_type(std::string_view kind) -> int;

/// The text inside a value that is written as JSON in a text: `"\"Global Administrator\""`.
[[nodiscard]] auto unquoted(std::string_view text) -> std::string;

} // namespace core::ocsf
