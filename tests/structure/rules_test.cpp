#include "tests/structure/rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using structure::check_source;

/// The findings for one fake file, each as "line: what".
auto findings_for(const std::string& path, const std::string& text) -> std::vector<std::string> {
  auto lines = std::vector<std::string>();
  for (const auto& f : check_source({path, text})) {
    CHECK(f.path == path);
    lines.push_back(std::to_string(f.line) + ": " + f.what);
  }
  return lines;
}

auto is_flagged(const std::string& path, const std::string& text, std::string_view start) -> bool {
  const auto found = findings_for(path, text);
  return std::any_of(
      found.begin(), found.end(), [&](const auto& line) { return line.starts_with(start); });
}

auto is_clean(const std::string& path, const std::string& text) -> bool {
  return findings_for(path, text).empty();
}

auto function_of(int lines) -> std::string {
  auto text = std::string("auto f(int a) -> int {\n");
  for (auto i = 0; i < lines - 2; ++i) {
    text += "  ++a;\n";
  }
  return text + "}\n";
}

TEST_SUITE("rules_test") {
  TEST_CASE("a real clock is refused outside adapters, tests and benchmarks") {
    for (const std::string text : {"auto t = std::chrono::system_clock::now();",
                                   "auto t = std::chrono::steady_clock::now();",
                                   "using c = std::chrono::high_resolution_clock;",
                                   "auto t = std::time(nullptr);",
                                   "auto t = ::time(nullptr);",
                                   "auto t = time(nullptr);",
                                   "gettimeofday(&tv, nullptr);",
                                   "clock_gettime(CLOCK_REALTIME, &ts);"}) {
      CAPTURE(text);
      CHECK(is_flagged("core/auth/token.cpp", std::string("\n") + text, "2: "));
      CHECK(is_flagged("cli/main.cpp", text, "1: "));
      CHECK(is_clean("core/adapters/system_clock.cpp", text));
      CHECK(is_clean("tests/core/auth/token_test.cpp", text));
      CHECK(is_clean("bench/poll.cpp", text));
    }
  }

  TEST_CASE("the message says what to use instead") {
    CHECK(findings_for("core/a.cpp", "auto t = std::chrono::system_clock::now();") ==
          std::vector<std::string>{"1: system_clock::now: take a seams::clock& and ask it"});
  }

  TEST_CASE("a name that only looks like a real clock is fine") {
    for (const std::string text : {"auto t = runtime(x);",
                                   "auto t = entry.time(x);",
                                   "auto t = entry->time(x);",
                                   "auto t = seams::time(x);",
                                   "auto t = dated ? time(word) : number(word);",
                                   "auto time(int x) -> int;",
                                   "auto brand(int x) -> int;",
                                   "using tp = std::chrono::system_clock::time_point;",
                                   "// system_clock::now is banned",
                                   "auto s = \"steady_clock::now\";"}) {
      CAPTURE(text);
      CHECK(is_clean("core/a.cpp", text));
    }
  }

  TEST_CASE("Asio's timers and real sleeps are refused") {
    CHECK(is_flagged("core/a.cpp", "net::steady_timer t(x);", "1: steady_timer: wait with"));
    CHECK(is_flagged("mock_graph/wire/a.cpp", "net::deadline_timer t(x);", "1: deadline_timer"));
    CHECK(is_flagged("replay/a.cpp", "net::system_timer t(x);", "1: system_timer"));
    CHECK(is_flagged("core/a.cpp", "std::this_thread::sleep_for(1s);", "1: this_thread"));
    CHECK(is_clean("core/a.cpp", "co_await time_.sleep_for(1s);"));
  }

  TEST_CASE("chance from elsewhere than the seed is refused") {
    for (const std::string text : {"std::random_device d;",
                                   "std::mt19937 g(1);",
                                   "std::mt19937_64 g(1);",
                                   "auto x = rand();",
                                   "auto x = std::rand();",
                                   "RAND_bytes(p, 16);"}) {
      CAPTURE(text);
      CHECK(is_flagged("scenarios/run/a.cpp", text, "1: "));
      CHECK(is_clean("core/adapters/random.cpp", text));
    }
  }

  TEST_CASE("sockets belong to adapters and the mock's wire") {
    const auto header = "#include <boost/asio/ip/tcp.hpp>\n";
    CHECK(is_flagged("core/http/a.cpp", header, "1: boost/asio/ip/tcp.hpp: sockets belong"));
    CHECK(is_flagged("scenarios/run/a.cpp", header, "1: "));
    CHECK(is_clean("core/adapters/a.cpp", header));
    CHECK(is_clean("mock_graph/wire/a.cpp", header));
    CHECK(is_clean("core/http/a.cpp", "#include <boost/asio/awaitable.hpp>\n"));
    CHECK(is_flagged("core/http/a.cpp", "void f(tcp::socket s);", "1: tcp::socket"));
  }

  TEST_CASE("not even the mock's wire resolves names") {
    CHECK(is_flagged("mock_graph/wire/a.cpp", "r.async_resolve(x);", "1: async_resolve"));
    CHECK(is_clean("core/adapters/a.cpp", "r.async_resolve(x);"));
  }

  TEST_CASE("files are opened by the few folders that may") {
    for (const std::string path : {"core/adapters/a.cpp",
                                   "scenarios/model/a.cpp",
                                   "scenarios/report/a.cpp",
                                   "scenarios/run/a.cpp",
                                   "cli/a.cpp"}) {
      CHECK(is_clean(path, "std::ofstream f(p);"));
    }
    CHECK(is_flagged("replay/cassette/a.cpp", "std::ifstream f(p);", "1: ifstream: hand the text"));
    CHECK(is_flagged("core/store/a.cpp", "auto* f = fopen(p, \"r\");", "1: fopen"));
  }

  TEST_CASE("includes stay within the borders of the folders") {
    const auto refused = std::vector<std::pair<std::string, std::string>>{
        {"core/seams/a.cpp", "core/store/store.hpp"},
        {"core/feeds/a.cpp", "mock_graph/service.hpp"},
        {"core/feeds/a.cpp", "scenarios/run/suite.hpp"},
        {"mock_graph/graph/a.cpp", "core/store/store.hpp"},
        {"mock_graph/graph/a.cpp", "replay/cassette.hpp"},
        {"replay/a.cpp", "mock_graph/service.hpp"},
        {"scenarios/run/a.cpp", "cli/arguments.hpp"},
        {"scenarios/run/a.cpp", "tests/fake.hpp"},
        {"cli/a.cpp", "tests/fake.hpp"}};
    for (const auto& [path, header] : refused) {
      CAPTURE(path);
      CAPTURE(header);
      CHECK(is_flagged(path, "#include <string>\n#include \"" + header + "\"\n", "2: "));
    }
    const auto allowed = std::vector<std::pair<std::string, std::string>>{
        {"core/seams/a.cpp", "core/seams/clock.hpp"},
        {"core/feeds/a.cpp", "core/store/store.hpp"},
        {"mock_graph/graph/a.cpp", "core/seams/clock.hpp"},
        {"mock_graph/graph/a.cpp", "mock_graph/service.hpp"},
        {"replay/a.cpp", "core/seams/clock.hpp"},
        {"scenarios/run/a.cpp", "replay/cassette.hpp"},
        {"cli/a.cpp", "scenarios/run/suite.hpp"},
        {"tests/x/a.cpp", "cli/arguments.hpp"}};
    for (const auto& [path, header] : allowed) {
      CAPTURE(path);
      CAPTURE(header);
      CHECK(is_clean(path, "#include \"" + header + "\"\n"));
    }
  }

  TEST_CASE("an include of a wrong folder says which ones are right") {
    CHECK(findings_for("replay/a.cpp", "#include \"core/store/store.hpp\"\n") ==
          std::vector<std::string>{"1: replay may not include core/store/store.hpp: of ours it "
                                   "sees only core/seams, replay"});
  }

  TEST_CASE("a line of a hundred columns is the longest") {
    CHECK(is_clean("core/a.cpp", "int " + std::string(95, 'a') + ";\n"));
    CHECK(is_flagged("core/a.cpp", "\nint " + std::string(96, 'a') + ";\n", "2: 101 columns"));
    CHECK(is_flagged("tests/a.cpp", "int " + std::string(96, 'a') + ";\n", "1: 101 columns"));
    CHECK(is_clean("core/a.cpp", "auto s = R\"(\n" + std::string(200, 'a') + "\n)\";\n"));
    CHECK(is_flagged("core/a.cpp", "auto s = \"" + std::string(200, 'a') + "\";\n", "1: 212"));
    auto umlauts = std::string("// ");
    for (auto i = 0; i < 97; ++i) {
      umlauts += "\xC3\xA4";
    }
    CHECK(is_clean("core/a.cpp", umlauts + "\n"));
  }

  TEST_CASE("a file of six hundred lines is the longest") {
    auto text = std::string();
    for (auto i = 0; i < 600; ++i) {
      text += "int a;\n";
    }
    CHECK(is_clean("core/a.cpp", text));
    CHECK(is_flagged("core/a.cpp", text + "int b;\n", "601: 601 lines"));
  }

  TEST_CASE("a function of seventy lines is the longest, wherever it stands") {
    CHECK(is_clean("core/a.cpp", function_of(70)));
    CHECK(is_flagged("core/a.cpp", "\n" + function_of(71), "2: a function of 71 lines"));
    CHECK(is_flagged("core/a.cpp", "namespace a {\n" + function_of(71) + "}\n", "2: "));
    CHECK(is_flagged("core/a.cpp", "class c : b {\npublic:\n" + function_of(71) + "};\n", "3: "));
    CHECK(is_flagged("tests/a.cpp", "TEST_SUITE(\"a\") {\n" + function_of(71) + "}\n", "2: "));
    const auto template_function = "template <class T>\n" + function_of(70);
    CHECK(is_flagged("core/a.cpp", template_function, "1: a function of 71 lines"));
  }

  TEST_CASE("a long class, table or namespace is no long function") {
    auto members = std::string();
    for (auto i = 0; i < 80; ++i) {
      members += "  int a;\n";
    }
    CHECK(is_clean("core/a.cpp", "struct s {\n" + members + "};\n"));
    auto rows = std::string();
    for (auto i = 0; i < 80; ++i) {
      rows += "  {1, f(2)},\n";
    }
    CHECK(is_clean("core/a.cpp", "const auto t = std::vector<row>{\n" + rows + "};\n"));
    auto functions = std::string();
    for (auto i = 0; i < 30; ++i) {
      functions += function_of(5);
    }
    CHECK(is_clean("core/a.cpp", "namespace a {\n" + functions + "}\n"));
  }

  TEST_CASE("a header begins with #pragma once and says what it is for") {
    CHECK(is_clean("core/a.hpp", "#pragma once\n// The time of day.\n"));
    CHECK(is_flagged("core/a.hpp", "// The time of day.\n", "1: a header begins with"));
    CHECK(is_flagged("core/a.hpp", "#pragma once\n#include <string>\n", "2: a header opens with"));
    CHECK(is_flagged("core/a.hpp", "", "1: "));
    CHECK(is_clean("core/a.cpp", "#include <string>\n"));
  }

  TEST_CASE("markers of unfinished work are refused in comments") {
    const auto words = std::vector<std::string>{std::string("TO") + "DO",
                                                std::string("FIX") + "ME",
                                                std::string("st") + "ub",
                                                std::string("Place") + "holder",
                                                std::string("Not ") + "implemented",
                                                std::string("For ") + "now"};
    for (const auto& word : words) {
      CAPTURE(word);
      CHECK(is_flagged("core/a.cpp", "\nint a; // " + word + ": later\n", "2: '"));
      CHECK(is_clean("core/a.cpp", "auto s = \"" + word + "\";\n"));
    }
    CHECK(is_clean("core/a.cpp", "// mastodons and stubborn people\n"));
  }

  TEST_CASE("paths of one machine are refused, addresses that resemble one are not") {
    const auto machine = std::string("/ho") + "me/";
    CHECK(is_flagged("core/a.cpp", "auto p = \"" + machine + "ann/x\";\n", "1: '" + machine));
    CHECK(is_flagged("core/a.cpp", "// see " + machine + "ann\n", "1: "));
    CHECK(is_clean("core/a.cpp", "auto u = \"https://contoso.example" + machine + "x\";\n"));
  }

  TEST_CASE("a lambda that captures by value may not stand inside co_await") {
    for (const std::string text : {"co_await run([x] { g(x); });",
                                   "co_await run([=] { g(x); });",
                                   "co_await run([&a, b = std::move(c)] { g(b); });",
                                   "co_await run(1,\n  [x] { g(x); });",
                                   "co_await net::co_spawn(e, [p = f(1, 2)] { g(p); }, use);",
                                   "auto v = co_await [x]() -> task { co_return x; }();"}) {
      CAPTURE(text);
      const auto flagged = is_flagged("core/a.cpp", text, "1: a lambda that captures by value") ||
                           is_flagged("core/a.cpp", text, "2: a lambda that captures by value");
      CHECK(flagged);
    }
  }

  TEST_CASE("references, named lambdas and subscripts inside co_await are fine") {
    for (const std::string text : {"co_await run([] { g(); });",
                                   "co_await run([&] { g(); });",
                                   "co_await run([&x, this] { g(x); });",
                                   "co_await run(named);",
                                   "co_await run(table[i], list[j]);",
                                   "auto f = [x] { g(x); }; co_await run(f);",
                                   "if (co_await ready()) { h([x] { g(x); }); }",
                                   "spawn([x]() -> task { co_await g(x); }, [y] { h(y); });"}) {
      CAPTURE(text);
      CHECK(is_clean("core/a.cpp", text));
    }
  }

  TEST_CASE("a source that no CMakeLists.txt lists is dead") {
    const auto lists = std::vector<structure::source_file>{
        {"core/CMakeLists.txt", "lib(core\n  SOURCES seams/a.cpp b.cpp # c.cpp\n  HEADERS b.hpp)"},
        {"tests/x/CMakeLists.txt", "tests(x SOURCES x_test.cpp)"}};
    const auto found = structure::check_listed({{"core/seams/a.cpp", ""},
                                                {"core/b.cpp", "#include \"tests/used.hpp\"\n"},
                                                {"core/b.hpp", ""},
                                                {"core/c.cpp", ""},
                                                {"core/d.hpp", ""},
                                                {"tests/used.hpp", ""},
                                                {"tests/x/near.hpp", ""},
                                                {"tests/x/x_test.cpp", "#include \"near.hpp\"\n"},
                                                {"tests/dead.hpp", ""}},
                                               lists);
    auto paths = std::vector<std::string>();
    for (const auto& f : found) {
      paths.push_back(f.path);
    }
    CHECK(paths == std::vector<std::string>{"core/c.cpp", "core/d.hpp", "tests/dead.hpp"});
  }

  TEST_CASE("scripts and scenarios are read for markers and machine paths too") {
    const auto text = std::string("title = 'a'\n# TO") + "DO: more\npath = '/ro" + "ot/x'\n";
    const auto found = structure::check_plain_text({"scenarios/suites/a.toml", text});
    REQUIRE(found.size() == 2);
    CHECK(found[0].line == 2);
    CHECK(found[1].line == 3);
    CHECK(structure::to_text(found[0]).starts_with("scenarios/suites/a.toml:2: "));
  }
}

} // namespace
