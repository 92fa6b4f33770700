#pragma once
// Chooses by its URL what is recorded.
#include <string>
#include <string_view>
#include <vector>

namespace scenarios::recording {

/// Whether `text` has the form of `glob`: '*' is any text, '?' any character; letters compare
/// without regard to case.
auto matches_glob(std::string_view glob, std::string_view text) -> bool;

/// Each of `filters` is a part of a URL, or a form of the whole URL if it holds '*' or '?'; with
/// '!' before it, it names what is left out. An exchange is wanted if no '!' holds for it and one
/// of the others does, if there are others.
auto is_wanted(std::string_view url, const std::vector<std::string>& filters) -> bool;

} // namespace scenarios::recording
