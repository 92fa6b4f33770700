#pragma once
// When the connector's app may read what a view shows: roles, consent, directory roles, retirement.
#include "scenarios/model/scenario.hpp"
#include "scenarios/run/feed_views.hpp"

#include <set>

namespace scenarios::run {

/// Whether one of the view's sources is open to the app at that moment.
auto is_permitted(const model::scenario& what, const feed_view& view, seams::instant at) -> bool;

/// The moments after the start at which that may change, in order.
auto permit_changes(const model::scenario& what) -> std::vector<seams::instant>;

/// Subscriptions, in lower case, of which the connector is not told, or in which its app holds no
/// role at the end.
auto closed_subscriptions(const model::scenario& what) -> std::set<std::string>;

} // namespace scenarios::run
