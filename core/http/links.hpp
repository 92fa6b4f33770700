#pragma once
// Links that a peer hands out are followed only where its own API lives.
#include "core/seams/result.hpp"

#include <set>
#include <string>
#include <string_view>

namespace core::http {

/// A tenant that links pages for ever to new ones must not hang us; rings are seen at once. Far
/// above what a window holds, and a first round of the directory at the service's own hundred
/// objects a page comes to a million; a feed that can goes on from where the pages ended.
constexpr auto page_count_max = std::size_t{10'000};
/// Services refuse requests of that size themselves ("Request Too Long").
constexpr auto link_bytes_max = std::size_t{32} << 10U;

/// Whether `link` is below `root` ("https://graph.microsoft.com"): https, the same host and port,
/// no user name, and nothing but printable ASCII, so that it cannot break out of a request line.
/// The token must never go anywhere else.
auto is_below(std::string_view link, std::string_view root) -> bool;

/// One walk along next links: refuses foreign hosts, links seen before and endless chains.
class chain {
public:
  explicit chain(std::string root) : root_(std::move(root)) {}

  /// Call with every link before it is asked for, the first one too. Fails with "foreign_link" or
  /// "endless_chain", both retry_later: the poll ends there and its cursor stays.
  auto follow(const std::string& link) -> seams::result<void>;
  /// How many links were let through.
  [[nodiscard]] auto pages() const -> std::size_t { return seen_.size(); }

private:
  std::string root_;
  std::set<std::string> seen_;
};

} // namespace core::http
