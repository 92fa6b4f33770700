#pragma once
// How wrong this machine's clock is, in words.
#include "core/seams/http.hpp"
#include "core/seams/time.hpp"

#include <optional>
#include <string>

namespace core::auth {

/// How far a service's clock is ahead of ours by the Date header of an answer; nothing without
/// one. Differences under half a minute count as none, those over a day as a mistake of the
/// service's, hence as none too.
auto offset_by(const seams::headers& fields, seams::instant now) -> std::optional<seams::duration>;

/// "this machine's clock is 11 minutes behind" for a service that is 11 minutes ahead.
auto clock_text(seams::duration offset) -> std::string;

} // namespace core::auth
