#include "core/feeds/alert_shapes.hpp"
#include "core/feeds/novelty_teller.hpp"
#include "tests/core/fakes/fake_store.hpp"

#include <doctest/doctest.h>

using namespace core::feeds;

namespace {

auto novelties_of(const std::string& alert) -> std::set<std::string> {
  auto out = std::set<std::string>();
  note_alert_novelties(alert, out);
  return out;
}

} // namespace

TEST_SUITE("alert_shapes") {
  TEST_CASE("members behind the sentinel and every listed kind of evidence are nothing new") {
    CHECK(novelties_of(R"({"serviceSource":"microsoftDefenderForCloud",)"
                       R"("detectionSource":"microsoftDefenderForServers","evidence":[)"
                       R"({"@odata.type":"#microsoft.graph.security.teamsMessageEvidence"},)"
                       R"({"@odata.type":"#microsoft.graph.security.urlEvidence"}]})")
              .empty());
    CHECK(novelties_of("{}").empty());
    CHECK(novelties_of(R"({"serviceSource":null,"evidence":""})").empty());
  }

  TEST_CASE("a source or a kind of evidence that no document lists is named as it is spelled") {
    CHECK(novelties_of(R"({"serviceSource":"microsoftDefenderForMars","evidence":[)"
                       R"({"@odata.type":"#microsoft.graph.security.rockEvidence"}]})") ==
          std::set<std::string>{"evidence is spelled #microsoft.graph.security.rockEvidence",
                                "serviceSource is spelled microsoftDefenderForMars"});
  }

  TEST_CASE("each novelty is told once, also after a restart") {
    auto records = fakes::fake_store();
    const auto told = [&] {
      auto teller = novelty_teller(records, "alerts");
      auto step = core::commit();
      step.feed = "alerts";
      REQUIRE(teller.tell({"evidence is spelled x"}, step).has_value());
      REQUIRE(records.apply(step).has_value());
      return step.health.size();
    };
    CHECK(told() == 1);
    CHECK(told() == 0);
    CHECK(records.history.front().code == "unknown_value");
  }
}
