#pragma once
// Gives a connector its credential, looked up where the config says, anew at each use.
#include "core/live/settings.hpp"

#include <functional>
#include <optional>
#include <string_view>

namespace core::live {

/// Reads one environment variable; nothing when it is not set.
using variables = std::function<std::optional<std::string>(std::string_view name)>;

/// Sets the credential of `out`. It is read for every token request, so a rotated one needs no
/// restart. A file's last line end does not count; nothing else is trimmed. A failure names the
/// variable or file that it was looked for in, and never what was found there.
void connect_credential(const credential_places& places, variables env, connector_config& out);

/// Whether the credential can be read now, for a start that fails early.
auto check_credential(const connector_config& config) -> seams::result<void>;

} // namespace core::live
