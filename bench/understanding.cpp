#include "bench/understanding.hpp"

#include "bench/made_records.hpp"
#include "bench/process_costs.hpp"
#include "core/ocsf/normalize.hpp"
#include "core/triage/triage.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <functional>

namespace bench {
namespace {

constexpr auto record_counts = std::array<std::int64_t, 3>{10'000, 100'000, 1'000'000};

/// Processor seconds of `each` over all records, their making included.
auto time_pass(std::int64_t count, const std::function<void(const core::record&)>& each) -> double {
  const auto began = processor_seconds();
  for (auto n = std::int64_t{0}; n < count; ++n) {
    each(made_record(n, count));
  }
  return processor_seconds() - began;
}

auto normalised(const core::record& one) -> std::size_t {
  auto around = core::ocsf::context();
  around.key = one.key;
  around.version = one.version;
  around.received_at = one.event_time;
  return core::ocsf::normalize(one.feed, one.raw, around).events.size();
}

void print_row(
    std::int64_t count, std::string_view what, double took, double parsing, std::size_t gave) {
  fmt::print("{:<10} {:<10} {:>12.0f} {:>10.2f} {:>10} {:>10}\n",
             count,
             what,
             static_cast<double>(count) / took,
             took / parsing,
             gave,
             peak_megabytes());
  std::fflush(stdout); // the next size takes its time
}

} // namespace

void time_understanding() {
  fmt::print("\nfrom records to decisions\n{:<10} {:<10} {:>12} {:>10} {:>10} {:>10}\n",
             "records",
             "pass",
             "records/s",
             "x parsing",
             "gave",
             "peak MB");
  for (const auto count : record_counts) {
    auto bytes = std::size_t{0};
    const auto making = time_pass(count, [&](const core::record& one) { bytes += one.raw.size(); });
    auto parsed = std::size_t{0};
    const auto parsing = time_pass(count,
                                   [&](const core::record& one) {
                                     parsed += nlohmann::json::parse(one.raw).size() > 0 ? 1 : 0;
                                   }) -
                         making;
    print_row(count, "parse", parsing, parsing, parsed);
    auto events = std::size_t{0};
    const auto normalising =
        time_pass(count, [&](const core::record& one) { events += normalised(one); }) - making;
    print_row(count, "normalise", normalising, parsing, events);
    auto book = core::triage::evidence_book();
    const auto reading = time_pass(count, [&](const core::record& one) { book.add(one); }) - making;
    const auto began = processor_seconds();
    const auto cases = core::triage::triage_cases(book.settle());
    print_row(count, "triage", reading + processor_seconds() - began, parsing, cases.size());
  }
}

} // namespace bench
