#include "core/auth/form.hpp"

namespace core::auth {
namespace {

auto is_unreserved(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

} // namespace

auto percent_encode(std::string_view text) -> std::string {
  constexpr auto digits = std::string_view("0123456789ABCDEF");
  auto out = std::string();
  for (const auto c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return out;
}

auto encode_form(const std::vector<form_field>& fields) -> std::string {
  auto out = std::string();
  for (const auto& field : fields) {
    out +=
        (out.empty() ? "" : "&") + percent_encode(field.name) + "=" + percent_encode(field.value);
  }
  return out;
}

} // namespace core::auth
