#include "mock_graph/defender/hunting_schema.hpp"
#include "mock_graph/defender/kept_rows.hpp"

#include <doctest/doctest.h>

using namespace mock_graph::defender;
using mock_graph::hunting::column;

namespace {

auto columns_of(std::string_view table) -> std::vector<column> {
  for (auto& [name, columns] : hunting_schema()) {
    if (name == table) {
      return columns;
    }
  }
  return {};
}

auto cell_named(const mock_graph::hunting::row& cells, std::string_view name)
    -> mock_graph::hunting::value {
  const auto columns = columns_of("UrlClickEvents");
  for (auto i = std::size_t{0}; i < columns.size(); ++i) {
    if (columns[i].name == name) {
      return cells[i];
    }
  }
  return std::string("no such column");
}

auto click_cells_of(const nlohmann::json& document) -> mock_graph::hunting::row {
  return cells_of(document, columns_of("UrlClickEvents"));
}

} // namespace

TEST_SUITE("kept_rows") {
  TEST_CASE("texts of CSV become what the column holds") {
    for (const auto& yes :
         {nlohmann::json("True"), nlohmann::json("1"), nlohmann::json(1), nlohmann::json(true)}) {
      CHECK(std::get<bool>(
          cell_named(click_cells_of({{"IsClickedThrough", yes}}), "IsClickedThrough")));
    }
    CHECK_FALSE(std::get<bool>(
        cell_named(click_cells_of({{"IsClickedThrough", "false"}}), "IsClickedThrough")));
    CHECK(cell_named(click_cells_of({{"IsClickedThrough", ""}}), "IsClickedThrough").index() == 0);
    CHECK(std::get<std::string>(cell_named(click_cells_of({{"Url", "u"}, {"Extra", 1}}), "Url")) ==
          "u");
    CHECK(cell_named(click_cells_of({{"Url", nullptr}}), "Url").index() == 0);
    const auto at =
        cell_named(click_cells_of({{"Timestamp", "2026-03-10T08:00:00.5Z"}}), "Timestamp");
    CHECK(seams::to_rfc3339(std::get<seams::instant>(at)) == "2026-03-10T08:00:00.5Z");
  }

  TEST_CASE("a row is known by the columns that its feed goes by") {
    const auto columns = columns_of("UrlClickEvents");
    const auto* clicks = identity_of_table("UrlClickEvents");
    REQUIRE(clicks != nullptr);
    const auto row = click_cells_of({{"Timestamp", "2026-03-10T08:00:00Z"},
                                     {"ReportId", "r"},
                                     {"ActionType", "ClickAllowed"},
                                     {"IsClickedThrough", "true"}});
    CHECK(key_of_row(*clicks, row, columns) == "r|ClickAllowed|1|2026-03-10T08:00:00Z");
    CHECK(key_of_row(*clicks, click_cells_of({{"ActionType", "x"}}), columns).empty());
    CHECK(identity_of_table("AlertInfo") == nullptr);
  }

  TEST_CASE("keys of a feed with several tables begin with the table") {
    const auto columns = columns_of("EmailEvents");
    const auto row =
        cells_of({{"NetworkMessageId", "n"}, {"RecipientEmailAddress", "a@b.example"}}, columns);
    CHECK(key_of_row(*identity_of_table("EmailEvents"), row, columns) ==
          "EmailEvents|n|a@b.example");
  }
}
