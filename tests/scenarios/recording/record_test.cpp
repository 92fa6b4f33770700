#include "core/adapters/socket/socket_transport.hpp"
#include "core/adapters/socket/system_clock.hpp"
#include "core/live/live_run.hpp"
#include "mock_graph/wire/authority.hpp"
#include "scenarios/recording/record.hpp"
#include "scenarios/recording/scrub.hpp"
#include "scenarios/tapes/read_tape.hpp"
#include "tests/core/fakes/scratch_folder.hpp"
#include "tests/replay/redact/naive_search.hpp"
#include "tests/scenarios/recording/files.hpp"
#include "tests/scenarios/recording/running_recorder.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

#include <csignal>
#include <sys/wait.h>

namespace {

using namespace std::chrono_literals;
using namespace tests;
using namespace scenarios::recording;

/// Options for a recording in a folder of its own.
struct recording_folder {
  [[nodiscard]] auto at(const std::string& name) const -> std::string {
    return (folder.path() / name).string();
  }
  [[nodiscard]] auto options() const -> record_options {
    auto out = record_options();
    out.output = at("a.cassette");
    out.state = at("state");
    return out;
  }

  fakes::scratch_folder folder;
};

/// One request for a real host, whose name leads to the recorder.
auto send(const running_recorder& to, seams::request query) -> seams::response {
  auto context = net::io_context(1);
  auto clock = core::adapters::system_clock();
  auto options = core::adapters::socket_options();
  options.find = [at = to.endpoint()](std::string_view, std::uint16_t) { return at; };
  const auto pem = test::text_in(to.facts["ca_file"].get<std::string>());
  options.roots = core::adapters::trust_pem(pem).value();
  auto wire = core::adapters::socket_transport(clock, std::move(options));
  auto out = seams::response();
  net::co_spawn(context,
                wire.exchange(std::move(query)),
                [&](const std::exception_ptr&, seams::result<seams::response> got) {
                  out = got ? *got : seams::response();
                });
  context.run_for(10s);
  return out;
}

auto get(std::string url) -> seams::request {
  return {"GET", std::move(url), {}, ""};
}

constexpr auto keys_url = "https://login.microsoftonline.com/common/discovery/v2.0/keys";

auto first_line_after(const running_recorder& to, const std::string& bytes) -> std::string {
  auto context = net::io_context(1);
  auto socket = net::ip::tcp::socket(context);
  socket.connect(to.endpoint());
  net::write(socket, net::buffer(bytes));
  auto got = std::string();
  auto error = boost::system::error_code();
  net::read_until(socket, net::dynamic_buffer(got), "\r\n", error);
  return got.substr(0, got.find('\r'));
}

/// The stand-in's own connector, with its base URLs at the recorder.
auto settings_through(const running_recorder& recorder,
                      const running_stand_in& tenant,
                      const recording_folder& folder) -> core::live::settings {
  auto text = test::text_in(tenant.facts["config"].get<std::string>());
  const auto from = tenant.facts["address"].get<std::string>();
  const auto to = recorder.facts["address"].get<std::string>();
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  const auto root = tenant.facts["ca_file"].get<std::string>();
  text.replace(text.find(root), root.size(), recorder.facts["ca_file"].get<std::string>());
  test::write_text(folder.at("connector.toml"), text);
  auto read = core::live::load_settings(folder.at("connector.toml"));
  REQUIRE(read.what);
  return *read.what;
}

auto line_count(const std::string& path) -> std::size_t {
  const auto text = test::text_in(path);
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Lets the connector run until it has exported `wanted` records.
void connect_until(const core::live::settings& what, std::size_t wanted) {
  auto stop = std::atomic<bool>(false);
  auto outcome = seams::result<void>();
  auto say = core::live::voices();
  say.log = [](const std::string&) {};
  auto thread = std::thread([&] { outcome = core::live::run_live(what, {}, say, stop); });
  for (auto turns = 0; turns < 400 && line_count(what.ndjson) < wanted; ++turns) {
    std::this_thread::sleep_for(50ms);
  }
  stop = true;
  thread.join();
  CHECK_MESSAGE(outcome.has_value(), (outcome ? "" : outcome.error().why));
  CHECK(line_count(what.ndjson) >= wanted);
}

TEST_SUITE("record") {
  TEST_CASE("a connector reads a tenant through the recorder, and the recording names nobody") {
    const auto tenant = running_stand_in();
    const auto folder = recording_folder();
    auto recorder = running_recorder(folder.options(), tenant);
    connect_until(settings_through(recorder, tenant, folder), 1);
    recorder.end();
    CHECK_MESSAGE(recorder.code == 0, recorder.said());
    const auto tape = scenarios::tapes::read_tape(folder.at("a.cassette"));
    REQUIRE(tape.has_value());
    REQUIRE(tape->tape.exchanges.size() >= 2);
    CHECK(tape->tape.exchanges[0].asked.url.starts_with("https://login.microsoftonline.com/0ff7"));
    const auto search = naive_search(test::text_in(folder.at("a.cassette")));
    for (const auto& secret : {tenant.facts["tenant_id"].get<std::string>(),
                               tenant.facts["client_id"].get<std::string>(),
                               tenant.facts["domain"].get<std::string>(),
                               tenant.facts["client_secrets"][0]["value"].get<std::string>(),
                               std::string("dana"),
                               std::string("bad.example")}) {
      CHECK_MESSAGE(!search.holds(secret), secret);
    }
    auto scrubbing = scrub_options();
    scrubbing.input = folder.at("a.cassette");
    scrubbing.output = folder.at("b.cassette");
    scrubbing.state = folder.at("state");
    auto out = std::ostringstream();
    auto err = std::ostringstream();
    CHECK_MESSAGE(scrub(scrubbing, out, err) == 0, err.str());
  }

  TEST_CASE("what is no host of Microsoft's is refused and not recorded") {
    const auto tenant = running_stand_in();
    const auto folder = recording_folder();
    auto recorder = running_recorder(folder.options(), tenant);
    CHECK(first_line_after(recorder, "CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n") ==
          "HTTP/1.1 403 Forbidden");
    auto base = recorder.facts["address"].get<std::string>();
    CHECK(send(recorder, get("https://" + base + "/www.example.com/x")).status == 403);
    CHECK(send(recorder, get("https://" + base + "/x")).status == 403);
    CHECK(send(recorder, get(keys_url)).status == 200);
    recorder.end();
    CHECK(recorder.code == 0);
    CHECK(scenarios::tapes::read_tape(folder.at("a.cassette")).value().tape.exchanges.size() == 1);
  }

  TEST_CASE("where no answer comes the client gets 502 and the tape says why") {
    auto folder = recording_folder();
    auto tenant = running_stand_in();
    auto options = folder.options();
    options.upstream_ca = folder.at("other.pem");
    test::write_text(options.upstream_ca, mock_graph::wire::make_root_pair().certificate_pem);
    auto recorder = running_recorder(options, tenant); // upstream is not who it should be
    CHECK(send(recorder, get(keys_url)).status == 502);
    tenant.end();
    CHECK(send(recorder, get(keys_url)).status == 502);
    recorder.end();
    const auto tape = scenarios::tapes::read_tape(folder.at("a.cassette"));
    REQUIRE(tape.has_value());
    REQUIRE(tape->tape.exchanges.size() == 2);
    CHECK(tape->tape.exchanges[0].failed == "tls_failed");
    CHECK(tape->tape.exchanges[1].failed == "connect_failed");
  }

  TEST_CASE("filters choose, and fields of one hop go no further") {
    const auto tenant = running_stand_in();
    const auto folder = recording_folder();
    auto options = folder.options();
    options.filters = {"graph.microsoft.com", "!/users"};
    auto recorder = running_recorder(options, tenant);
    auto asked = get("https://graph.microsoft.com/v1.0/security/alerts_v2");
    asked.fields.add("Proxy-Authorization", "Basic eHg6eXk=");
    asked.fields.add("X-Kept", "yes");
    CHECK(send(recorder, asked).status == 401);
    CHECK(send(recorder, get("https://graph.microsoft.com/v1.0/users")).status == 401);
    CHECK(send(recorder, get(keys_url)).status == 200);
    recorder.end();
    CHECK(recorder.said().find("1 exchange, 2 left out by --filter") != std::string::npos);
    const auto tape = scenarios::tapes::read_tape(folder.at("a.cassette"));
    REQUIRE(tape.has_value());
    REQUIRE(tape->tape.exchanges.size() == 1);
    CHECK_FALSE(tape->tape.exchanges[0].asked.fields.find("Proxy-Authorization"));
    CHECK(tape->tape.exchanges[0].asked.fields.find("X-Kept"));
  }

  TEST_CASE("a full recording ends, says so, and requests are still forwarded") {
    const auto tenant = running_stand_in();
    const auto folder = recording_folder();
    auto options = folder.options();
    options.bytes_max = 4'000;
    auto recorder = running_recorder(options, tenant);
    for (auto i = 0; i < 5; ++i) {
      CHECK(send(recorder, get(keys_url)).status == 200);
    }
    recorder.end();
    CHECK(recorder.code == 0);
    CHECK(recorder.said().find("has reached its 4000 bytes") != std::string::npos);
    CHECK(fs::file_size(folder.at("a.cassette")) <= 4'000);
    const auto recorded =
        scenarios::tapes::read_tape(folder.at("a.cassette")).value().tape.exchanges.size();
    CHECK(recorded >= 1);
    CHECK(recorded < 5);
  }

  TEST_CASE("a recording in which something is left is not finished") {
    const auto tenant = running_stand_in();
    const auto folder = recording_folder();
    auto options = folder.options();
    options.files.policy = folder.at("p.toml");
    test::write_text(options.files.policy, "keep_fields = [\"n\"]");
    options.files.known = folder.at("known");
    test::write_text(options.files.known, "RS256\n0000");
    auto recorder = running_recorder(options, tenant);
    auto asked = get(keys_url);
    asked.fields.add("X-00001-000", "x"); // names of headers stay
    CHECK(send(recorder, asked).status == 200);
    recorder.end();
    CHECK(recorder.code == 1);
    CHECK(recorder.said().find("request_headers: known secret 2") != std::string::npos);
    CHECK(recorder.said().find("X-0000") == std::string::npos);
    CHECK_FALSE(fs::exists(folder.at("a.cassette")));
    CHECK(fs::exists(folder.at("a.cassette.unfinished")));
  }

  TEST_CASE("a slow answer holds up nobody else") {
    const auto tenant = running_stand_in(std::string(one_blocked_click) + R"(
[[fault]]
on = "login.discovery"
kind = "slow"
delay = "3s"
)");
    const auto folder = recording_folder();
    auto recorder = running_recorder(folder.options(), tenant);
    auto slow = std::thread([&] { (void)send(recorder, get(keys_url)); });
    std::this_thread::sleep_for(300ms);
    const auto begun = std::chrono::steady_clock::now();
    CHECK(send(recorder, get("https://graph.microsoft.com/v1.0/users")).status == 401);
    CHECK(std::chrono::steady_clock::now() - begun < 2s);
    slow.join();
  }

  TEST_CASE("killed, it leaves what was exchanged") {
    const auto tenant = running_stand_in();
    const auto folder = recording_folder();
    auto options = folder.options();
    options.port = 0;
    options.json = true;
    options.upstream_address = "127.0.0.1";
    options.upstream_port = tenant.endpoint().port();
    options.upstream_ca = tenant.facts["ca_file"].get<std::string>();
    int pipe_ends[2] = {};
    REQUIRE(pipe(pipe_ends) == 0);
    const auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      const auto never = std::atomic<bool>(false);
      auto say = std::ostringstream();
      auto out = std::ofstream("/proc/self/fd/" + std::to_string(pipe_ends[1]));
      _exit(record(options, out, say, never));
    }
    auto said = std::string(4096, '\0');
    said.resize(static_cast<std::size_t>(read(pipe_ends[0], said.data(), said.size())));
    const auto facts = json::parse(said);
    auto context = net::io_context(1);
    auto clock = core::adapters::system_clock();
    auto wired = core::adapters::socket_options();
    const auto address = facts["address"].get<std::string>();
    const auto port = std::stoul(address.substr(address.find(':') + 1));
    wired.find = core::adapters::always_to("127.0.0.1", static_cast<std::uint16_t>(port)).value();
    wired.roots =
        core::adapters::trust_pem(test::text_in(facts["ca_file"].get<std::string>())).value();
    auto wire = core::adapters::socket_transport(clock, std::move(wired));
    auto status = 0;
    net::co_spawn(context,
                  wire.exchange(get(keys_url)),
                  [&](const std::exception_ptr&, seams::result<seams::response> got) {
                    status = got ? got->status : -1;
                    kill(child, SIGKILL);
                  });
    context.run_for(10s);
    CHECK(status == 200);
    auto ended = 0;
    CHECK(waitpid(child, &ended, 0) == child);
    CHECK(WIFSIGNALED(ended));
    const auto tape = scenarios::tapes::read_tape(folder.at("a.cassette.unfinished"));
    REQUIRE(tape.has_value());
    CHECK(tape->tape.exchanges.size() == 1);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
  }
}

} // namespace
