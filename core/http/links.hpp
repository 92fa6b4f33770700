#pragma once
// Links that a peer hands out are followed only where its own API lives.
#include "core/seams/result.hpp"

#include <set>
#include <string>

namespace core::http {

/// A tenant that links pages in a ring must not hang us.
constexpr auto pages_max = std::size_t{10'000};

/// Whether `link` is below `root` ("https://graph.microsoft.com"): same scheme, host and port. The
/// token must never go anywhere else.
auto is_below(std::string_view link, std::string_view root) -> bool;

/// One walk along next links: refuses foreign hosts, links seen before and endless chains.
class chain {
public:
  explicit chain(std::string root) : root_(std::move(root)) {}

  /// Fails with "foreign_link" or "endless_chain".
  auto follow(const std::string& link) -> seams::result<void>;

private:
  std::string root_;
  std::set<std::string> seen_;
};

} // namespace core::http
