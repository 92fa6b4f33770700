#pragma once
// Access tokens by client credentials: cached, renewed early, never asked for in a storm.
#include "core/config.hpp"
#include "core/seams/choices.hpp"
#include "core/seams/clock.hpp"
#include "core/seams/transport.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace core::auth {

/// One token per audience. All feeds share it and a request that is under way.
class token_source {
public:
  token_source(const connector_config& config,
               seams::clock& time,
               seams::choices& chance,
               seams::transport& wire)
      : config_(config), time_(time), chance_(chance), wire_(wire) {}

  /// A token for `audience` ("https://graph.microsoft.com"). It is renewed five minutes before it
  /// ends (at half its life, if that is shorter); while a renewal fails, the old one serves until
  /// its last minute. Asks the v2 endpoint
  /// (learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
  ///
  /// A refusal is remembered for a minute, or for as long as the login asks, and repeated without
  /// a request: its code is the AADSTS number or the error word, `next` is stop_and_diagnose for
  /// wrong credentials or configuration. Trouble of the service ("429", "login_unavailable", the
  /// transport's codes) is retry_later, with growing pauses that all audiences share. The secret
  /// is read anew for every request; "secret_unavailable" if that fails.
  auto token(std::string audience) -> boost::asio::awaitable<seams::result<std::string>>;

  /// An API refused `token`: it is not handed out again. `claims` is what a claims challenge asks
  /// the next one to carry.
  void refused(const std::string& audience,
               const std::string& token,
               std::optional<std::string> claims = std::nullopt);

private:
  /// Held by the coroutine that asks, so that nobody waits for one that was cancelled.
  struct under_way {};
  struct entry {
    std::string token;
    seams::duration renew_at{};
    seams::duration good_until{};
    std::optional<std::string> claims;
    std::optional<seams::failure> refusal;
    seams::duration refusal_until{};
    std::weak_ptr<under_way> asking;
  };

  auto request(const std::string& audience) -> boost::asio::awaitable<void>;
  auto request_for(const std::string& audience, const entry& slot, const std::string& secret)
      -> seams::request;
  void take(entry& slot, const seams::result<seams::response>& answer, const std::string& secret);
  auto keep(entry& slot, const seams::response& answer) -> bool;
  void remember(entry& slot, seams::failure why, seams::duration at_least);
  void rest(entry& slot, seams::failure why, seams::duration asked);

  const connector_config& config_;
  seams::clock& time_;
  seams::choices& chance_;
  seams::transport& wire_;
  std::map<std::string, entry> entries_;  ///< entries stay, so references into it hold
  std::optional<seams::failure> trouble_; ///< why nobody may ask the login before `rested_at_`
  seams::duration rested_at_{};
  unsigned troubles_in_row_ = 0;
  bool welcome_ = false; ///< the last answer was a token; until then, one request at a time
  std::weak_ptr<under_way> asking_;
};

} // namespace core::auth
