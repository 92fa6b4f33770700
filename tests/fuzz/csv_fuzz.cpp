// Feeds any bytes to the CSV reader: each row is sound or says why not, and lines are counted.
#include "replay/import/csv.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

void demand_csv(bool held) {
  if (!held) {
    std::abort();
  }
}

} // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  const auto text = std::string_view(reinterpret_cast<const char*>(data), size);
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  auto reader = replay::csv_reader(text, {16, 64});
  auto bytes = std::size_t{0};
  auto line = std::size_t{0};
  while (const auto row = reader.next()) {
    demand_csv(reader.header().has_value());
    demand_csv(!row->wrong.empty() || row->cells.size() == reader.header()->size());
    demand_csv(row->line > line && row->line <= lines);
    line = row->line;
    for (const auto& cell : row->cells) {
      demand_csv(cell.size() <= 64);
      bytes += cell.size();
    }
  }
  demand_csv(bytes <= size);
  return 0;
}
