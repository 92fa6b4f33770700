#include "core/json/check.hpp"
#include "core/json/slice.hpp"
#include "tests/core/json/nlohmann_verdict.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

using namespace core::json;
using namespace std::string_view_literals;

namespace {

/// Walks all of `slice` and compares it with what nlohmann made of the same bytes.
void same_as(std::string_view slice, const nlohmann::json& parsed) {
  REQUIRE(nlohmann::json::parse(slice) == parsed);
  if (parsed.is_string()) {
    REQUIRE(as_string(slice) == parsed.get<std::string>());
  } else if (parsed.is_array()) {
    auto index = std::size_t{0};
    REQUIRE(
        for_each_element(slice, [&](std::string_view item) { same_as(item, parsed.at(index++)); }));
    REQUIRE(index == parsed.size());
  } else if (parsed.is_object()) {
    auto names = std::size_t{0};
    for (const auto& [name, value] : parsed.items()) {
      same_as(member(slice, name).value(), value);
      ++names;
    }
    REQUIRE(names == parsed.size());
  }
}

/// Calls everything there is on bytes that nobody checked.
void poke(std::string_view text) {
  const auto copy = std::vector<char>(text.begin(), text.end());
  const auto view = std::string_view(copy.data(), copy.size());
  const auto touch = [](std::string_view slice) {
    (void)as_string(slice);
    (void)as_int64(slice);
    (void)as_bool(slice);
    (void)kind_of(slice);
    (void)is_null(slice);
    (void)unescape(slice);
    (void)member(slice, "a");
    (void)for_each_element(slice, [](std::string_view) {});
  };
  touch(view);
  (void)find(view, "a.b");
  for_each_element(view, touch);
  for_each_member(view, [&](std::string_view name, std::string_view value) {
    touch(name);
    touch(value);
  });
}

} // namespace

TEST_SUITE_BEGIN("slice");

TEST_CASE("a slice is the exact bytes of a value, without what surrounds it") {
  constexpr auto text = R"( {"a" : 1e3 ,"b":[ 1 , 2 ] , "c":12345678901234567890,"d":"\u00e9"} )"sv;
  CHECK(member(text, "a") == "1e3");
  CHECK(member(text, "b") == "[ 1 , 2 ]");
  CHECK(member(text, "c") == "12345678901234567890");
  CHECK(member(text, "d") == R"("\u00e9")");
  CHECK_FALSE(member(text, "e"));
  CHECK(member(text, "b")->data() == text.data() + text.find("[ 1"));
}

TEST_CASE("of members with the same name the last one wins, and all are visited") {
  constexpr auto text = R"({"a":1,"b":2,"\u0061":3})"sv;
  CHECK(member(text, "a") == "3");
  auto seen = std::string();
  CHECK(for_each_member(text, [&](std::string_view name, std::string_view value) {
    seen.append(name).append("=").append(value).append(" ");
  }));
  CHECK(seen == "a=1 b=2 \\u0061=3 ");
}

TEST_CASE("a path leads through objects, a name with dots needs member") {
  constexpr auto text = R"({"a":{"b":{"c":"x"}},"@odata.nextLink":"https://h/"})"sv;
  CHECK(find(text, "a.b.c") == "\"x\"");
  CHECK(find(text, "a.b") == R"({"c":"x"})");
  CHECK(find(text, "a") == R"({"b":{"c":"x"}})");
  CHECK_FALSE(find(text, "a.c"));
  CHECK_FALSE(find(text, "a.b.c.d"));
  CHECK_FALSE(find(text, "@odata.nextLink"));
  CHECK(member(text, "@odata.nextLink") == "\"https://h/\"");
}

TEST_CASE("a byte order mark and white space are not part of the value") {
  CHECK(body("\xef\xbb\xbf \n[1] \r\n") == "[1]");
  CHECK(member("\xef\xbb\xbf{\"a\":1}", "a") == "1");
  CHECK(as_int64(" 7 ") == 7);
  CHECK(body("").empty());
}

TEST_CASE("a sink that returns false ends the visit") {
  auto seen = 0;
  CHECK(for_each_element("[1,2,3]", [&](std::string_view) { return ++seen < 2; }));
  CHECK(seen == 2);
  CHECK(for_each_member(R"({"a":1,"b":2})", [&](std::string_view, std::string_view) {
    ++seen;
    return false;
  }));
  CHECK(seen == 3);
}

TEST_CASE("a value of another kind has no members and no elements") {
  const auto ignore = [](std::string_view) {};
  CHECK(for_each_element("[]", ignore));
  CHECK_FALSE(for_each_element("{}", ignore));
  CHECK_FALSE(for_each_element("", ignore));
  CHECK_FALSE(for_each_element("[1", ignore));
  CHECK_FALSE(member("[1]", "a"));
  CHECK_FALSE(member("null", "a"));
}

TEST_CASE("kinds are told by the first byte") {
  CHECK(kind_of("{}") == kind::object);
  CHECK(kind_of(" []") == kind::array);
  CHECK(kind_of("\"\"") == kind::string);
  CHECK(kind_of("-1") == kind::number);
  CHECK(kind_of("0") == kind::number);
  CHECK(kind_of("true") == kind::boolean);
  CHECK(kind_of("false") == kind::boolean);
  CHECK(kind_of("null") == kind::null);
  CHECK(kind_of("") == kind::nothing);
  CHECK(is_null(" null "));
  CHECK_FALSE(is_null("\"null\""));
}

TEST_CASE("escapes become text") {
  CHECK(as_string(R"("a\"\\\/\b\f\n\r\tz")") == "a\"\\/\b\f\n\r\tz");
  CHECK(as_string(R"("\u0041\u00e9\u20AC\ud83d\uDE00")") ==
        "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
  CHECK(as_string(R"("\u0000")") == std::string(1, '\0'));
  CHECK(as_string("\"\"") == "");
  CHECK_FALSE(as_string("1"));
  CHECK_FALSE(as_string("\""));
  CHECK_FALSE(as_string(R"("\")"));
  CHECK_FALSE(as_string(R"("\x")"));
  CHECK_FALSE(as_string(R"("\u12")"));
}

TEST_CASE("half of a surrogate pair becomes the replacement character") {
  constexpr auto mark = "\xef\xbf\xbd";
  CHECK(as_string(R"("\ud83d")") == mark);
  CHECK(as_string(R"("\ude00x")") == std::string(mark) + "x");
  CHECK(as_string(R"("\ud83d\u0041")") == std::string(mark) + "A");
  CHECK(as_string(R"("\ud83d\ud83d\ude00")") == std::string(mark) + "\xf0\x9f\x98\x80");
  CHECK(as_string(R"("\ud83d\n")") == std::string(mark) + "\n");
}

TEST_CASE("an integer is read only if it is written as one and fits") {
  CHECK(as_int64("0") == 0);
  CHECK(as_int64("-0") == 0);
  CHECK(as_int64("9223372036854775807") == INT64_MAX);
  CHECK(as_int64("-9223372036854775808") == INT64_MIN);
  CHECK_FALSE(as_int64("9223372036854775808"));
  CHECK_FALSE(as_int64("1e3"));
  CHECK_FALSE(as_int64("1.0"));
  CHECK_FALSE(as_int64("\"1\""));
  CHECK_FALSE(as_int64(""));
  CHECK(as_bool("true") == true);
  CHECK(as_bool("false") == false);
  CHECK_FALSE(as_bool("0"));
}

TEST_CASE("slices of drawn texts mean what nlohmann finds in the same place") {
  auto maker = json_tests::text_maker(11);
  for (auto round = 0; round < 400; ++round) {
    const auto text = maker.value();
    CAPTURE(text);
    REQUIRE(check(text).has_value());
    same_as(text, nlohmann::json::parse(text));
  }
}

TEST_CASE("elements put together again give the bytes of the array") {
  constexpr auto text = R"([{"a":1,"a":2},[1e3 , "x,]}\""],"é",-0.0,{}])"sv;
  auto joined = std::string();
  CHECK(for_each_element(text, [&](std::string_view item) {
    joined.append(joined.empty() ? "[" : ",").append(item);
  }));
  CHECK(joined + "]" == text);
}

TEST_CASE("bytes that nobody checked are never read past their end") {
  auto maker = json_tests::text_maker(13);
  constexpr auto bytes = "\"\\{}[],: u1x\xff\0"sv;
  for (auto round = 0; round < 3000; ++round) {
    auto text = std::string();
    for (auto left = maker.below(24); left > 0; --left) {
      text += bytes[maker.below(bytes.size())];
    }
    poke(text);
  }
  for (auto round = 0; round < 200; ++round) {
    const auto text = maker.value();
    poke(std::string_view(text).substr(0, maker.below(text.size() + 1)));
  }
}

TEST_CASE("public samples, where present, are walked whole") {
  const auto* const folder = std::getenv("OFFTENANT_SAMPLES");
  if (folder == nullptr) {
    return;
  }
  auto files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") {
      continue;
    }
    auto file = std::ifstream(entry.path(), std::ios::binary);
    const auto text = std::string(std::istreambuf_iterator<char>(file), {});
    CAPTURE(entry.path().string());
    const auto parsed = nlohmann::json::parse(text, nullptr, false);
    REQUIRE(static_cast<bool>(check(text)) == !parsed.is_discarded());
    if (!parsed.is_discarded()) {
      same_as(body(text), parsed);
    }
    ++files;
  }
  CHECK(files > 0);
}

TEST_SUITE_END();
