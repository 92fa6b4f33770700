// The log of the connector's own response actions, as docs/actions.md has it.
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

namespace core::ocsf {
namespace {

/// Remediation Activity: Isolate, Evict, Restore, Harden.
constexpr auto remedies = std::to_array<word>({{"isolate_device", 1},
                                               {"hard_delete_message", 2},
                                               {"disable_user", 2},
                                               {"revoke_sessions", 2},
                                               {"reset_password", 2},
                                               {"disable_forwarding_rules", 2},
                                               {"delete_external_forwarding_rules", 2},
                                               {"release_device", 3},
                                               {"enable_user", 3},
                                               {"block_url", 4},
                                               {"block_sender", 4},
                                               {"block_domain", 4},
                                               {"block_file", 4},
                                               {"block_ip", 4},
                                               {"block_ip_on_endpoints", 4}});

/// A target that was so already is a success too.
constexpr auto results = std::to_array<word>(
    {{"done", 1}, {"already", 1}, {"failed", 2}, {"pending", 99}, {"unknown", 0}});

constexpr auto action_fields = std::to_array<field>({
    {"at", "time", as_time},
    {"act", "command_uid"},
    {"case", "metadata.correlation_uid"},
    {"does", "remediation.desc"},
    {"text", "message"},
    {"code", "status_code"},
    {"result", "status_id", results},
});

auto shape_action(draft& of) -> std::optional<std::string> {
  constexpr auto sent = 99;
  const auto action = of.text("action");
  const auto activity = id_of(remedies, action, sent);
  of.is(classes::remediation_activity, activity, activity == sent ? action : "");
  if (of.text("phase") == "intent") {
    of.choose("status_id", sent, "Sent");
  }
  of.choose("severity_id", severity::informational);
  return std::nullopt;
}

constexpr auto action_identity = std::to_array<std::string_view>({"act", "step", "phase", "at"});

} // namespace

constinit const source sources::actions = {.name = "actions",
                                           .provider = "offtenant",
                                           .vendor = "offtenant",
                                           .product = "offtenant",
                                           .feature = "response",
                                           .prefix = "act",
                                           .identity = action_identity,
                                           .time = "at",
                                           .fields = action_fields,
                                           .shape = shape_action};

} // namespace core::ocsf
