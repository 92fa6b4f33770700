#pragma once
// Access tokens as no login would give them out, to see what a client does with the answer.
#include "mock_graph/login/clouds.hpp"
#include "mock_graph/login/keys.hpp"
#include "mock_graph/tenant/facts.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace scenarios::serve {

enum class token_kind { good, expired, wrong_audience, bad_signature };

/// "good", "expired", "wrong_audience", "bad_signature"; nothing for another word.
auto token_kind_of(std::string_view word) -> std::optional<token_kind>;

/// A token of the tenant's first application for `which`, as good as `kind` says. `serial` tells
/// tokens of one moment apart.
auto odd_token(token_kind kind,
               mock_graph::login::api which,
               const mock_graph::tenant::standing& tenant,
               const mock_graph::login::signing_key& key,
               seams::instant now,
               std::uint64_t serial) -> std::string;

} // namespace scenarios::serve
