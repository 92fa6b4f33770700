#include "core/seams/digest.hpp"
#include "mock_graph/hunting/kql/functions.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <array>
#include <charconv>

namespace mock_graph::hunting::kql {
namespace {

using json = nlohmann::json;

auto hex_digit(char c) -> int {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

auto decoded(std::string_view in) -> std::string {
  auto made = std::string();
  for (auto at = std::size_t{0}; at < in.size(); ++at) {
    const auto high = in[at] == '%' && at + 2 < in.size() ? hex_digit(in[at + 1]) : -1;
    const auto low = high >= 0 ? hex_digit(in[at + 2]) : -1;
    if (low >= 0) {
      made += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      made += in[at] == '+' ? ' ' : in[at];
    }
  }
  return made;
}

auto url_decode(const call_env&, arguments args) -> value {
  return decoded(text_of(*args[0]));
}

auto url_encode(const call_env& env, arguments args) -> value {
  constexpr auto digits = std::string_view("0123456789ABCDEF");
  constexpr auto kept = std::string_view("-_.~");
  auto made = std::string();
  for (const auto c : text_of(*args[0])) {
    const auto byte = static_cast<unsigned char>(c);
    const auto plain_char = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                            (c >= 'a' && c <= 'z') || kept.find(c) != std::string_view::npos;
    made +=
        plain_char ? std::string(1, c) : std::string{'%', digits[byte >> 4U], digits[byte & 15U]};
  }
  env.check_size(made.size());
  return made;
}

constexpr auto base64_digits =
    std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

// Text that is no base64 gives "", as Kusto gives null.
auto base64_decode(const call_env&, arguments args) -> value {
  auto in = text_of(*args[0]);
  in.erase(in.find_last_not_of('=') + 1);
  auto made = std::string();
  auto bits = 0U;
  auto count = 0;
  for (const auto c : in) {
    const auto digit = base64_digits.find(c);
    if (digit == std::string_view::npos) {
      return std::string();
    }
    bits = (bits << 6U) | static_cast<unsigned>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      made += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
  }
  return made;
}

auto base64_encode(const call_env& env, arguments args) -> value {
  const auto in = text_of(*args[0]);
  auto made = std::string();
  for (auto at = std::size_t{0}; at < in.size(); at += 3) {
    const auto byte = [&](std::size_t ahead) {
      return at + ahead < in.size() ? static_cast<unsigned char>(in[at + ahead]) : 0U;
    };
    const auto bits = byte(0) << 16U | byte(1) << 8U | byte(2);
    made += base64_digits[bits >> 18U & 63U];
    made += base64_digits[bits >> 12U & 63U];
    made += at + 1 < in.size() ? base64_digits[bits >> 6U & 63U] : '=';
    made += at + 2 < in.size() ? base64_digits[bits & 63U] : '=';
  }
  env.check_size(made.size());
  return made;
}

auto hash_sha256(const call_env&, arguments args) -> value {
  return seams::to_hex(seams::sha256(text_of(*args[0])));
}

auto cut_before(std::string_view& rest, std::string_view mark) -> std::string {
  const auto at = rest.find(mark);
  if (at == std::string_view::npos) {
    return {};
  }
  auto head = std::string(rest.substr(0, at));
  rest.remove_prefix(at + mark.size());
  return head;
}

auto cut_after(std::string_view& rest, char mark) -> std::string {
  const auto at = rest.find(mark);
  if (at == std::string_view::npos) {
    return {};
  }
  auto tail = std::string(rest.substr(at + 1));
  rest = rest.substr(0, at);
  return tail;
}

auto query_bag(std::string_view query) -> json {
  constexpr auto parameters_max = 1000;
  auto made = json::object();
  for (auto count = 0; !query.empty() && count < parameters_max; ++count) {
    auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const auto content = cut_after(pair, '=');
    if (!pair.empty()) {
      made[std::string(pair)] = content;
    }
  }
  return made;
}

auto parse_url(const call_env& env, arguments args) -> value {
  const auto in = text_of(*args[0]);
  env.check_size(in.size());
  auto rest = std::string_view(in);
  auto made = json::object();
  made["Scheme"] = cut_before(rest, "://");
  made["Fragment"] = cut_after(rest, '#');
  made["Query Parameters"] = query_bag(cut_after(rest, '?'));
  const auto path = cut_after(rest, '/');
  const auto has_path = in.find('/', in.find("://") == std::string::npos ? 0 : in.find("://") + 3);
  made["Path"] = has_path == std::string::npos ? "" : "/" + path;
  auto user = cut_before(rest, "@");
  auto user_view = std::string_view(user);
  made["Password"] = cut_after(user_view, ':');
  made["Username"] = std::string(user_view);
  made["Port"] = rest.starts_with('[') ? std::string() : cut_after(rest, ':');
  made["Host"] = std::string(rest);
  return made;
}

auto ipv4_of(std::string_view in) -> std::optional<std::uint32_t> {
  auto made = std::uint32_t{0};
  for (auto part = 0; part < 4; ++part) {
    auto number = 0U;
    const auto [end, problem] = std::from_chars(in.data(), in.data() + in.size(), number);
    if (problem != std::errc() || number > 255) {
      return std::nullopt;
    }
    in.remove_prefix(static_cast<std::size_t>(end - in.data()));
    made = made << 8U | number;
    if (part < 3 && !in.starts_with('.')) {
      return std::nullopt;
    }
    in.remove_prefix(part < 3 ? 1U : 0U);
  }
  return in.empty() ? std::optional(made) : std::nullopt;
}

auto ipv4_is_private(const call_env&, arguments args) -> value {
  const auto address = ipv4_of(text_of(*args[0]));
  if (!address) {
    return {};
  }
  return *address >> 24U == 10U || *address >> 20U == 0xAC1U || *address >> 16U == 0xC0A8U;
}

constexpr auto encoding_table =
    std::array{function_info{"url_decode", 1, 1, always<scalar::string>, url_decode},
               function_info{"url_encode", 1, 1, always<scalar::string>, url_encode},
               function_info{"base64_decode_tostring", 1, 1, always<scalar::string>, base64_decode},
               function_info{"base64_encode_tostring", 1, 1, always<scalar::string>, base64_encode},
               function_info{"hash_sha256", 1, 1, always<scalar::string>, hash_sha256},
               function_info{"parse_url", 1, 1, always<scalar::dynamic>, parse_url},
               function_info{"ipv4_is_private", 1, 1, always<scalar::boolean>, ipv4_is_private}};

} // namespace

auto encoding_functions() -> std::span<const function_info> {
  return encoding_table;
}

} // namespace mock_graph::hunting::kql
