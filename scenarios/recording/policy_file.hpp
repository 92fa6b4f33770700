#pragma once
// Redaction policies as people write them: docs/recording.md has every key.
#include "core/toml_reading/diagnostic.hpp"
#include "replay/redact/policy.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios::recording {

struct policy_reading {
  std::optional<replay::redaction_policy> policy; ///< absent if anything is wrong
  std::vector<core::toml_reading::diagnostic> wrong;
};

/// What `text`, the content of `file`, leaves of the defaults.
auto read_policy(std::string_view text, const std::string& file) -> policy_reading;

/// Every key that a policy can have, for the test that compares them with the documentation.
auto policy_keys() -> std::vector<std::string>;

} // namespace scenarios::recording
