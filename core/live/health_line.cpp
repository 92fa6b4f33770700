#include "core/live/health_line.hpp"

#include "core/feeds/feed_table.hpp"
#include "core/feeds/permission_hint.hpp"
#include "core/health/remedy.hpp"

#include <algorithm>

namespace core::live {

auto remedy_for(const std::string& feed, std::string_view state, std::string_view code)
    -> std::string {
  auto needs = health::feed_needs();
  if (const auto* facts = feeds::find_feed(feed)) {
    for (const auto role : facts->permissions) {
      needs.permissions += (needs.permissions.empty() ? "" : " and ") + std::string(role);
    }
    needs.api = feeds::portal_name(facts->api);
    needs.also = facts->also;
  }
  return health::remedy(state, code, needs);
}

auto health_line(const health_entry& entry) -> std::string {
  auto out = seams::to_rfc3339(entry.at) + " " + entry.feed + ": " + entry.state;
  if (!entry.code.empty()) {
    out += " (" + entry.code + ")";
  }
  if (!entry.text.empty() && entry.state != "ok") {
    out += ": " + entry.text;
  }
  if (out.ends_with('.')) {
    out.pop_back();
  }
  const auto what_to_do = remedy_for(entry.feed, entry.state, entry.code);
  return on_one_line(out + (what_to_do.empty() ? "" : ". To mend: " + what_to_do));
}

auto on_one_line(std::string text) -> std::string {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }, ' ');
  return text;
}

} // namespace core::live
