#include "cli/live/safelinks_text.hpp"

#include <doctest/doctest.h>

#include <sstream>

TEST_SUITE("safelinks_text") {
  TEST_CASE("no name of the tenant reaches the terminal with its control characters") {
    const auto name = std::string("\x1b]0;owned\x07");
    auto found = core::safe_links::posture();
    found.covers.push_back({name, name, {name}, false, false, false, true});
    found.deviations.push_back({name, name, true, name});
    found.remarks.push_back(name);
    auto out = std::ostringstream();
    cli::print(found, out);
    CHECK(out.str().find("Mandatory: ") != std::string::npos);
    CHECK(out.str().find("May click through") != std::string::npos);
    CHECK(out.str().find_first_of("\x1b\x07") == std::string::npos);
  }
}
