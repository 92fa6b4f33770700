#include "core/triage/case_json.hpp"
#include "core/triage/triage.hpp"
#include "tests/core/ocsf/sample_records.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

auto records_of_all_samples() -> std::vector<core::record> {
  auto out = std::vector<core::record>();
  for (const auto& name : ocsf_tests::sample_files()) {
    for (const auto& one : ocsf_tests::sample_records(name)) {
      auto next = core::record();
      next.feed = one.feed;
      next.key = name + "#" + std::to_string(out.size());
      next.raw = one.raw;
      out.push_back(std::move(next));
    }
  }
  return out;
}

auto case_lines(const std::vector<core::record>& records) -> std::vector<std::string> {
  auto book = core::triage::evidence_book();
  for (const auto& one : records) {
    book.add(one);
  }
  auto out = std::vector<std::string>();
  for (const auto& one : core::triage::triage_cases(book.settle())) {
    out.push_back(core::triage::case_line(one));
  }
  return out;
}

} // namespace

TEST_SUITE("triage_samples") {
  TEST_CASE("real records of every source give the same cases in either order") {
    auto records = records_of_all_samples();
    if (records.empty()) {
      MESSAGE("no samples beside the project: nothing to judge");
      return;
    }
    const auto cases = case_lines(records);
    CHECK_FALSE(cases.empty());
    std::ranges::reverse(records);
    CHECK(case_lines(records) == cases);
  }

  TEST_CASE("what is cut in the middle of a record stops nothing") {
    auto records = records_of_all_samples();
    for (auto& one : records) {
      one.raw.resize(one.raw.size() / 2);
    }
    CHECK_NOTHROW(case_lines(records));
  }
}
