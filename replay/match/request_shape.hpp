#pragma once
// A request taken apart, without what differs from poll to poll: what makes two requests the same.
#include "core/seams/http.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// A parameter of the query or a member of the body; what varies in the value is "<time>",
/// "<span>" or "<n>".
struct request_field {
  std::string name;
  std::string value;
  auto operator<=>(const request_field&) const = default;
};

struct request_shape {
  std::string method;                ///< upper case
  std::string host;                  ///< lower case, with a port that is not the usual one
  std::vector<std::string> path;     ///< decoded, in lower case; users('x') is users, x
  std::vector<request_field> query;  ///< sorted, names in lower case
  std::vector<request_field> body;   ///< leaves of JSON by dotted path, or fields of a form
  std::vector<request_field> onward; ///< parameters that carry on a list: where to
};

/// What a poller varies is taken out: times and windows, limits of hunting queries, ids of the
/// request, secrets, encoding, order and case of parameters. Ids in the path, $select, $top,
/// $expand and the shape of a $filter stay.
auto shape_of(const seams::request& query) -> request_shape;

/// Of the list that is polled: equal for all polls of it.
auto resource_key(const request_shape& shape) -> std::string;
/// Of the list and the fact that it is carried on, wherever to.
auto continuation_key(const request_shape& shape) -> std::string;
/// Of this very URL, however it is encoded: for links, which are followed as they were given.
auto link_key(std::string_view url) -> std::string;

/// "GET https://host/path", for people.
auto to_text(const request_shape& shape) -> std::string;

} // namespace replay
