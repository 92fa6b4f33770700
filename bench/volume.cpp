#include "bench/volume.hpp"

#include "bench/process_costs.hpp"
#include "scenarios/run/run_scenario.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>

namespace bench {
namespace {

using namespace scenarios;

constexpr auto sizes = std::array{10'000, 100'000, 1'000'000};

auto busy_day(int records) -> std::string {
  return fmt::format(R"(
about = "A day of {0} records"
run_for = "26h"

[connector]
feeds = ["safe_links", "audit_exchange"]
poll = "30m"

[[user]]
name = "dana"

[[user]]
name = "omar"

[[mail]]
id = "m"
at = "1m"
from = "news@fabrikam.example"
to = ["dana", "omar"]
urls = ["https://news.fabrikam.example/"]

[[click_burst]]
id = "clicks"
at = "10m"
in = "m"
url = "https://news.fabrikam.example/"
count = {1}
over = "23h50m"

[[audit_burst]]
id = "mailbox"
at = "10m"
content_type = "Audit.Exchange"
operation = "MailItemsAccessed"
count = {1}
over = "23h50m"

[audit_burst.fields]
RecordType = 50
Workload = "Exchange"
)",
                     records,
                     records / 2);
}

} // namespace

void time_volume(const mock_graph::login::signing_key& signing) {
  fmt::print("\none world, 24 virtual hours\n{:<10} {:>10} {:>14} {:>12} {:>10}\n",
             "records",
             "stored",
             "us per record",
             "peak MB",
             "verdict");
  const auto keys = run::shared_keys(signing, run::wire_kind::memory);
  for (const auto records : sizes) {
    const auto read = model::load_text(busy_day(records), "busy-day.toml");
    auto options = run::scenario_options();
    options.wire = run::wire_kind::memory;
    options.world.keys = &keys;
    auto unkept = std::string();
    const auto began = processor_seconds();
    const auto outcome = run::run_scenario(*read.what, options, unkept);
    const auto took = processor_seconds() - began;
    fmt::print("{:<10} {:>10} {:>14.1f} {:>12} {:>10}\n",
               records,
               outcome.stored,
               took * 1e6 / records,
               peak_megabytes(),
               outcome.result == report::verdict::passed ? "held" : "broken");
    std::fflush(stdout); // the next size takes minutes
  }
}

} // namespace bench
