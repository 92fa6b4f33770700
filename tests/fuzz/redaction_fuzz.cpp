// Feeds any bytes to redaction: as URL, header and body, with a secret among them that must go.
#include "replay/redact/exchange_redactor.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

constexpr auto planted = std::string_view("planted-Secret-4711");

void demand(bool held) {
  if (!held) {
    std::abort();
  }
}

auto redactor() -> replay::text_redactor {
  auto memory = std::make_shared<replay::secret_memory>();
  memory->know(planted);
  return {{}, "a key for fuzzing", {}, memory};
}

} // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  const auto text = std::string(reinterpret_cast<const char*>(data), size);
  auto one = replay::exchange();
  one.asked = {"GET", "https://graph.microsoft.com/" + text, {{"X-Any", text}}, text};
  one.answered = {200, {{"Set-Cookie", text}}, text + ' ' + std::string(planted), false};
  const auto left = replay::redacted(one, redactor());
  demand(left.answered.status == 200);
  demand(left.asked.url.starts_with("https://graph.microsoft.com"));
  demand(left.answered.body.find(planted) == std::string::npos);
  demand(replay::redacted(one, redactor()).asked.body == left.asked.body);
  return 0;
}
