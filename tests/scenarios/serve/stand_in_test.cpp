#include "core/adapters/socket/socket_transport.hpp"
#include "core/adapters/socket/system_clock.hpp"
#include "tests/scenarios/serve/running_stand_in.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tests;

auto send(const running_stand_in& to, seams::request query) -> seams::response {
  auto context = net::io_context(1);
  auto clock = core::adapters::system_clock();
  auto options = core::adapters::socket_options();
  options.find = [at = to.endpoint()](std::string_view, std::uint16_t) { return at; };
  auto file = std::ifstream(to.facts["ca_file"].get<std::string>());
  const auto pem = std::string(std::istreambuf_iterator<char>(file), {});
  options.roots = core::adapters::trust_pem(pem).value();
  auto wire = core::adapters::socket_transport(clock, std::move(options));
  auto out = seams::response();
  net::co_spawn(context,
                wire.exchange(std::move(query)),
                [&](const std::exception_ptr&, seams::result<seams::response> got) {
                  out = got ? *got : seams::response();
                });
  context.run_for(std::chrono::seconds{10});
  return out;
}

/// One token by the secret that the stand-in announces.
auto token_of(const running_stand_in& from) -> std::string {
  auto query = seams::request();
  query.method = "POST";
  query.url = "https://login.microsoftonline.com/" + from.facts["tenant_id"].get<std::string>() +
              "/oauth2/v2.0/token";
  query.fields.set("Content-Type", "application/x-www-form-urlencoded");
  auto secret = from.facts["client_secrets"][0]["value"].get<std::string>();
  for (const auto& [c, code] : {std::pair{'+', "%2B"}, {'&', "%26"}, {'=', "%3D"}}) {
    for (auto at = secret.find(c); at != std::string::npos; at = secret.find(c, at + 3)) {
      secret.replace(at, 1, code);
    }
  }
  query.body = "grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default" +
               ("&client_id=" + from.facts["client_id"].get<std::string>()) +
               "&client_secret=" + secret;
  const auto answer = json::parse(send(from, std::move(query)).body, nullptr, false);
  return answer.value("access_token", std::string());
}

auto first_line_after(const running_stand_in& to, const std::string& bytes) -> std::string {
  auto context = net::io_context(1);
  auto socket = net::ip::tcp::socket(context);
  socket.connect(to.endpoint());
  net::write(socket, net::buffer(bytes));
  auto got = std::string();
  auto error = boost::system::error_code();
  net::read_until(socket, net::dynamic_buffer(got), "\r\n", error);
  return got.substr(0, got.find('\r'));
}

} // namespace

TEST_SUITE("stand-in") {
  TEST_CASE("a client logs in and lists what happened before it came") {
    auto stand_in = running_stand_in();
    const auto token = token_of(stand_in);
    REQUIRE(!token.empty());
    auto query = seams::request();
    query.method = "GET";
    query.url = "https://graph.microsoft.com/v1.0/security/alerts_v2";
    query.fields.set("Authorization", "Bearer " + token);
    const auto alerts = json::parse(send(stand_in, std::move(query)).body, nullptr, false);
    REQUIRE(alerts.is_object());
    CHECK(alerts["value"].size() == 1);
    stand_in.end();
    CHECK(stand_in.code == 0);
  }

  TEST_CASE("it is a proxy for Microsoft's hosts and for no other") {
    auto stand_in = running_stand_in();
    const auto connect = [&](const std::string& authority) {
      return first_line_after(
          stand_in, "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
    };
    CHECK(connect("graph.microsoft.com:443") == "HTTP/1.1 200 Connection established");
    CHECK(connect("Manage.Office.com:443") == "HTTP/1.1 200 Connection established");
    for (const auto* refused : {"example.com:443",
                                "graph.microsoft.com.example.com:443",
                                "graph.microsoft.com:22",
                                "graph.microsoft.com",
                                "169.254.169.254:443",
                                "[::1]:443"}) {
      CAPTURE(refused);
      CHECK(connect(refused) == "HTTP/1.1 403 Forbidden");
    }
    CHECK(first_line_after(stand_in, "GET / HTTP/1.1\r\nHost: x\r\n\r\n") ==
          "HTTP/1.1 400 Bad Request");
  }

  TEST_CASE("a root once trusted stays the root") {
    const auto folder =
        fs::temp_directory_path() / ("offtenant-root-" + std::to_string(::getpid()));
    const auto again = [&] {
      auto out = std::ostringstream();
      auto err = std::ostringstream();
      const auto stop = std::atomic<bool>(true);
      auto options = scenarios::serve::serve_options();
      fs::create_directories(folder);
      std::ofstream(folder / "one.toml") << one_blocked_click;
      options.scenario = (folder / "one.toml").string();
      options.port = 0;
      options.state = folder.string();
      CHECK(scenarios::serve::serve(options, out, err, stop) == 0);
      auto file = std::ifstream(folder / "ca.pem");
      return std::string(std::istreambuf_iterator<char>(file), {});
    };
    const auto first = again();
    CHECK(!first.empty());
    CHECK(again() == first);
    fs::remove_all(folder);
  }

  TEST_CASE("a scenario that cannot be read is 2 and says where") {
    auto out = std::ostringstream();
    auto err = std::ostringstream();
    const auto stop = std::atomic<bool>(true);
    auto options = scenarios::serve::serve_options();
    options.scenario = "/no/such.toml";
    CHECK(scenarios::serve::serve(options, out, err, stop) == 2);
    CHECK(err.str().find("/no/such.toml:1:1") != std::string::npos);
  }
}
