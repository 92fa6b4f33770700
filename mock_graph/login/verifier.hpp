#pragma once
// What an API of the mock does with the bearer token of a call before it looks at roles.
#include "core/seams/time.hpp"
#include "mock_graph/login/keys.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mock_graph::login {

/// The claims of a token whose signature is ours.
struct verified_token {
  std::string audience;
  std::string issuer;
  std::string tenant_id;
  std::string app_id;
  std::string object_id; ///< the service principal
  std::string token_id;  ///< `uti`
  std::vector<std::string> roles;
  seams::instant not_before;
  seams::instant expires;

  [[nodiscard]] auto has_role(std::string_view role) const -> bool;
};

enum class token_fault {
  missing,       ///< no Authorization header, or an empty one
  malformed,     ///< not "Bearer" and a JWT with the claims of ours
  bad_signature, ///< another key, another algorithm, or none
  wrong_audience,
  wrong_tenant,
  expired,
  not_yet_valid
};

struct token_refusal {
  token_refusal() = default;
  token_refusal(token_fault what) : kind(what) {}

  token_fault kind = token_fault::missing;
  std::string audience = {};      ///< of the token, where that is wrong
  std::string issuer = {};        ///< of the token, where its tenant is wrong
  seams::instant expired_at = {}; ///< where that is over
};

[[noreturn]] void throw_exception_from_error(const token_refusal& error,
                                             const boost::source_location& where);

/// Verifies each token's signature once and remembers it; times, audience and tenant are checked
/// at each call. One per world.
class token_verifier {
public:
  /// The key outlives the verifier. At most `remembered` tokens are kept, the oldest goes first.
  explicit token_verifier(const signing_key& key, std::size_t remembered = 256)
      : key_(key), remembered_(remembered) {}

  using result = boost::system::result<verified_token, token_refusal>;

  /// `authorization` is the whole header field. A token is good if its `aud` is one of `audiences`
  /// (a trailing slash or case aside), its `tid` and `iss` are of `tenant_id`, and `now` is
  /// before `exp` and not more than five minutes before `nbf`. Faults are found in the order of
  /// `token_fault`.
  auto verify(std::optional<std::string_view> authorization,
              std::span<const std::string> audiences,
              std::string_view tenant_id,
              seams::instant now) -> result;

  /// How many signatures were computed: what remembering saves.
  [[nodiscard]] auto signature_checks() const -> std::size_t { return signature_checks_; }

private:
  using reading = boost::system::result<const verified_token*, token_refusal>;

  auto known(std::string_view jwt) -> reading;
  void remember(std::string jwt, verified_token token);

  const signing_key& key_;
  std::size_t remembered_;
  std::unordered_map<std::string, verified_token> tokens_;
  std::deque<std::string> oldest_first_;
  std::size_t signature_checks_ = 0;
};

} // namespace mock_graph::login
