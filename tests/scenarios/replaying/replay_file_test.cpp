#include "replay/cassette/cassette_text.hpp"
#include "replay/har/write_har.hpp"
#include "scenarios/replaying/replay_file.hpp"
#include "tests/core/fakes/scratch_folder.hpp"
#include "tests/scenarios/replaying/tape_recorder.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <sstream>

using namespace scenarios::replaying;

namespace {

struct ended {
  int code = 0;
  std::string out;
  std::string err;
};

auto replay_at(const std::string& path, replay_options options = {}) -> ended {
  auto out = std::ostringstream();
  auto err = std::ostringstream();
  const auto interrupted = std::atomic<bool>(false);
  options.tape = path;
  const auto code = replay_file(options, out, err, interrupted);
  return {code, out.str(), err.str()};
}

auto text_of(const replay::cassette& tape) -> std::string {
  auto out = replay::to_line(tape.head);
  for (const auto& one : tape.exchanges) {
    out += replay::to_line(one);
  }
  return out;
}

/// An hour of alerts.
auto alerts_tape() -> const replay::cassette& {
  static const auto was = test::record_scenario("clicks/email-click-blocked");
  return was.tape;
}

auto has(const std::string& text, std::string_view part) -> bool {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_SUITE("replay_file_test") {
  TEST_CASE("a cassette is replayed, reported and kept") {
    const auto folder = fakes::scratch_folder();
    folder.write("a.cassette", text_of(alerts_tape()));
    auto options = replay_options();
    options.keep = folder.at("kept");
    options.json = folder.at("report.json");
    const auto done = replay_at(folder.at("a.cassette"), options);
    CHECK(done.err.empty());
    CHECK(done.code == 0);
    CHECK(has(done.out, "replayed"));
    CHECK(folder.has("kept/store.db"));
    const auto report = nlohmann::json::parse(folder.read("report.json"));
    CHECK(report["held"] == true);
    CHECK(report["format"] == "offtenant-replay");
    CHECK(report["exchanges"]["unused"].empty());
    CHECK(report["records"]["alerts"] > 0);
    CHECK(report["cases"].size() == 1);
  }

  TEST_CASE("an HTTP archive replays as the cassette it was made of does") {
    const auto folder = fakes::scratch_folder();
    folder.write("a.cassette", text_of(alerts_tape()));
    folder.write("a.har", replay::write_har(alerts_tape()));
    auto options = replay_options();
    options.json = folder.at("a.json");
    CHECK(replay_at(folder.at("a.cassette"), options).code == 0);
    options.json = folder.at("b.json");
    CHECK(replay_at(folder.at("a.har"), options).code == 0);
    const auto from_cassette = nlohmann::json::parse(folder.read("a.json"));
    const auto from_archive = nlohmann::json::parse(folder.read("b.json"));
    for (const auto* key : {"records", "cases", "feeds"}) {
      CAPTURE(key);
      CHECK(from_cassette[key] == from_archive[key]);
    }
  }

  TEST_CASE("a request that lost its exchange fails with the difference") {
    auto tape = alerts_tape();
    std::erase_if(tape.exchanges, [](const replay::exchange& one) {
      return has(one.asked.url, "/activity/feed/audit/");
    });
    const auto folder = fakes::scratch_folder();
    folder.write("a.cassette", text_of(tape));
    const auto done = replay_at(folder.at("a.cassette"));
    CHECK(done.code == 1);
    CHECK(has(done.out, "did not hold"));
    CHECK(has(done.out, "unmatched"));
    CHECK(has(done.out, "path segment"));
  }

  TEST_CASE("an exchange that nothing asks for is listed") {
    auto tape = alerts_tape();
    auto extra = tape.exchanges.back();
    extra.asked.url = "https://graph.microsoft.com/v1.0/me/photo";
    tape.exchanges.push_back(extra);
    const auto folder = fakes::scratch_folder();
    folder.write("a.cassette", text_of(tape));
    const auto done = replay_at(folder.at("a.cassette"));
    CHECK(done.code == 0);
    CHECK(has(done.out, "never asked for"));
    CHECK(has(done.out, "https://graph.microsoft.com/v1.0/me/photo"));
  }

  TEST_CASE("files that are no recording are refused with their place") {
    const auto good = text_of(alerts_tape());
    const auto folder = fakes::scratch_folder();
    const auto refused = [&](const std::string& text, std::string_view place) {
      folder.write("bad.cassette", text);
      const auto done = replay_at(folder.at("bad.cassette"));
      CAPTURE(done.err);
      CHECK(done.code == 2);
      CHECK(done.out.empty());
      CHECK(has(done.err, "bad.cassette:" + std::string(place)));
    };
    const auto second = good.find('\n') + 1;
    refused("", "1:1");
    refused(std::string("\x7f\x45\x4c\x46\x00\x01", 6), "1:1");
    refused(good.substr(0, second / 2), "1:");
    refused(good.substr(0, second) + std::string(100'000, '[') + "\n", "2:");
    refused(good.substr(0, second) + "{\"at\":" + std::string(17 << 20, '1') + "}\n", "2:");
    refused(R"({"format":"offtenant-cassette","version":99})"
            "\n",
            "1:");
    refused(R"({"log":{"version":"1.2","entries":)" + std::string(100'000, '['), "1:");
    CHECK(replay_at(folder.at("none.cassette")).code == 3);
  }

  TEST_CASE("a cassette whose last line was cut is replayed, and says so") {
    const auto folder = fakes::scratch_folder();
    folder.write("a.cassette", text_of(alerts_tape()) + R"({"at":17)");
    const auto done = replay_at(folder.at("a.cassette"));
    CHECK(done.code == 0);
    CHECK(has(done.out, "the last line was cut"));
  }

  TEST_CASE("a recording of nothing that the connector asks for says so") {
    const auto folder = fakes::scratch_folder();
    folder.write("a.cassette", replay::to_line(replay::cassette_head()));
    const auto done = replay_at(folder.at("a.cassette"));
    CHECK(done.code == 1);
    CHECK(has(done.out, "nothing on the tape"));
  }
}
