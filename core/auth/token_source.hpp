#pragma once
// Access tokens by client credentials: cached, renewed early, never asked for in a storm.
#include "core/config.hpp"
#include "core/seams/choices.hpp"
#include "core/seams/clock.hpp"
#include "core/seams/transport.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
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
  /// transport's codes) is retry_later, with growing pauses that all audiences share. The
  /// credential is read anew for every request; if that fails, the failure's own code, or
  /// "secret_unavailable" where it has none.
  ///
  /// A certificate signs a fresh assertion each time, dated by the login's clock as far as it is
  /// known; one that is refused as out of its time is made again, once, by the Date of the refusal.
  auto token(std::string audience) -> boost::asio::awaitable<seams::result<std::string>>;

  /// An API refused `token`: it is not handed out again. `claims` is what a claims challenge asks
  /// the next one to carry.
  void refused(const std::string& audience,
               const std::string& token,
               std::optional<std::string> claims = std::nullopt);

  /// Whether the latest token for `audience` carries that application permission; no request.
  [[nodiscard]] auto carries(const std::string& audience, std::string_view role) const -> bool;

  /// The application permissions of the latest token for each audience; no request.
  [[nodiscard]] auto granted() const -> std::map<std::string, std::set<std::string>>;

  /// When the credential ends, for the diagnosis once it has; learnt from the app's registration.
  void note_expiry(std::optional<seams::instant> at) { expires_ = at; }

private:
  /// Held by the coroutine that asks, so that nobody waits for one that was cancelled.
  struct under_way {};
  struct entry {
    std::string token;
    std::optional<std::vector<std::string>> roles; ///< unset where the token cannot be read
    seams::duration renew_at{};
    seams::duration good_until{};
    std::optional<std::string> claims;
    std::optional<seams::failure> refusal;
    seams::duration refusal_until{};
    std::weak_ptr<under_way> asking;
  };

  /// The two forms of proof; one of them is empty.
  struct proof_text {
    std::string secret;
    std::string assertion;
  };

  auto request(const std::string& audience) -> boost::asio::awaitable<void>;
  auto prove(const credential& with) -> proof_text;
  auto request_for(const std::string& audience, const entry& slot, const proof_text& proof)
      -> seams::request;
  [[nodiscard]] auto endpoint() const -> std::string;
  /// Whether the clock's error became known just now by a refusal that it explains.
  auto dated_wrong(const seams::result<seams::response>& answer) -> bool;
  void take(entry& slot,
            const seams::result<seams::response>& answer,
            const credential& with,
            const proof_text& proof);
  void take_refusal(entry& slot,
                    const seams::response& answer,
                    const credential& with,
                    const proof_text& proof);
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
  seams::duration clock_offset_{}; ///< of the login's clock to ours
  std::optional<seams::instant> expires_;
};

} // namespace core::auth
