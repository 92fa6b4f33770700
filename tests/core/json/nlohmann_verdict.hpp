#pragma once
// The other JSON parser that ours is held against.
#include "core/seams/choices.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace json_tests {

enum class verdict {
  accepted,
  refused,
  refused_beyond_grammar ///< half a surrogate pair, or a number no double can hold
};

/// A handler that builds nothing and remembers why parsing ended.
class listener : public nlohmann::json_sax<nlohmann::json> {
public:
  auto null() -> bool override { return true; }
  auto boolean(bool) -> bool override { return true; }
  auto number_integer(number_integer_t) -> bool override { return true; }
  auto number_unsigned(number_unsigned_t) -> bool override { return true; }
  auto number_float(number_float_t, const string_t&) -> bool override { return true; }
  auto string(string_t&) -> bool override { return true; }
  auto binary(binary_t&) -> bool override { return true; }
  auto start_object(std::size_t) -> bool override { return true; }
  auto key(string_t&) -> bool override { return true; }
  auto end_object() -> bool override { return true; }
  auto start_array(std::size_t) -> bool override { return true; }
  auto end_array() -> bool override { return true; }
  auto parse_error(std::size_t, const std::string&, const nlohmann::json::exception& why)
      -> bool override {
    constexpr auto number_overflow = 406;
    const auto text = std::string_view(why.what());
    beyond_grammar =
        why.id == number_overflow || text.find("surrogate U+") != std::string_view::npos;
    return false;
  }

  bool beyond_grammar = false;
};

/// What nlohmann says of `text`. It takes a NUL byte between tokens for the end of the text, so
/// that texts with NUL bytes are no fair question.
inline auto ask_nlohmann(std::string_view text) -> verdict {
  auto heard = listener();
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &heard)) {
    return verdict::accepted;
  }
  return heard.beyond_grammar ? verdict::refused_beyond_grammar : verdict::refused;
}

/// Draws JSON texts with everything the grammar has.
class text_maker {
public:
  explicit text_maker(std::uint64_t seed) : chance_(seed) {}

  auto below(std::uint64_t limit) -> std::uint64_t { return chance_.below(limit, "test"); }

  auto value(int depth = 0) -> std::string {
    switch (below(depth > 6 ? 4 : 7)) {
    case 0:
      return pick({"null", "true", "false"});
    case 1:
      return pick({"0", "-0", "7", "-12", "1e3", "1E+30", "2.50", "-0.0e-7", "1.7976e308"});
    case 2:
      return pick({"18446744073709551615", "12345678901234567890", "-9223372036854775808"});
    case 3:
      return string();
    case 4:
      return list("[", "]", depth, false);
    default:
      return list("{", "}", depth, true);
    }
  }

  auto string() -> std::string {
    auto out = std::string("\"");
    for (auto i = below(12); i > 0; --i) {
      out += pick({"a",
                   "plain words",
                   "\xc3\xa9",
                   "\xe2\x82\xac",
                   "\xf0\x9f\x98\x80",
                   "\\n",
                   "\\\"",
                   "\\\\",
                   "\\/",
                   "\\u0041",
                   "\\uD83D\\uDE00",
                   "\\u0000",
                   "{",
                   "]",
                   ",",
                   "\x7f"});
    }
    return out + "\"";
  }

  auto pick(std::initializer_list<const char*> from) -> std::string {
    return *(from.begin() + below(from.size()));
  }

private:
  auto space() -> std::string { return pick({"", "", "", " ", "\n", "\t\r\n "}); }

  auto list(const char* open, const char* close, int depth, bool named) -> std::string {
    auto out = open + space();
    for (auto left = below(5); left > 0; --left) {
      if (named) {
        out += string() + space() + ":" + space();
      }
      out += value(depth + 1) + space() + (left > 1 ? "," + space() : "");
    }
    return out + close;
  }

  seams::seeded_choices chance_;
};

} // namespace json_tests
