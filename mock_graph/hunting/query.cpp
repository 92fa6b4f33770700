#include "mock_graph/hunting/query.hpp"

#include "mock_graph/hunting/kql/binder.hpp"
#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/parser.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <stdexcept>

namespace mock_graph::hunting {
namespace {

constexpr auto result_too_large =
    "Query execution has exceeded the allowed result size. Optimize your query by limiting the "
    "amount of results and try again.";

auto evaluate(std::string_view text, kql::query_context& query) -> result_table {
  const auto script = kql::parse(text, query.bounds);
  const auto table = kql::bind_script(query, script, kql::environment());
  auto made = result_table{table->columns(), {}};
  auto bytes = std::size_t{0};
  table->scan({}, [&](const row& each) {
    bytes += kql::footprint(each);
    if (made.rows.size() == query.bounds.rows_max || bytes > query.bounds.bytes_max) {
      kql::fail_too_large(result_too_large, 0);
    }
    made.rows.push_back(each);
    return true;
  });
  return made;
}

auto described(const kql::failure& why, std::string_view text) -> query_error {
  const auto offset = std::min(why.offset, text.size());
  const auto before = text.substr(0, offset);
  const auto line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  auto made = query_error();
  made.what = why.what;
  made.offset = offset;
  made.line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  made.column = static_cast<int>(offset - line_start) + 1;
  const auto line = std::to_string(made.line);
  const auto place = std::to_string(made.column);
  if (why.what == query_error::kind::syntax) {
    made.message = "A recognition error occurred. Token: '" + why.text + "', Line: " + line +
                   ", Position: " + place;
  } else if (why.what == query_error::kind::unsupported) {
    made.message = "Not supported: " + why.text + " (line " + line + ", column " + place +
                   ", offset " + std::to_string(offset) + ").";
  } else {
    made.message = why.text;
  }
  return made;
}

} // namespace

auto run(std::string_view query,
         const database& tables,
         seams::instant now,
         const time_range& timespan,
         const limits& bounds) -> boost::system::result<result_table, query_error> {
  auto context = kql::query_context(tables, now, timespan, bounds);
  try {
    return evaluate(query, context);
  } catch (const kql::failure& why) {
    return described(why, query);
  }
}

void throw_exception_from_error(const query_error& error, const boost::source_location&) {
  throw std::logic_error("hunting query refused: " + error.message);
}

} // namespace mock_graph::hunting
