#pragma once
// What feeds read from one item of an answer, whatever shape it has.
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace core::feeds {

/// A key longer than that, or with control characters in it, is none.
constexpr auto key_bytes_max = std::size_t{512};

/// The text of a member, or "" where there is none or it is no string.
auto text_of(std::string_view object, std::string_view name) -> std::string;

/// `candidate` if it can serve as a key, otherwise the SHA-256 of `item`: an item without an
/// identity of its own is known by its bytes, so it is never merged with another.
auto key_or_digest(std::string candidate, std::string_view item) -> std::string;

/// `item` with the value of every member called `name`, at any depth, replaced by an empty array;
/// nothing if there is no such member. All other bytes stay.
auto cut_values(std::string_view item, std::string_view name) -> std::optional<std::string>;

/// The object `item` without its own members of these names; nothing if it has none of them or is
/// no object. The bytes of the others stay.
auto cut_members(std::string_view item, std::span<const std::string_view> names)
    -> std::optional<std::string>;

/// `item` with `instead` in place of each of its `slices`, which come in order; one within another
/// goes with it. All other bytes stay.
auto with_slices_cut(std::string_view item,
                     std::span<const std::string_view> slices,
                     std::string_view instead) -> std::string;

} // namespace core::feeds
