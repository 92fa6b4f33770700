#pragma once
// Whether an object of Exchange is as a request wants it, and what else changed about it.
#include "core/safe_links/commands.hpp"

#include <vector>

namespace core::safe_links {

/// The settings of `wanted` that `row` does not have as they are wanted, each in words:
/// "TrackClicks is true". What the row does not show is left out unless `strict`.
auto differences(const object& wanted, const object& row, bool strict) -> std::vector<std::string>;

/// What differs between two states of an object besides `asked`, each in words:
/// "TrackClicks: true, then false". Times of changes do not count.
auto drift(const object& before, const object& after, const object& asked)
    -> std::vector<std::string>;

/// Texts with commas between them.
auto joined(const std::vector<std::string>& texts) -> std::string;

/// A value for people: lists with commas, "-" for nothing.
auto shown(const object& value) -> std::string;

/// Texts are the same whatever their case.
auto same_text(const object& row, std::string_view name, std::string_view text) -> bool;

} // namespace core::safe_links
