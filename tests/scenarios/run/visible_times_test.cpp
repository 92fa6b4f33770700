#include "scenarios/run/visible_times.hpp"
#include "tests/scenarios/run/laid_story.hpp"

#include <doctest/doctest.h>

using namespace scenarios::run;
using tests::entry_of;
using tests::minute;

namespace {

auto stored(std::string feed, std::string raw, int at) -> core::stored_record {
  auto out = core::stored_record();
  out.what.feed = std::move(feed);
  out.what.key = "k";
  out.what.raw = std::move(raw);
  out.received_at = minute(at);
  return out;
}

} // namespace

TEST_SUITE("visible times") {
  TEST_CASE("a record is visible since the ledger first had its bytes under its name") {
    const auto first = stored("sign_ins", R"({"id":"s1","a":1})", 30);
    const auto other = stored("sign_ins", R"({"id":"s1","a":2})", 30);
    auto book = mock_graph::ledger();
    book.appeared(entry_of(other.what, minute(5)));
    book.appeared(entry_of(first.what, minute(10)));
    book.appeared(entry_of(first.what, minute(20)));
    const auto times = visible_times(book);
    CHECK(times.of(first) == minute(10));
    CHECK(times.of(other) == minute(5));
  }

  TEST_CASE("where the query makes the bytes the name decides") {
    const auto row = stored("sign_ins", R"({"id":"s1"})", 30);
    auto entry = entry_of(row.what, minute(10));
    entry.bytes.reset();
    auto book = mock_graph::ledger();
    book.appeared(entry);
    CHECK(visible_times(book).of(row) == minute(10));
  }

  TEST_CASE("a state that came back is visible since it came back") {
    const auto one = stored("users", R"({"id":"u1","accountEnabled":true})", 10);
    const auto again = stored("users", R"({"id":"u1","accountEnabled":true})", 40);
    auto book = mock_graph::ledger();
    book.appeared(entry_of(one.what, minute(5)));
    book.appeared(entry_of(one.what, minute(30)));
    const auto times = visible_times(book);
    CHECK(times.of(one) == minute(5));
    CHECK(times.of(again) == minute(30));
  }

  TEST_CASE("of a name that was never visible nothing is known") {
    auto book = mock_graph::ledger();
    book.appeared(entry_of(stored("sign_ins", R"({"id":"s1"})", 1).what, minute(1)));
    const auto times = visible_times(book);
    CHECK_FALSE(times.of(stored("sign_ins", R"({"id":"s2"})", 1)).has_value());
    CHECK_FALSE(times.of(stored("alerts", R"({"id":"s1"})", 1)).has_value());
  }
}
