#pragma once
// Looks for texts the slow and simple way, with no code of the program: whatever a recording
// decodes to, in any of the ways tried here, must not hold them.
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

class naive_search {
public:
  explicit naive_search(std::string_view text) { unfold(std::string(text), 0); }

  /// Without regard to case.
  [[nodiscard]] auto holds(std::string_view what) const -> bool {
    const auto wanted = lower(what);
    for (const auto& one : views_) {
      if (one.find(wanted) != std::string::npos) {
        return true;
      }
    }
    return false;
  }

private:
  static constexpr auto depth_most = 4;

  static auto lower(std::string_view text) -> std::string {
    auto out = std::string(text);
    for (auto& c : out) {
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
  }

  static auto digit(char c) -> int {
    return std::isdigit(static_cast<unsigned char>(c)) != 0 ? c - '0'
           : std::isxdigit(static_cast<unsigned char>(c)) != 0
               ? std::tolower(static_cast<unsigned char>(c)) - 'a' + 10
               : -1;
  }

  /// "%41", "\u0041", "&#65;" and "&#x41;" as what they mean, and escaped quotes as quotes.
  static auto without_escapes(const std::string& text) -> std::string {
    auto out = std::string();
    for (auto i = std::size_t{0}; i < text.size(); ++i) {
      if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
          digit(text[i + 2]) >= 0) {
        out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
        i += 2;
      } else if (text.compare(i, 2, "\\u") == 0 && i + 5 < text.size()) {
        out += static_cast<char>(digit(text[i + 4]) * 16 + digit(text[i + 5]));
        i += 5;
      } else if (text.compare(i, 2, "&#") == 0 && text.find(';', i) < i + 8) {
        const auto hex = text[i + 2] == 'x';
        out += static_cast<char>(
            std::stoi("0" + text.substr(i + (hex ? 3 : 2), 4), nullptr, hex ? 16 : 10));
        i = text.find(';', i);
      } else if (text[i] == '\\' && i + 1 < text.size()) {
        out += text[++i];
      } else {
        out += text[i];
      }
    }
    return out;
  }

  static auto without_zeros(const std::string& text) -> std::string {
    auto out = std::string();
    for (const auto c : text) {
      if (c != '\0') {
        out += c;
      }
    }
    return out;
  }

  static auto sextet(char c) -> int {
    const auto upper = c >= 'A' && c <= 'Z';
    const auto small = c >= 'a' && c <= 'z';
    return upper                  ? c - 'A'
           : small                ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
  }

  static auto from_base64(std::string_view word) -> std::string {
    auto out = std::string();
    auto held = 0U;
    auto bits = 0;
    for (const auto c : word) {
      held = (held << 6U) | static_cast<unsigned>(sextet(c));
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        out += static_cast<char>((held >> static_cast<unsigned>(bits)) & 255U);
      }
    }
    return out;
  }

  static auto from_hex(std::string_view word) -> std::string {
    auto out = std::string();
    for (auto i = std::size_t{0}; i + 1 < word.size(); i += 2) {
      if (digit(word[i]) < 0 || digit(word[i + 1]) < 0) {
        return {};
      }
      out += static_cast<char>(digit(word[i]) * 16 + digit(word[i + 1]));
    }
    return out;
  }

  void unfold(const std::string& text, int depth) {
    if (depth > depth_most || text.size() < 4 || !views_.insert(lower(text)).second) {
      return;
    }
    unfold(without_escapes(text), depth + 1);
    unfold(without_zeros(text), depth + 1);
    for (auto i = std::size_t{0}; i < text.size(); ++i) {
      auto end = i;
      while (end < text.size() && sextet(text[end]) >= 0) {
        ++end;
      }
      if (end - i >= 12) {
        const auto word = std::string_view(text).substr(i, end - i);
        for (auto skipped = std::size_t{0}; skipped < 4; ++skipped) {
          unfold(from_base64(word.substr(skipped)), depth + 1);
        }
        unfold(from_hex(word), depth + 1);
      }
      i = end;
    }
  }

  std::set<std::string> views_; ///< in lower case
};

} // namespace tests
