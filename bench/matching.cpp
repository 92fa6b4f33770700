#include "bench/matching.hpp"

#include "core/adapters/socket/system_clock.hpp"
#include "replay/match/tape_index.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bench {
namespace {

using namespace std::chrono_literals;

constexpr auto tape_start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};
constexpr auto calls_least = std::size_t{20'000};

auto answered_get(std::string url, std::string body) -> replay::exchange {
  auto out = replay::exchange();
  out.asked = {"GET", std::move(url), {{"Accept", "application/json"}}, ""};
  out.answered = {200, {{"Content-Type", "application/json"}}, std::move(body)};
  return out;
}

/// The first page of poll `n`, which happens `late` after it was recorded.
auto list_url(std::size_t n, seams::duration late) -> std::string {
  const auto from = tape_start + 5min * n + late;
  return "https://graph.microsoft.com/v1.0/security/alerts_v2?$filter=lastUpdateDateTime%20ge%20" +
         seams::to_rfc3339(from) + "&$orderby=lastUpdateDateTime%20asc&$top=500";
}

auto page_url(std::size_t n) -> std::string {
  return "https://graph.microsoft.com/v1.0/security/alerts_v2?$top=500&$skiptoken=page" +
         std::to_string(n);
}

auto blob_url(std::size_t n) -> std::string {
  return "https://manage.office.com/api/v1.0/t/activity/feed/audit/" + std::to_string(n) + "$blob";
}

auto tape_of(std::size_t exchanges) -> std::vector<replay::exchange> {
  auto out = std::vector<replay::exchange>();
  for (auto n = std::size_t{0}; out.size() < exchanges; ++n) {
    out.push_back(answered_get(list_url(n, {}), R"({"@odata.nextLink":")" + page_url(n) + "\"}"));
    out.push_back(answered_get(page_url(n), R"({"value":[]})"));
    out.push_back(answered_get(blob_url(n), "[]"));
  }
  out.resize(exchanges);
  return out;
}

/// What a poller asks that is a little late with everything.
auto requests_for(std::size_t exchanges) -> std::vector<seams::request> {
  auto out = std::vector<seams::request>();
  for (auto i = std::size_t{0}; i < exchanges; ++i) {
    const auto n = i / 3;
    out.push_back({"GET",
                   i % 3 == 0   ? list_url(n, 7s)
                   : i % 3 == 1 ? page_url(n)
                                : blob_url(n),
                   {},
                   ""});
  }
  return out;
}

auto microseconds(seams::duration span, std::size_t calls) -> double {
  return std::chrono::duration<double, std::micro>(span).count() / static_cast<double>(calls);
}

} // namespace

void time_matching() {
  const auto real = core::adapters::system_clock();
  fmt::print("\nrecorded answers found\n{:>10} {:>16} {:>18} {:>12}\n",
             "exchanges",
             "us a request",
             "us if unmatched",
             "index ms");
  for (const auto count : {10U, 100U, 1'000U, 10'000U, 100'000U}) {
    const auto tape = tape_of(count);
    const auto asked = requests_for(count);
    const auto rounds = std::max<std::size_t>(1, calls_least / count);
    auto finding = seams::duration{};
    auto indexing = seams::duration{};
    for (auto round = std::size_t{0}; round < rounds; ++round) {
      const auto began = real.elapsed();
      auto index = replay::tape_index(tape);
      const auto indexed = real.elapsed();
      for (const auto& query : asked) {
        (void)index.take(query);
      }
      finding += real.elapsed() - indexed;
      indexing += indexed - began;
    }
    const auto index = replay::tape_index(tape);
    const auto stranger = seams::request{"GET", blob_url(count) + "?x=1", {}, ""};
    constexpr auto strangers = std::size_t{200};
    const auto began = real.elapsed();
    for (auto i = std::size_t{0}; i < strangers; ++i) {
      (void)index.closest_to(stranger);
    }
    fmt::print("{:>10} {:>16.2f} {:>18.1f} {:>12.2f}\n",
               count,
               microseconds(finding, count * rounds),
               microseconds(real.elapsed() - began, strangers),
               microseconds(indexing, rounds) / 1000);
  }
}

} // namespace bench
