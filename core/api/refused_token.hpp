#pragma once
// Why an API refused a token that the login had just issued: made for another API or cloud.
#include "core/config.hpp"
#include "core/http/error_body.hpp"

#include <optional>

namespace core::api {

/// For a 401 of `which` with these words to a call with `token`: code "wrong_audience" where the
/// API says so or the token is another API's, "token_not_accepted" where the Management API, which
/// gives no reason, refuses one of its own: GCC shares the login of the worldwide cloud, not that
/// API. Nothing for any other reason. Texts name both sides and hold nothing else of the token.
auto explain_refused_token(workload which,
                           const cloud& where,
                           const http::error_words& said,
                           std::string_view token) -> std::optional<seams::failure>;

} // namespace core::api
