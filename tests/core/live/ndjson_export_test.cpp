#include "core/live/ndjson_export.hpp"
#include "core/live/ndjson_line.hpp"
#include "core/store/sqlite_store.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace core::live;

namespace {

const auto day = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

/// A store whose process dies when the export notes how far it came, for the `left`th time.
class dying_store final : public core::store {
public:
  explicit dying_store(core::store& inner, int left) : inner_(inner), left_(left) {}

  auto apply(const core::commit& step) -> seams::result<core::commit_outcome> override {
    if (--left_ == 0) {
      return seams::failure(seams::reaction::stop_and_diagnose, "store_full", "as the test wants");
    }
    return inner_.apply(step);
  }
  auto cursor(std::string_view feed) -> seams::result<std::optional<std::string>> override {
    return inner_.cursor(feed);
  }
  auto marked(std::string_view feed, const std::vector<std::string>& names)
      -> seams::result<std::vector<bool>> override {
    return inner_.marked(feed, names);
  }
  auto read(const core::record_query& wanted,
            const std::function<bool(const core::stored_record&)>& sink)
      -> seams::result<void> override {
    return inner_.read(wanted, sink);
  }
  auto health() -> seams::result<std::vector<core::health_entry>> override {
    return inner_.health();
  }

private:
  core::store& inner_;
  int left_;
};

/// A store, and the file that its records are exported to.
struct exporting {
  auto put(const std::string& key) -> void {
    auto step = core::commit();
    step.feed = "alerts";
    step.now = day;
    step.records.push_back({"alerts", "ms365_alerts", key, "", {}, "{\"id\":\"" + key + "\"}", {}});
    REQUIRE(records->apply(step).has_value());
  }

  /// One process: begins, and writes what is new.
  auto run(core::store& with) -> seams::result<void> {
    auto one = ndjson_export(with, open_file_sink(folder.at("out")).value());
    if (auto begun = one.begin(); begun.has_error()) {
      return begun;
    }
    return one.catch_up(day);
  }

  /// The lines that there should be, of these keys.
  [[nodiscard]] auto lines(const std::string& keys) const -> std::string {
    auto out = std::string();
    for (const auto key : keys) {
      auto one = core::stored_record();
      const auto name = std::string(1, key);
      one.what = {"alerts", "ms365_alerts", name, "", {}, "{\"id\":\"" + name + "\"}", {}};
      one.received_at = day;
      out += ndjson_line(one);
    }
    return out;
  }

  fakes::scratch_folder folder;
  std::unique_ptr<core::store> records = core::open_sqlite_store(":memory:", "").value();
};

} // namespace

TEST_SUITE("ndjson_export") {
  TEST_CASE("records go out in the order of their arrival, each once, over restarts too") {
    auto it = exporting();
    it.put("b");
    it.put("a");
    REQUIRE(it.run(*it.records).has_value());
    REQUIRE(it.run(*it.records).has_value());
    it.put("c");
    REQUIRE(it.run(*it.records).has_value());
    CHECK(it.folder.read("out") == it.lines("bac"));
  }

  TEST_CASE("a death between writing and noting loses nothing and doubles nothing") {
    for (const auto death : {1, 2}) {
      CAPTURE(death);
      auto it = exporting();
      it.put("a");
      auto dying = dying_store(*it.records, death);
      CHECK(it.run(dying).has_error());
      it.put("b");
      REQUIRE(it.run(*it.records).has_value());
      CHECK(it.folder.read("out") == it.lines("ab"));
    }
  }

  TEST_CASE("a death after an earlier note loses nothing and doubles nothing") {
    auto it = exporting();
    it.put("a");
    REQUIRE(it.run(*it.records).has_value());
    it.put("b");
    it.put("c");
    auto dying = dying_store(*it.records, 1);
    CHECK(it.run(dying).has_error());
    REQUIRE(it.run(*it.records).has_value());
    CHECK(it.folder.read("out") == it.lines("abc"));
  }

  TEST_CASE("a line that was cut short is written whole") {
    auto it = exporting();
    it.put("a");
    REQUIRE(it.run(*it.records).has_value());
    it.put("b");
    const auto torn = it.folder.read("out") + it.lines("b").substr(0, 20);
    it.folder.write("out", torn);
    REQUIRE(it.run(*it.records).has_value());
    CHECK(it.folder.read("out") == it.lines("ab"));
  }

  TEST_CASE("a file that was moved away is followed by a new one") {
    auto it = exporting();
    auto one = ndjson_export(*it.records, open_file_sink(it.folder.at("out")).value());
    REQUIRE(one.begin().has_value());
    it.put("a");
    REQUIRE(one.catch_up(day).has_value());
    std::filesystem::rename(it.folder.at("out"), it.folder.at("out.1"));
    it.put("b");
    REQUIRE(one.catch_up(day).has_value());
    CHECK(it.folder.read("out.1") == it.lines("a"));
    CHECK(it.folder.read("out") == it.lines("b"));
  }

  TEST_CASE("a death with the first line of a new file doubles nothing") {
    auto it = exporting();
    it.put("a");
    REQUIRE(it.run(*it.records).has_value());
    std::filesystem::rename(it.folder.at("out"), it.folder.at("out.1"));
    it.put("b");
    auto dying = dying_store(*it.records, 2);
    CHECK(it.run(dying).has_error());
    REQUIRE(it.run(*it.records).has_value());
    CHECK(it.folder.read("out") == it.lines("b"));
  }

  TEST_CASE("a file that somebody emptied goes on with what is new") {
    auto it = exporting();
    it.put("a");
    REQUIRE(it.run(*it.records).has_value());
    it.folder.write("out", "");
    it.put("b");
    REQUIRE(it.run(*it.records).has_value());
    CHECK(it.folder.read("out") == it.lines("b"));
  }

  TEST_CASE("a reader that takes no more ends the export, and its lines come again") {
    auto it = exporting();
    it.put("a");
    auto got = std::string();
    auto takes = false;
    const auto write = [&](std::string_view lines) {
      got += takes ? lines : "";
      return takes;
    };
    auto one = ndjson_export(*it.records, make_stream_sink(write));
    REQUIRE(one.begin().has_value());
    const auto refused = one.catch_up(day);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == "file_unavailable");
    takes = true;
    REQUIRE(one.catch_up(day).has_value());
    CHECK(got == it.lines("a"));
  }
}
