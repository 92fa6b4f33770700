#include "mock_graph/odata/page.hpp"

#include <doctest/doctest.h>

#include "alert_schema.hpp"

using namespace mock_graph::odata;
using json = nlohmann::ordered_json;

namespace {

auto rows() -> std::vector<json> {
  return {{{"id", "c"}, {"createdDateTime", "2026-03-01T10:00:00.5Z"}, {"priorityScore", 5}},
          {{"id", "a"}, {"createdDateTime", "2026-03-01T10:00:00Z"}, {"priorityScore", 10}},
          {{"id", "b"}, {"createdDateTime", "2026-03-01T10:00:00.50Z"}, {"priorityScore", 5}},
          {{"id", "d"}, {"createdDateTime", nullptr}, {"priorityScore", 5.5}}};
}

auto ids(const page<json>& of) -> std::string {
  auto out = std::string{};
  for (const auto* each : of.items) {
    out += each->at("id").get<std::string>();
  }
  return out;
}

auto sorted(const std::vector<sort_key>& order, std::uint64_t skip = 0, std::uint64_t top = 99)
    -> std::pair<std::string, bool> {
  const auto entities = rows();
  auto pointers = std::vector<const json*>{};
  for (const auto& each : entities) {
    pointers.push_back(&each);
  }
  auto how = cut{};
  how.order = order;
  how.skip = skip;
  how.top = top;
  const auto got = cut_page<json>(pointers, how);
  CHECK(got.matched == entities.size());
  return {ids(got), got.more};
}

const auto created = sort_key{"createdDateTime", kind::date_time, false};
const auto newest = sort_key{"createdDateTime", kind::date_time, true};

} // namespace

TEST_SUITE("odata_page") {
  TEST_CASE("times sort as instants, null first, ties by id") {
    CHECK(sorted({created}).first == "dabc");
  }

  TEST_CASE("newest first keeps ties in order of id") {
    CHECK(sorted({newest}).first == "bcad");
  }

  TEST_CASE("numbers sort by amount, later keys break ties") {
    CHECK(sorted({{"priorityScore", kind::real, false}, {"id", kind::string, true}}).first ==
          "cbda");
  }

  TEST_CASE("without an order the rows stay where they are") {
    CHECK(sorted({}).first == "cabd");
  }

  TEST_CASE("pages follow each other without gap or overlap, the last one says so") {
    CHECK(sorted({newest}, 0, 3) == std::pair{std::string("bca"), true});
    CHECK(sorted({newest}, 3, 3) == std::pair{std::string("d"), false});
    CHECK(sorted({newest}, 0, 4) == std::pair{std::string("bcad"), false});
    CHECK(sorted({newest}, 9, 3) == std::pair{std::string(), false});
    CHECK(sorted({newest}, 0, 0) == std::pair{std::string(), true});
  }

  TEST_CASE("the same rows in another order give the same page") {
    auto entities = rows();
    const auto order = std::vector{newest};
    auto how = cut{};
    how.order = order;
    how.top = 99;
    for (auto turn = 0; turn < 4; ++turn) {
      std::rotate(entities.begin(), entities.begin() + 1, entities.end());
      auto pointers = std::vector<const json*>{};
      for (const auto& each : entities) {
        pointers.push_back(&each);
      }
      CHECK(ids(cut_page<json>(pointers, how)) == "bcad");
    }
  }

  TEST_CASE("the filter is applied before the cut, and counted") {
    const auto entities = rows();
    auto pointers = std::vector<const json*>{};
    for (const auto& each : entities) {
      pointers.push_back(&each);
    }
    const auto where = filter::parse("priorityScore eq 5", tests::alert_schema()).value();
    auto how = cut{};
    how.where = &where;
    how.top = 1;
    const auto got = cut_page<json>(pointers, how);
    CHECK(ids(got) == "c");
    CHECK(got.more);
    CHECK(got.matched == 2);
  }

  TEST_CASE("a window never leaves its range, whatever is asked") {
    CHECK(window_of(10, 0, 4) == row_window{0, 4, true});
    CHECK(window_of(10, 6, 4) == row_window{6, 10, false});
    CHECK(window_of(10, UINT64_MAX, UINT64_MAX) == row_window{10, 10, false});
    CHECK(window_of(0, 0, 0) == row_window{0, 0, false});
  }

  TEST_CASE("a projection keeps chosen and annotating members, in the entity's order") {
    const auto entity =
        json{{"@odata.type", "#x"}, {"title", "t"}, {"severity", "low"}, {"id", "1"}};
    const auto chosen = std::vector<std::string>{"id", "title"};
    CHECK(project(entity, chosen).dump() == R"({"@odata.type":"#x","title":"t","id":"1"})");
    CHECK(project(entity, {}) == entity);
  }
}
