// Feeds any bytes to the $filter reader and, when they parse, to evaluation and bounds; and to the
// URL reader, whose links must be readable again.
#include "mock_graph/odata/filter.hpp"
#include "mock_graph/odata/target.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace mock_graph::odata;

auto schema() -> const entity_schema& {
  static const auto one =
      entity_schema{"fuzz.entity",
                    {{"title", kind::string},
                     {"score", kind::int32},
                     {"isExternal", kind::boolean},
                     {"createdDateTime", kind::date_time},
                     {"severity", kind::enumeration, "fuzz.severity", {"low", "high"}},
                     {"tags", kind::collection, {}, {}, {}, kind::string},
                     {"evidence", kind::collection, {}, {}, {}, kind::complex}}};
  return one;
}

auto entity() -> const nlohmann::json& {
  static const auto one = nlohmann::json{{"title", "a title"},
                                         {"score", 7},
                                         {"isExternal", nullptr},
                                         {"createdDateTime", "2026-03-10T08:29:16.58Z"},
                                         {"severity", "high"},
                                         {"tags", {"a", "b"}},
                                         {"evidence", {{{"x", "y"}}, {{"x", 1}}}}};
  return one;
}

void try_filter(std::string_view text) {
  const auto read = filter::parse(text, schema());
  if (!read) {
    return;
  }
  const auto matched = read->matches(entity());
  const auto bounds = read->time_bounds("createdDateTime");
  const auto created = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} +
                       std::chrono::hours{8} + std::chrono::minutes{29} +
                       std::chrono::milliseconds{16'580};
  const auto outside =
      (bounds.lower && created < *bounds.lower) || (bounds.upper && created > *bounds.upper);
  if (matched && outside) {
    std::abort();
  }
}

void try_target(std::string_view text) {
  const auto read = read_target(text);
  if (!read) {
    return;
  }
  const auto link = link_with(*read, "$skiptoken", "x");
  const auto again = read_target(link);
  if (again ? find_parameter(*again, "$skiptoken") != "x"
            : link.size() <= url_bytes_max && read->query.size() < parameters_max) {
    std::abort();
  }
}

} // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  const auto text = std::string_view{reinterpret_cast<const char*>(data), size};
  try_filter(text);
  try_target(text);
  return 0;
}
