#pragma once
// Asks the login for a token of every API, to see what the app may do in the tenant.
#include "core/live/surroundings.hpp"
#include "core/permissions/review.hpp"

namespace core::live {

/// An API for which the login gives no token.
struct refused_api {
  permissions::owner of = permissions::owner::graph;
  seams::failure why;
};

struct token_survey {
  std::vector<permissions::token_roles> tokens; ///< what each token carries, maybe nothing
  std::vector<refused_api> refused;
};

/// One token request for each API of the config's cloud whose roles stand in tokens; nothing is
/// read from the tenant. A refused API is told, and the others go on: an app without any grant of
/// an API may be refused there alone.
auto survey_tokens(const connector_config& config,
                   seams::clock& time,
                   seams::choices& chance,
                   seams::transport& wire) -> boost::asio::awaitable<token_survey>;

/// The same with the system's clock and network. Fails when the credential or the root certificates
/// cannot be read, and with the login's refusal when it gives no token at all.
auto run_survey(const settings& what, const outside& given) -> seams::result<token_survey>;

} // namespace core::live
