#pragma once
// A review of permissions as a table for people and as JSON for machines.
#include "core/permissions/review.hpp"

namespace core::permissions {

/// One line a permission under the name of its API, then what to do about each that is not as it
/// should be; ends with a line break.
auto to_text(const review_result& what) -> std::string;

/// {"complete", "permissions": [{"name", "api", "standing", "writes", "feeds", "advice"}],
/// "besides"}.
auto to_json(const review_result& what) -> std::string;

} // namespace core::permissions
