#include "replay/import/csv.hpp"

#include <doctest/doctest.h>

using replay::read_csv;
using cells = std::vector<std::string>;

TEST_SUITE("csv") {
  TEST_CASE("quotes hold separators, quotes and line breaks, and lines are those of the file") {
    const auto table = read_csv("a,b\r\n\"x,\"\"y\"\"\",\"1\n2\"\r\n3,4\r\n").value();
    CHECK(table.header == cells{"a", "b"});
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0].cells == cells{"x,\"y\"", "1\n2"});
    CHECK(table.rows[0].line == 2);
    CHECK(table.rows[1].cells == cells{"3", "4"});
    CHECK(table.rows[1].line == 4);
  }

  TEST_CASE("the separator is the one that the first line has most of, outside quotes") {
    CHECK(read_csv("a;b;c\n1,5;2;3\n").value().rows[0].cells == cells{"1,5", "2", "3"});
    CHECK(read_csv("a\tb\n1\t2").value().rows[0].cells == cells{"1", "2"});
    CHECK(read_csv("\"a;b;c\",d\n1,2\n").value().header == cells{"a;b;c", "d"});
  }

  TEST_CASE("lines that a program put before the header are no rows") {
    CHECK(read_csv("sep=;\r\na;b\n1;2\n").value().rows[0].line == 3);
    CHECK(read_csv("sep=;\na,x;b\n1;2\n").value().header == cells{"a,x", "b"});
    CHECK(read_csv("#TYPE System.Object\n\"a\",\"b\"\n1,2\n").value().header == cells{"a", "b"});
  }

  TEST_CASE("a row that does not fit the header says so and the next one is read") {
    const auto table = read_csv("a,b\n1\n1,2,3\n\n4,5\n").value();
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[0].wrong == "has 1 cells, and the header has 2");
    CHECK(table.rows[1].wrong == "has 3 cells, and the header has 2");
    CHECK(table.rows[2].wrong.empty());
    CHECK(table.rows[2].line == 5);
  }

  TEST_CASE("a quote that does not end is said, and so is a cell past the bound") {
    CHECK(read_csv("a,b\n1,\"2\n3,4\n").value().rows[0].wrong == "has a quote that does not end");
    const auto bounds = replay::csv_bounds{10, 10, 3};
    CHECK(read_csv("a,b\n12345,1\n", bounds).value().rows[0].wrong.find("3 bytes") !=
          std::string::npos);
  }

  TEST_CASE("too many rows or columns and an empty header are refused") {
    const auto bounds = replay::csv_bounds{2, 3, 100};
    CHECK(read_csv("a,b\n1,2\n3,4\n", bounds).has_value());
    CHECK_FALSE(read_csv("a,b\n1,2\n3,4\n5,6\n", bounds).has_value());
    CHECK_FALSE(read_csv("a,b,c,d\n", bounds).has_value());
    CHECK_FALSE(read_csv("\n1,2\n").has_value());
  }
}
