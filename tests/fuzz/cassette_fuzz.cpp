// Feeds any bytes to the reader of cassettes; what it takes must come back the same.
#include "replay/cassette/cassette_text.hpp"
#include "replay/cassette/read_cassette.hpp"

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

auto no_bodies(const std::string& name, std::size_t) -> seams::result<std::string> {
  return seams::failure(seams::reaction::stop_and_diagnose, "file_unavailable", name);
}

auto written(const replay::cassette& tape) -> std::string {
  auto out = replay::to_line(tape.head);
  for (const auto& one : tape.exchanges) {
    out += replay::to_line(one);
  }
  return out;
}

} // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  const auto text = std::string_view(reinterpret_cast<const char*>(data), size);
  (void)replay::looks_like_cassette(text);
  const auto tape = replay::read_cassette(text, "fuzz", no_bodies);
  if (!tape) {
    demand(tape.error().why.starts_with("fuzz:"));
    return 0;
  }
  const auto once = written(*tape);
  const auto again = replay::read_cassette(once, "fuzz", no_bodies);
  demand(again.has_value() && again->exchanges.size() == tape->exchanges.size());
  demand(written(*again) == once);
  return 0;
}
