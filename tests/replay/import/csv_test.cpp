#include "replay/import/csv.hpp"

#include <doctest/doctest.h>

using csv_cells = std::vector<std::string>;

namespace {

struct csv_table {
  csv_cells header;
  std::vector<replay::csv_row> rows;
};

auto read_csv(std::string_view text, const replay::csv_bounds& within = {}) -> csv_table {
  auto from = replay::csv_reader(text, within);
  auto out = csv_table{from.header().value(), {}};
  while (auto row = from.next()) {
    out.rows.push_back(std::move(*row));
  }
  return out;
}

auto header_refusal(std::string_view text, const replay::csv_bounds& within = {}) -> std::string {
  const auto from = replay::csv_reader(text, within);
  return from.header() ? "" : from.header().error().why;
}

} // namespace

TEST_SUITE("csv") {
  TEST_CASE("quotes hold separators, quotes and line breaks, and lines are those of the file") {
    const auto got = read_csv("a,b\r\n\"x,\"\"y\"\"\",\"1\n2\"\r\n3,4\r\n");
    CHECK(got.header == csv_cells{"a", "b"});
    REQUIRE(got.rows.size() == 2);
    CHECK(got.rows[0].cells == csv_cells{"x,\"y\"", "1\n2"});
    CHECK(got.rows[0].line == 2);
    CHECK(got.rows[1].cells == csv_cells{"3", "4"});
    CHECK(got.rows[1].line == 4);
  }

  TEST_CASE("the separator is the one that the first line has most of, outside quotes") {
    CHECK(read_csv("a;b;c\n1,5;2;3\n").rows[0].cells == csv_cells{"1,5", "2", "3"});
    CHECK(read_csv("a\tb\n1\t2").rows[0].cells == csv_cells{"1", "2"});
    CHECK(read_csv("\"a;b;c\",d\n1,2\n").header == csv_cells{"a;b;c", "d"});
  }

  TEST_CASE("lines that a program put before the header are no rows") {
    CHECK(read_csv("sep=;\r\na;b\n1;2\n").rows[0].line == 3);
    CHECK(read_csv("sep=;\na,x;b\n1;2\n").header == csv_cells{"a,x", "b"});
    CHECK(read_csv("#TYPE System.Object\n\"a\",\"b\"\n1,2\n").header == csv_cells{"a", "b"});
  }

  TEST_CASE("a row that does not fit the header says so and the next one is read") {
    const auto got = read_csv("a,b\n1\n1,2,3\n\n4,5\n");
    REQUIRE(got.rows.size() == 3);
    CHECK(got.rows[0].wrong == "has 1 cells, and the header has 2");
    CHECK(got.rows[1].wrong == "has 3 cells, and the header has 2");
    CHECK(got.rows[2].wrong.empty());
    CHECK(got.rows[2].line == 5);
  }

  TEST_CASE("a quote that does not end is said, and so is a cell past the bound") {
    CHECK(read_csv("a,b\n1,\"2\n3,4\n").rows[0].wrong == "has a quote that does not end");
    const auto bounds = replay::csv_bounds{10, 3};
    CHECK(read_csv("a,b\n12345,1\n", bounds).rows[0].wrong.find("3 bytes") != std::string::npos);
  }

  TEST_CASE("too many columns, a name that stands twice and an empty header are refused") {
    CHECK(header_refusal("a,b,c,d\n", {3, 100}) ==
          "its first line is no header: it has more than 3 cells");
    CHECK(header_refusal("a,b,A\n1,2,3\n") == "two columns have the name A");
    CHECK(header_refusal(",,a\n1,2,3\n").empty());
    CHECK(header_refusal("\n1,2\n") == "its first line is no header");
    CHECK(header_refusal("") == "its first line is no header");
  }

  TEST_CASE("what stands behind a closing quote belongs to the cell") {
    CHECK(read_csv("a,b\n\"1\"x,2\n").rows[0].cells == csv_cells{"1x", "2"});
    CHECK(read_csv("a,b\n1\"x,\"\"\r\n").rows[0].cells == csv_cells{"1\"x", ""});
    CHECK(read_csv("a,b\r\n1,\"2\"\r\n").rows[0].cells == csv_cells{"1", "2"});
  }
}
