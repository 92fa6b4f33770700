#pragma once
// Times as Microsoft's records and windows write them.
#include "core/seams/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace core::feeds {

/// "2026-03-10T08:29:16.4466667Z", with none to nine digits of a second, with 'Z' or without a zone
/// (audit records: UTC all the same), with 'T' or a blank. Nothing for anything else.
auto parse_time(std::string_view text) -> std::optional<seams::instant>;

/// "2026-03-10T08:29:16", UTC: what windows of the Management API accept.
auto to_window_time(seams::instant at) -> std::string;

} // namespace core::feeds
