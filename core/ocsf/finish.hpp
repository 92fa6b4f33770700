#pragma once
// What every event gets at the end, from the description of its class alone.
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace core::ocsf {

/// Removes objects that lack what OCSF requires of them: a user with an address alone, a place with
/// coordinates alone. What stood in them is unmapped then. Attributes of the event itself stay.
void drop_incomplete(nlohmann::json& event);

/// Removes them below one object that is described under this name. False if it is one itself.
auto drop_incomplete(nlohmann::json& object, std::string_view described_as) -> bool;

/// The first thing that the class of an event demands and the event has not, "" if it has all.
[[nodiscard]] auto missing_from(const nlohmann::json& event) -> std::string;

/// Writes the names of class, category, type and activity, `type_uid`, and beside each number of an
/// enumeration its caption. A number 99 without the source's own word gets none.
void put_captions(nlohmann::json& event);

/// Declares in `metadata.profiles` the profiles that the attributes in use come from; `cloud`
/// always, and `incident` on an incident (text of the class).
void put_profiles(nlohmann::json& event);

/// Lists in `observables` the values that OCSF has an observable type for, by their attributes'
/// types; the same value of the same type once. Not from `metadata`, `cloud`, `api` and leftovers,
/// and no links into Microsoft's portals.
void put_observables(nlohmann::json& event);

} // namespace core::ocsf
