// Feeds any bytes to the normaliser under every feed, and demands that what comes out is valid.
#include "core/feeds/feed_table.hpp"
#include "core/ocsf/document.hpp"
#include "core/ocsf/normalize.hpp"
#include "core/ocsf/validate.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void demand(bool held) {
  if (!held) {
    std::abort();
  }
}

void check_feed(std::string_view feed, std::string_view record) {
  auto around = core::ocsf::context();
  around.otherwise_at = seams::instant{};
  const auto made = core::ocsf::normalize(feed, record, around);
  demand(made.events.empty() != made.unknown.empty());
  for (const auto& event : made.events) {
    demand(core::ocsf::validate(event).empty());
    demand(core::ocsf::read_document(core::ocsf::to_line(event)).has_value());
  }
}

} // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  if (size == 0) {
    return 0;
  }
  const auto feeds = core::feeds::feed_table();
  const auto text = std::string_view(reinterpret_cast<const char*>(data + 1), size - 1);
  check_feed(feeds[data[0] % feeds.size()].name, text);
  return 0;
}
