#include "core/live/health_line.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace core::live;

namespace {

auto entry(std::string state, std::string code, std::string text) -> core::health_entry {
  const auto at = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};
  return {"alerts", std::move(state), std::move(code), std::move(text), at};
}

} // namespace

TEST_SUITE("health_line") {
  TEST_CASE("a refusal is a line with its time, feed, state, code, words and remedy") {
    const auto line = health_line(entry("insufficient_permissions", "Forbidden", "answered 403"));
    CHECK(line.starts_with("2026-03-10T00:00:00Z alerts: insufficient_permissions (Forbidden): "
                           "answered 403. To mend: "));
    CHECK(line.find("SecurityAlert.Read.All of Microsoft Graph") != std::string::npos);
  }

  TEST_CASE("a service's full stop is not doubled") {
    const auto line = health_line(entry("throttled", "429", "Too many requests."));
    CHECK(line.find("Too many requests. To mend: ") != std::string::npos);
  }

  TEST_CASE("what is well needs neither words nor a remedy") {
    CHECK(health_line(entry("ok", "", "reading")) == "2026-03-10T00:00:00Z alerts: ok");
  }

  TEST_CASE("control characters of a service never reach a terminal") {
    const auto line = health_line(entry("throttled", "4\n2", "\x1b[2J\r\nok: forged\x7f\t"));
    CHECK(std::ranges::none_of(line, [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
    }));
    CHECK(on_one_line("gr\xc3\xbc\xc3\x9f") == "gr\xc3\xbc\xc3\x9f");
  }

  TEST_CASE("an unknown feed has a remedy too where its state has one") {
    CHECK(remedy_for("connector", "clock_skew", "") == "Set this machine's clock (NTP).");
    CHECK(remedy_for("connector", "no such state", "").empty());
  }
}
