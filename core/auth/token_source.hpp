#pragma once
// Access tokens by client credentials: cached, renewed early, never asked for in a storm.
#include "core/config.hpp"
#include "core/seams/choices.hpp"
#include "core/seams/clock.hpp"
#include "core/seams/transport.hpp"

#include <map>
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

  /// A token for `audience` ("https://graph.microsoft.com") with at least five minutes to live,
  /// unless the service gives shorter ones. Asks the v2 endpoint
  /// (learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
  ///
  /// A refusal is remembered for a minute and repeated without a request: its code is the AADSTS
  /// number or the error word, `next` is stop_and_diagnose for wrong credentials or configuration
  /// and retry_later for trouble of the service. The secret is read anew for every request.
  auto token(std::string audience) -> boost::asio::awaitable<seams::result<std::string>>;

  /// An API refused `token`: it is not handed out again.
  void refused(const std::string& audience, const std::string& token);

private:
  struct entry {
    std::string token;
    seams::duration renew_at{};
    std::optional<seams::failure> refusal;
    seams::duration refusal_until{};
    bool under_way = false;
  };

  auto request(const std::string& audience) -> boost::asio::awaitable<void>;
  void take(entry& slot, const seams::result<seams::response>& answer);
  void remember(entry& slot, seams::failure why, seams::duration at_least);

  const connector_config& config_;
  seams::clock& time_;
  seams::choices& chance_;
  seams::transport& wire_;
  std::map<std::string, entry> entries_;
};

} // namespace core::auth
