#include "core/http/links.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>

namespace core::http {
namespace {

constexpr auto scheme = std::string_view("https://");
constexpr auto default_port = std::string_view(":443");

/// Host and port of an https URL, the default port left out; "" for any other text.
auto authority_of(std::string_view url) -> std::string_view {
  if (!seams::equal_ignoring_case(url.substr(0, scheme.size()), scheme)) {
    return {};
  }
  url.remove_prefix(scheme.size());
  auto authority = url.substr(0, url.find_first_of("/?#\\"));
  if (authority.ends_with(default_port)) {
    authority.remove_suffix(default_port.size());
  }
  return authority;
}

auto is_printable(char c) -> bool {
  return c > ' ' && c < '\x7f';
}

} // namespace

auto is_below(std::string_view link, std::string_view root) -> bool {
  if (link.size() > link_bytes_max || !std::ranges::all_of(link, is_printable)) {
    return false;
  }
  const auto host = authority_of(link);
  const auto path = link.find_first_of("/?#\\", scheme.size());
  return !host.empty() && path != std::string_view::npos && link[path] == '/' &&
         host.find('@') == std::string_view::npos &&
         seams::equal_ignoring_case(host, authority_of(root));
}

auto chain::follow(const std::string& link) -> seams::result<void> {
  if (!is_below(link, root_)) {
    return seams::failure(seams::reaction::retry_later,
                          "foreign_link",
                          "the answer links to another host than " + root_ + "; not followed");
  }
  if (seen_.size() >= page_count_max || !seen_.insert(link).second) {
    return seams::failure(seams::reaction::retry_later,
                          "endless_chain",
                          "the pages of " + root_ + " link in a ring or without end");
  }
  return {};
}

} // namespace core::http
