#include "core/toml_reading/diagnostic.hpp"
#include "core/toml_reading/spell.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace core::toml_reading;

TEST_SUITE("spelling") {
  const auto keys =
      std::vector<std::string>{"goes_on", "in", "of", "scan_pending", "url", "urls", "user"};

  TEST_CASE("a swap of neighbours is one mistake, as is a letter too many, too few or wrong") {
    CHECK(edit_distance("user", "user") == 0);
    CHECK(edit_distance("usre", "user") == 1);
    CHECK(edit_distance("usser", "user") == 1);
    CHECK(edit_distance("usr", "user") == 1);
    CHECK(edit_distance("uses", "user") == 1);
    CHECK(edit_distance("", "user") == 4);
    CHECK(edit_distance("ca", "abc") == 3);
  }

  TEST_CASE("case and dashes are no mistakes") {
    CHECK(edit_distance("Scan-Pending", "scan_pending") == 0);
    CHECK(nearest("GoesOn", keys) == "goes_on");
  }

  TEST_CASE("the nearest word is offered, the first of equals, and none that is far off") {
    CHECK(nearest("ulr", keys) == "url");
    CHECK(nearest("urlss", keys) == "urls");
    CHECK(nearest("scan_pendng", keys) == "scan_pending");
    CHECK(nearest("attachments", keys).empty());
    CHECK(nearest("x", keys).empty());
    CHECK(nearest("", keys).empty());
    CHECK(nearest(std::string(100'000, 'u'), keys).empty());
  }

  TEST_CASE("a diagnostic is one line, whatever stands in the file") {
    const auto text =
        to_text({"a.toml", {3, 7}, "unknown key \"a\nb\x1b[2J\"", "one of c, d", "c"});
    CHECK(text == "a.toml:3:7: unknown key \"a\\nb\\x1b[2J\"; expected one of c, d; did you mean "
                  "\"c\"?");
    CHECK(to_text({"a.toml", {1, 1}, "it is empty", "", ""}) == "a.toml:1:1: it is empty");
  }

  TEST_CASE("a long text is quoted in part, cut between characters") {
    CHECK(in_quotes("dana") == "\"dana\"");
    const auto umlauts = std::string(79, 'a') + "\xc3\xa4\xc3\xa4";
    CHECK(in_quotes(umlauts) == "\"" + std::string(79, 'a') + "...\"");
  }
}
