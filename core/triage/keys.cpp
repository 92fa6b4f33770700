#include "core/clicks/safe_link.hpp"
#include "core/seams/letters.hpp"
#include "core/triage/evidence.hpp"
#include "core/triage/words.hpp"

namespace core::triage {

auto is_click_alert(std::string_view title) -> bool {
  while (!title.empty() && (title.back() <= ' ' || title.back() > '~')) {
    title.remove_suffix(1); // real titles end in invisible characters at times
  }
  return seams::equal_ignoring_case(title, "A potentially malicious URL click was detected") ||
         seams::equal_ignoring_case(title, "A user clicked through to a potentially malicious URL");
}

auto url_key(std::string_view address) -> std::string {
  constexpr auto url_bytes_max = std::size_t{8192};
  if (address.empty() || address.size() > url_bytes_max) {
    return {};
  }
  return "url:" + clicks::comparable(address);
}

auto mail_key(std::string_view network_message_id) -> std::string {
  auto digits = std::string();
  for (const auto c : seams::lower_case(network_message_id)) {
    if (c != '-' && c != ' ') {
      digits += c;
    }
  }
  return digits.empty() ? std::string() : "mail:" + digits;
}

auto teams_key(std::string_view thread, std::string_view message) -> std::string {
  constexpr auto middle = std::string_view("/messages/");
  if (const auto at = message.find(middle); at != std::string_view::npos) {
    const auto path = message.substr(0, at);
    thread = path.substr(path.rfind('/') + 1);
    message = message.substr(at + middle.size());
  }
  if (message.empty()) {
    return {};
  }
  return "teams:" + std::string(thread.empty() ? "?" : thread) + "/" + std::string(message);
}

auto address_key(std::string_view address) -> std::string {
  auto out = seams::lower_case(address);
  if (out.starts_with("smtp:")) {
    out.erase(0, 5);
  }
  std::erase(out, ' ');
  return out;
}

} // namespace core::triage
