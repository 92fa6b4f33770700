#pragma once
// The 401 of each API to a token that is not for it, in that API's own words.
#include "mock_graph/call.hpp"
#include "mock_graph/login/verifier.hpp"

#include <span>
#include <string>
#include <string_view>

namespace mock_graph::server {

/// What a token would have had to be for.
struct token_demand {
  std::string_view tenant_id;
  std::span<const std::string> audiences;
};

/// Answers for `what.api`, and leaves the reason for the journal.
auto refuse_token(call& what, const login::token_refusal& why, const token_demand& wanted)
    -> seams::response;

} // namespace mock_graph::server
