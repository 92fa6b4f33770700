// Feeds any bytes to the reader of HTTP archives; what it takes must be readable once written.
#include "replay/har/read_har.hpp"
#include "replay/har/write_har.hpp"

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

} // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  const auto text = std::string_view(reinterpret_cast<const char*>(data), size);
  const auto archive = replay::read_har(text, "fuzz");
  if (!archive) {
    demand(archive.error().why.starts_with("fuzz:"));
    return 0;
  }
  const auto again = replay::read_har(replay::write_har(archive->tape), "fuzz");
  demand(again.has_value() && again->tape.exchanges.size() == archive->tape.exchanges.size());
  return 0;
}
