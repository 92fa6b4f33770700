#include "replay/har/read_har.hpp"
#include "scenarios/recording/scrub.hpp"
#include "scenarios/tapes/disk_cassette.hpp"
#include "scenarios/tapes/read_tape.hpp"
#include "tests/core/fakes/scratch_folder.hpp"
#include "tests/scenarios/recording/files.hpp"

#include <doctest/doctest.h>

#include <sstream>

namespace {

namespace fs = std::filesystem;
using namespace scenarios::recording;

constexpr auto head = R"({"format":"offtenant-cassette","version":1,"created_by":"x",)"
                      R"("base_time":"2026-03-10T08:00:00Z"})";

auto exchange_line(const std::string& body) -> std::string {
  return R"({"at":0,"took":1,"method":"GET","url":"https://graph.microsoft.com/v1.0/users/)"
         R"(dana.fox@contoso.com","request_headers":[["Authorization","Bearer abc"]],)"
         R"("status":200,"response_headers":[],"response_body":{"text":")" +
         body + "\"}}";
}

/// A cassette with somebody in it, in a folder of its own.
struct scrubbing {
  scrubbing() {
    test::write_text(at("in.cassette"),
                     std::string(head) + '\n' +
                         exchange_line(R"({\"mail\":\"dana.fox@contoso.com\"})") + '\n');
    options.input = at("in.cassette");
    options.output = at("out.cassette");
    options.state = at("state");
  }

  [[nodiscard]] auto at(const std::string& name) const -> std::string {
    return (folder.path() / name).string();
  }
  auto run() -> int {
    out.str("");
    err.str("");
    return scrub(options, out, err);
  }
  auto verify(const std::string& path) -> int {
    auto looking = options;
    looking.input = path;
    looking.output = "";
    looking.verify = true;
    out.str("");
    err.str("");
    return scrub(looking, out, err);
  }

  fakes::scratch_folder folder;
  scrub_options options;
  std::ostringstream out;
  std::ostringstream err;
};

TEST_SUITE("scrub") {
  TEST_CASE("people are gone, joins hold, and verify agrees") {
    auto work = scrubbing();
    CHECK(work.verify(work.options.input) == 1);
    CHECK(work.err.str().find("exchange 1, url: a mail address") != std::string::npos);
    CHECK(work.err.str().find("contoso") == std::string::npos);
    CHECK_MESSAGE(work.run() == 0, work.err.str());
    const auto text = test::text_in(work.options.output);
    CHECK(text.find("dana") == std::string::npos);
    CHECK(text.find("contoso") == std::string::npos);
    const auto tape = scenarios::tapes::read_tape(work.options.output);
    REQUIRE(tape.has_value());
    const auto& one = tape->tape.exchanges.at(0);
    const auto user = one.asked.url.substr(one.asked.url.rfind('/') + 1);
    CHECK(one.answered.body == R"({"mail":")" + user + R"("})");
    CHECK(tape->tape.head.policy.starts_with("default "));
    CHECK(work.verify(work.options.output) == 0);
  }

  TEST_CASE("a key file gives the same stand-ins in every file, and is made once") {
    auto work = scrubbing();
    work.options.files.key = work.at("team.key");
    REQUIRE(work.run() == 0);
    CHECK(work.err.str().find("made the key") != std::string::npos);
    const auto first = test::text_in(work.options.output);
    work.options.output = work.at("again.cassette");
    REQUIRE(work.run() == 0);
    CHECK(test::text_in(work.options.output) == first);
    work.options.files.key = "";
    work.options.output = work.at("other.cassette");
    REQUIRE(work.run() == 0);
    CHECK(test::text_in(work.options.output) != first);
  }

  TEST_CASE("HTTP archives come in and go out") {
    auto work = scrubbing();
    work.options.output = work.at("out.har");
    REQUIRE(work.run() == 0);
    const auto archive = replay::read_har(test::text_in(work.options.output), "out.har");
    REQUIRE(archive.has_value());
    CHECK(archive->tape.exchanges.size() == 1);
    work.options.input = work.options.output;
    work.options.output = work.at("back.cassette");
    CHECK_MESSAGE(work.run() == 0, work.err.str());
    CHECK(scenarios::tapes::read_tape(work.options.output).has_value());
  }

  TEST_CASE("an output is whole or not there") {
    auto work = scrubbing();
    test::write_text(work.options.output, "precious");
    CHECK(work.run() == 2);
    CHECK(test::text_in(work.options.output) == "precious");
    work.options.output = work.at("no/such/folder/x");
    CHECK(work.run() == 3);
  }

  TEST_CASE("what cannot be read is named with its place") {
    auto work = scrubbing();
    test::write_text(work.options.input, std::string(head) + "\n{\"at\":-1}\n");
    CHECK(work.run() == 2);
    CHECK(work.err.str().find("in.cassette:2:") != std::string::npos);
    CHECK_FALSE(fs::exists(work.options.output));
    test::write_text(work.options.input, "a,b,c\n");
    CHECK(work.run() == 2);
    work.options.input = work.at("other");
    test::write_text(work.options.input, std::string(head) + "\n");
    work.options.files.policy = work.at("p.toml");
    CHECK(work.run() == 2);
    test::write_text(work.options.files.policy, "peeple = false");
    CHECK(work.run() == 2);
    CHECK(work.err.str().find("p.toml:1:1") != std::string::npos);
    CHECK(work.err.str().find("people") != std::string::npos);
  }

  TEST_CASE("known secrets are looked for, and too short ones refused") {
    auto work = scrubbing();
    work.options.files.known = work.at("known");
    test::write_text(work.options.files.known, "abc\n");
    CHECK(work.verify(work.options.input) == 2);
    CHECK(work.err.str().find("known:1: shorter than 4 bytes") != std::string::npos);
    test::write_text(work.options.files.known, "nothing\r\n\r\ndana.fox\r\n");
    CHECK(work.verify(work.options.input) == 1);
    CHECK(work.err.str().find("known secret 2") != std::string::npos);
  }

  TEST_CASE("a recording that was cut is scrubbed up to there, and the cut is told") {
    auto work = scrubbing();
    const auto text = test::text_in(work.options.input);
    test::write_text(work.options.input, text + text.substr(text.find('\n') + 1, 40));
    CHECK(work.run() == 0);
    CHECK(work.err.str().find("left out: line 3, 40 bytes") != std::string::npos);
  }
}

} // namespace
