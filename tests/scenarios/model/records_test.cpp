#include "core/adapters/files/text_file.hpp"
#include "scenarios/model/record_file.hpp"
#include "scenarios/model/scenario.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace std::chrono_literals;
using namespace scenarios::model;

namespace {

const auto odd = std::string(R"({ "Id":"1","n":1e3,"n":12345678901234567890 })");

auto scenario_with(const std::string& keys) -> std::string {
  return "about = \"x\"\n[connector]\nfeeds = [\"audit_general\"]\n[[records]]\n" + keys;
}

auto raw_of(const mock_graph::tenant::event& one) -> const mock_graph::tenant::verbatim_record& {
  return std::get<mock_graph::tenant::verbatim_record>(one.what);
}

} // namespace

TEST_SUITE("records") {
  TEST_CASE("records are sliced word for word from lines, arrays, pages and single objects") {
    CHECK(slice_records(odd + "\n\n" + odd).records.at(1).raw == odd);
    CHECK(slice_records(odd + "\n\n" + odd).records.at(1).line == 3);
    CHECK(slice_records(odd + "\r\n" + odd + "\r\n").records.at(1).raw == odd);
    CHECK(slice_records("[" + odd + ",\n" + odd + "]").records.at(1).raw == odd);
    CHECK(slice_records("\n[\n" + odd + ",\n\n" + odd + "]").records.at(1).line == 5);
    CHECK(slice_records("{\"value\":[" + odd + "]}").records.at(0).raw == odd);
    CHECK(slice_records("\n{\n \"Id\": \"1\"\n}\n").records.at(0).raw == "{\n \"Id\": \"1\"\n}");
    CHECK(slice_records("\n{\n \"Id\": \"1\"\n}\n").records.at(0).line == 2);
  }

  TEST_CASE("what is no record is refused with its line") {
    CHECK(slice_records(odd + "\n[1]").wrong.find("line 2") != std::string::npos);
    CHECK(slice_records("[{},\n3]").wrong.find("line 2") != std::string::npos);
    CHECK(slice_records("[{},").wrong.find("no JSON array") != std::string::npos);
    for (const auto* nothing : {"7", "\"text\""}) {
      CAPTURE(nothing);
      CHECK(!slice_records(nothing).wrong.empty());
    }
  }

  TEST_CASE("lines around a broken one are read, until there are too many of those") {
    const auto read = slice_records(odd + "\n{broken\n" + odd + "\n[1]\n" + odd);
    CHECK(read.records.size() == 3);
    CHECK(read.wrong == "line 2 holds no JSON object, line 4 holds no JSON object");
    auto text = odd + "\n";
    for (auto i = 0; i < 100; ++i) {
      text += "no JSON\n";
    }
    const auto hopeless = slice_records(text + odd);
    CHECK(hopeless.records.size() == 1);
    CHECK(hopeless.wrong.ends_with("line 21 holds no JSON object, and no more is read"));
  }

  TEST_CASE("text in hand may hold no record at all") {
    for (const auto* nothing : {"", " \n", "[]", "{\"value\":[]}"}) {
      CAPTURE(nothing);
      CHECK(slice_records(nothing).records.empty());
      CHECK(slice_records(nothing).wrong.empty());
    }
  }

  TEST_CASE("a long array costs one pass, not one pass a record") {
    auto text = std::string("[");
    for (auto i = 0; i < 20'000; ++i) {
      text += i == 0 ? "" : ",";
      text += "{\"Id\":\"" + std::string(100, 'x') + "\"}\n";
    }
    const auto read = slice_records(text + "]");
    REQUIRE(read.records.size() == 20'000);
    CHECK(read.records.back().line == 20'000);
  }

  TEST_CASE("records become events, spread in order over the time they take") {
    const auto folder = fakes::scratch_folder();
    folder.write("a.ndjson", odd + "\n" + odd + "\n");
    const auto read = load_text(
        scenario_with(
            "file = \"a.ndjson\"\nfeed = \"audit_general\"\nat = \"1h\"\nover = \"2h\"\n"),
        folder.at("t.toml"));
    REQUIRE(read.what.has_value());
    REQUIRE(read.what->events.size() == 2);
    CHECK(read.what->events[0].at == read.what->standing.start + 1h);
    CHECK(read.what->events[1].at == read.what->standing.start + 2h);
    CHECK(raw_of(read.what->events[1]).raw == odd);
    CHECK(raw_of(read.what->events[1]).origin == "a.ndjson:2");
  }

  TEST_CASE("records without identity stay unless the scenario leaves them out") {
    const auto folder = fakes::scratch_folder();
    folder.write("a.ndjson", odd + "\n{\"id\":\"lower case\"}\n{\"Id\":7}\n");
    const auto keys = std::string("file = \"a.ndjson\"\nfeed = \"audit_general\"\nat = \"1h\"\n");
    CHECK(load_text(scenario_with(keys), folder.at("t.toml")).what->events.size() == 3);
    const auto fewer =
        load_text(scenario_with(keys + "skip_unsuitable = true\n"), folder.at("t.toml"));
    REQUIRE(fewer.what.has_value());
    REQUIRE(fewer.what->events.size() == 1);
    CHECK(raw_of(fewer.what->events[0]).raw == odd);
  }

  TEST_CASE("a records file that is missing or broken is a diagnostic at its key") {
    const auto folder = fakes::scratch_folder();
    folder.write("bad.json", "[{},");
    for (const std::string name : {"none.json", "bad.json", "."}) {
      CAPTURE(name);
      const auto read = load_text(
          scenario_with("file = \"" + name + "\"\nfeed = \"audit_general\"\nat = \"1h\"\n"),
          folder.at("t.toml"));
      REQUIRE(read.wrong.size() == 1);
      CHECK(read.wrong[0].at == position{5, 8});
    }
  }

  TEST_CASE("only plain files within the bound are read") {
    const auto folder = fakes::scratch_folder();
    folder.write("five", "12345");
    CHECK(core::adapters::read_text_file(folder.at("five"), 5).text == "12345");
    CHECK(core::adapters::read_text_file(folder.at("five"), 4).wrong.find("larger") !=
          std::string::npos);
    CHECK(core::adapters::read_text_file(folder.at("none"), 5).wrong == "does not exist");
    CHECK(core::adapters::read_text_file(folder.path().string(), 5).wrong == "is no plain file");
    CHECK(core::adapters::read_text_file("/dev/zero", 5).wrong == "is no plain file");
  }

  TEST_CASE("records that bear a time appear then, the others share the time that is left") {
    const auto folder = fakes::scratch_folder();
    folder.write("a.ndjson",
                 "{\"t\":{\"at\":\"2026-03-10T10:00:00\"}}\n{\"t\":1}\n"
                 "{\"t\":{\"at\":\"2020-01-01T00:00:00Z\"}}\n");
    const auto read = load_text(
        scenario_with("file = \"a.ndjson\"\nfeed = \"audit_general\"\nat = \"1h\"\nover = "
                      "\"2h\"\nby = \"t.at\"\nafter = \"30m\"\n"),
        folder.at("t.toml"));
    REQUIRE(read.what.has_value());
    REQUIRE(read.what->events.size() == 3);
    const auto start = read.what->standing.start;
    auto moments = std::vector<seams::instant>();
    for (const auto& one : read.what->events) {
      moments.push_back(one.at);
    }
    std::ranges::sort(moments);
    CHECK(moments == std::vector<seams::instant>{start + 1h, start + 2h, start + 150min});
  }

  TEST_CASE("rows of hunting tables name their table, and only they do") {
    const auto folder = fakes::scratch_folder();
    folder.write("a.ndjson", odd + "\n");
    const auto keys = [](const std::string& feed, const std::string& rest) {
      return scenario_with("file = \"a.ndjson\"\nat = \"0s\"\nfeed = \"" + feed + "\"\n" + rest);
    };
    const auto read =
        load_text(keys("email_events", "table = \"EmailUrlInfo\"\n"), folder.at("t.toml"));
    REQUIRE(read.what.has_value());
    CHECK(raw_of(read.what->events.at(0)).table == "EmailUrlInfo");
    CHECK_FALSE(load_text(keys("email_events", ""), folder.at("t.toml")).what.has_value());
    CHECK_FALSE(load_text(keys("email_events", "table = \"UrlClickEvents\"\n"), folder.at("t.toml"))
                    .what.has_value());
    CHECK_FALSE(load_text(keys("alerts", "table = \"EmailEvents\"\n"), folder.at("t.toml"))
                    .what.has_value());
  }
}
