#pragma once
// Reads a record into values, with nothing lost that a parser would lose.
#include "core/seams/result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string_view>

namespace core::ocsf {

/// The JSON value in `text`. Where the usual parsers refuse or round, this one keeps: half of a
/// surrogate pair becomes U+FFFD, and a number that fits neither 64 bits nor a double stays as the
/// text it was written in. Of duplicate names the last one wins. Fails with "answer_malformed" for
/// what is no JSON, deeper than 64 levels or larger than 64 MiB.
[[nodiscard]] auto read_document(std::string_view text) -> seams::result<nlohmann::json>;

/// The text of a value as one line of JSON; bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] auto to_line(const nlohmann::json& value) -> std::string;

} // namespace core::ocsf
