#pragma once
// A small database for the hunting tests: clicks, mails and alerts of one morning.
#include "mock_graph/hunting/query.hpp"

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hunting_tests {

namespace hunting = mock_graph::hunting;

/// A table in memory that notes which span of time it was asked for and how many rows it gave.
class memory_table final : public hunting::table_source {
public:
  memory_table(std::vector<hunting::column> columns, std::vector<hunting::row> rows);

  [[nodiscard]] auto columns() const -> const std::vector<hunting::column>& override;
  void scan(const hunting::time_range& wanted,
            const std::function<bool(const hunting::row&)>& sink) const override;

  mutable hunting::time_range asked;
  mutable int visited = 0;
  std::vector<hunting::row> rows;

private:
  std::vector<hunting::column> columns_;
};

class memory_database final : public hunting::database {
public:
  [[nodiscard]] auto find(std::string_view name) const -> const hunting::table_source* override;

  std::map<std::string, memory_table, std::less<>> tables;
};

/// 2026-03-10 at that time of day, from text such as "08:15" or "08:15:30".
[[nodiscard]] auto at(std::string_view clock) -> seams::instant;

/// What `now()` is in the tests: 2026-03-10T12:00:00Z.
[[nodiscard]] auto test_now() -> seams::instant;

/// UrlClickEvents (5 rows), EmailEvents (3), AlertInfo (2), AlertEvidence (4), Empty (0 rows).
[[nodiscard]] auto sample() -> const memory_database&;

[[nodiscard]] auto run_on_sample(std::string_view query)
    -> boost::system::result<hunting::result_table, hunting::query_error>;

/// All cells as text: columns joined by ",", rows by ";". An error gives "ERROR: " and its message.
[[nodiscard]] auto rows_of(std::string_view query) -> std::string;

/// The columns as "name:type,…".
[[nodiscard]] auto columns_of(std::string_view query) -> std::string;

/// The one cell of `print <expression>` as text; null is "null".
[[nodiscard]] auto printed(std::string_view expression) -> std::string;

/// The error of `query`; its message is "no error" if there is none.
[[nodiscard]] auto error_of(std::string_view query) -> hunting::query_error;

} // namespace hunting_tests
