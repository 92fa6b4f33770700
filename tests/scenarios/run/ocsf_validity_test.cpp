#include "scenarios/run/ocsf_validity.hpp"
#include "tests/scenarios/run/laid_story.hpp"

#include <doctest/doctest.h>

using namespace scenarios::run;

namespace {

constexpr auto all_of_them = std::size_t{50};

auto one_sign_in() -> tests::laid_story {
  auto told = tests::story();
  told.sign_in("dana@contoso.com", "08:00", "198.51.100.7", "US");
  auto out = tests::laid_story();
  out.lay(told, 1, 2);
  return out;
}

/// The connector's own, and then `change` to each event.
template <class Change> auto spoiled(Change change) -> normalizer {
  return
      [change](std::string_view feed, std::string_view record, const core::ocsf::context& around) {
        auto out = core::ocsf::normalize(feed, record, around);
        for (auto& event : out.events) {
          change(event);
        }
        return out;
      };
}

} // namespace

TEST_SUITE("validity of OCSF events") {
  TEST_CASE("sound events of a known record break nothing") {
    CHECK(invalid_events(one_sign_in().records(), all_of_them, false).empty());
  }

  TEST_CASE("an event that lacks or bends or invents an attribute is named with its record") {
    const auto told = one_sign_in();
    const auto wrong = [&](const normalizer& with) {
      const auto found = invalid_events(told.records(), all_of_them, false, with);
      return found.size() == 1 ? found.front() : std::to_string(found.size()) + " lines";
    };
    const auto without_time = wrong(spoiled([](nlohmann::json& event) { event.erase("time"); }));
    CHECK(without_time.starts_with("sign_ins dana@contoso.com"));
    CHECK(without_time.find("time: expected a required attribute") != std::string::npos);
    CHECK(wrong(spoiled([](nlohmann::json& event) {
            event["severity_id"] = "high";
          })).find("severity_id: ") != std::string::npos);
    CHECK(wrong(spoiled([](nlohmann::json& event) {
            event["mood"] = "bad";
          })).find("mood: expected no such attribute") != std::string::npos);
  }

  TEST_CASE("a record that becomes no event is wrong unless a file brought it") {
    auto told = tests::story();
    told.add("alerts", "a", R"({"nothing":"known"})");
    auto laid = tests::laid_story();
    laid.lay(told, 1, 2);
    CHECK(invalid_events(laid.records(), all_of_them, false).size() == 1);
    CHECK(invalid_events(laid.records(), all_of_them, true).empty());
  }
}
