// Feeds any bytes to the importer: what it takes is one JSON object a line, also under stand-ins,
// and nothing that it read is neither a record nor named as a bad row.
#include "replay/import/build_fixture.hpp"
#include "replay/import/fixture_text.hpp"
#include "replay/import/json_text.hpp"
#include "replay/import/read_export.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

void demand_import(bool held) {
  if (!held) {
    std::abort();
  }
}

void check_records(const replay::fixture& made, std::size_t items, std::size_t bad) {
  auto served = std::size_t{0};
  for (const auto& group : made.groups) {
    for (const auto& raw : group.raws) {
      demand_import(replay::is_object(raw) && replay::is_json(raw));
      demand_import(raw.find('\n') == std::string::npos);
      ++served;
    }
  }
  demand_import(served + made.repeats + made.bad.size() == items + bad);
  (void)replay::files_of(made);
  (void)replay::summary_of(made);
}

} // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  static const auto redactor = replay::text_redactor({}, "a key of the fuzzer");
  auto bytes = std::string(reinterpret_cast<const char*>(data), size);
  const auto read = replay::read_export("file", std::move(bytes), {});
  if (!read) {
    demand_import(!read.error().why.empty());
    return 0;
  }
  for (const auto* with : {static_cast<const replay::text_redactor*>(nullptr), &redactor}) {
    const auto made = replay::build_fixture("fuzz", {*read}, with);
    check_records(made, read->items.size(), read->bad.size());
  }
  return 0;
}
