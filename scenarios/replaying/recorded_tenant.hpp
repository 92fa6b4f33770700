#pragma once
// What a cassette tells of the tenant it was recorded from, and of the connector that asked.
#include "replay/cassette/cassette.hpp"
#include "scenarios/model/scenario.hpp"

namespace scenarios::replaying {

/// A scenario in which nothing happens: the cloud, the tenant, the app with the permissions that
/// its recorded tokens carried and a secret of its own, and the feeds that the connector read, each
/// polled as often as it was. What the tape does not tell is made up. Tokens that cannot be read
/// count as good for every feed that was asked for.
auto recorded_tenant(const replay::cassette& tape, const std::string& name) -> model::scenario;

/// Whether a request is for a login host: tokens and documents.
auto is_login(const seams::request& asked) -> bool;

} // namespace scenarios::replaying
