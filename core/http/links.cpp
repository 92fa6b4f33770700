#include "core/http/links.hpp"

#include "core/seams/http.hpp"

namespace core::http {

auto is_below(std::string_view link, std::string_view root) -> bool {
  if (!link.starts_with("https://") || link.size() <= root.size() ||
      !seams::equal_ignoring_case(link.substr(0, root.size()), root)) {
    return false;
  }
  return link[root.size()] == '/';
}

auto chain::follow(const std::string& link) -> seams::result<void> {
  if (!is_below(link, root_)) {
    return seams::failure(seams::reaction::retry_later,
                          "foreign_link",
                          "the answer links to another host than " + root_ + "; not followed");
  }
  if (!seen_.insert(link).second || seen_.size() > pages_max) {
    return seams::failure(seams::reaction::retry_later,
                          "endless_chain",
                          "the pages of " + root_ + " link in a ring or without end");
  }
  return {};
}

} // namespace core::http
