#pragma once
// What both sides of an exchange see of each other, the same on every wire.
#include "mock_graph/service.hpp"

#include <string>
#include <string_view>

namespace mock_graph::wire {

/// No field can smuggle another one in and the URL is absolute, http(s) and free of white space.
auto is_sendable(const seams::request& query) -> bool;

/// The request as a server presents it: an absolute URL with a path, its host in lower case and no
/// fragment; without the fields that belong to the connection.
auto as_service_sees(seams::request query) -> seams::request;

/// The answer as a client presents it: fields that a wire sets are gone, values are trimmed, no
/// body where HTTP allows none, an `undecodable` body garbled. A cut beyond the end of the body,
/// and any distortion of a body that is not sent, becomes `whole`.
auto as_client_sees(std::string_view method, reply answer) -> reply;

/// Bytes that are never valid gzip, whatever `body` is: gzip's magic with a method that does not
/// exist, then `body` disfigured.
auto garble(std::string_view body) -> std::string;

/// HEAD, 1xx, 204 and 304 have no body (RFC 9112, 6.3).
auto has_body(std::string_view method, int status) -> bool;

/// What a world's report says somebody waits for.
auto wait_label(const seams::request& query) -> std::string;

} // namespace mock_graph::wire
