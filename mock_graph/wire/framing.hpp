#pragma once
// An answer as the bytes that go over a connection.
#include "mock_graph/service.hpp"

#include <string>

namespace mock_graph::wire {

/// What the request allows of its answer.
struct framing_rules {
  int version = 11;       ///< of HTTP: 10 knows no chunks
  bool keep_alive = true; ///< the connection stays open afterwards
  bool gzip = false;      ///< the client accepts it
  bool body_allowed = true;
};

/// `answer` has been through `as_client_sees` and travels `whole`, `cut` or `undecodable`. Bodies
/// above 1 KiB are compressed when allowed, those still above 8 KiB chunked when allowed. A cut
/// answer announces its full length and then stops.
auto to_bytes(const reply& answer, const framing_rules& rules) -> std::string;

/// A short answer of the server itself, after which it closes the connection.
auto refusal(int status) -> std::string;

} // namespace mock_graph::wire
