#pragma once
// Runs cmdlets of Exchange Online one by one and gives what they print.
#include "core/exchange/invocation.hpp"

#include <nlohmann/json.hpp>

namespace core::exchange {

using object = nlohmann::ordered_json;

struct printed {
  std::vector<object> rows; ///< without the fields that only name types
  bool cut = false;         ///< there is more, and it cannot be had
};

/// All of them outlive it.
class cmdlet_runner {
public:
  cmdlet_runner(const connector_config& config, api::api_client& api, auth::token_source& tokens)
      : config_(config), api_(api), tokens_(tokens) {}

  /// Every page of what the cmdlet prints; nothing is printed by most that change something.
  ///
  /// Nothing is sent to Exchange if the token lacks the application permission:
  /// "permission_missing". Other failures are those of `api_client::send`, with the missing grant
  /// named by "app_role_missing" or "directory_role_missing"; "404" is an object that is not there,
  /// or not yet. Of a cmdlet that changes something, `retry_later` leaves open whether it came
  /// about, save for "429" and "retry_after".
  auto run(std::string cmdlet, object parameters) -> boost::asio::awaitable<seams::result<printed>>;

  /// Exactly what `run` sends first.
  [[nodiscard]] auto call_for(std::string_view cmdlet, const object& parameters) const -> api::call;

private:
  auto check_permission(std::string_view cmdlet) -> boost::asio::awaitable<seams::result<void>>;

  const connector_config& config_;
  api::api_client& api_;
  auth::token_source& tokens_;
};

} // namespace core::exchange
