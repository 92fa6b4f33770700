#include "mock_graph/faults/injector.hpp"

#include <doctest/doctest.h>

using namespace mock_graph::faults;

namespace {

const auto asked_url = std::string("https://graph.microsoft.com/v1.0/auditLogs/signIns?$top=50");

struct call_of {
  std::string body = R"({"value":[{"id":"odd"}]})";
  int looked = 0;

  auto meets(injector& faults, std::string_view of = asked_url, std::uint64_t top = 50) -> bool {
    const auto right = [this]() -> const std::string& {
      ++looked;
      return body;
    };
    return faults.meet({"graph.sign_ins", {}, of, top, std::nullopt, right}) != nullptr;
  }
};

auto one(void (*change)(fault&)) -> injector {
  auto what = fault();
  what.route = "graph.sign_ins";
  change(what);
  return injector({what});
}

} // namespace

TEST_SUITE("injector") {
  TEST_CASE("a fault without conditions meets every call of its route, unseen") {
    auto faults = one([](fault&) {});
    auto call = call_of();
    CHECK(call.meets(faults));
    CHECK(call.looked == 0);
    CHECK(faults.fired(0) == 1);
  }

  TEST_CASE("text of the URL, page size and text of the answer choose the calls") {
    auto by_url = one([](fault& what) { what.url = "$skiptoken"; });
    auto call = call_of();
    CHECK_FALSE(call.meets(by_url));
    CHECK(call.meets(by_url, asked_url + "&$skiptoken=x"));
    auto by_size = one([](fault& what) { what.top_above = 49; });
    CHECK(call.meets(by_size));
    CHECK_FALSE(call.meets(by_size, asked_url, 49));
    auto by_skip = one([](fault& what) { what.skip_above = 6; });
    CHECK_FALSE(call.meets(by_skip));
    auto by_answer = one([](fault& what) { what.holds = "odd"; });
    CHECK(call.meets(by_answer));
    call.body = "{}";
    CHECK_FALSE(call.meets(by_answer));
  }

  TEST_CASE("only calls that fit are counted") {
    auto faults = one([](fault& what) {
      what.url = "$skiptoken";
      what.first_call = 2;
      what.calls = 1;
    });
    auto call = call_of();
    const auto next = asked_url + "&$skiptoken=x";
    CHECK_FALSE(call.meets(faults, next));
    CHECK_FALSE(call.meets(faults));
    CHECK(call.meets(faults, next));
    CHECK_FALSE(call.meets(faults, next));
  }
}
