#pragma once
// The application permissions that tokens carried when last seen, as the store remembers them.
#include "core/store/store.hpp"

#include <map>
#include <set>
#include <string>

namespace core {

/// Roles by audience: {"https://graph.microsoft.com": {"SecurityAlert.Read.All"}}.
using token_grants = std::map<std::string, std::set<std::string>>;

/// Empty where no connector with a token wrote to this store. What is no such list counts as none.
auto read_grants(store& from) -> seams::result<token_grants>;

/// Replaces what is remembered.
auto write_grants(store& into, const token_grants& known, seams::instant now)
    -> seams::result<void>;

/// The roles of all audiences; nothing where none is known, which is not the same as no role.
auto all_roles(const token_grants& known) -> std::optional<std::set<std::string>>;

} // namespace core
