#include "bench/serving.hpp"

#include "bench/load.hpp"
#include "bench/static_server.hpp"
#include "mock_graph/odata/percent.hpp"
#include "mock_graph/wire/authority.hpp"
#include "mock_graph/wire/base_urls.hpp"
#include "mock_graph/wire/server.hpp"
#include "scenarios/serve/stage.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <thread>
#include <unistd.h>

namespace bench {
namespace {

namespace fs = std::filesystem;
namespace net = boost::asio;
using scenarios::serve::stage;

constexpr auto page_bytes = std::size_t{32} * 1024;
constexpr auto host = "graph.microsoft.com";

/// A tenant with more alerts than a page of that size holds.
auto busy_tenant() -> scenarios::model::scenario {
  auto text = std::string("about = \"alerts\"\n[connector]\nfeeds = [\"alerts\"]\n");
  for (auto i = 0; i < 200; ++i) {
    text += fmt::format(
        "[[cloud_workload_alert]]\nat = \"1m\"\nresource = \"/subscriptions/s/vm-{}\"\n", i);
  }
  return *scenarios::model::load_text(text, "alerts.toml").what;
}

auto token_for(stage& tenant) -> std::string {
  const auto& state = tenant.scenario().standing;
  const auto& app = state.applications.front();
  auto query = seams::request();
  query.method = "POST";
  query.url = "https://login.microsoftonline.com/" + state.tenant_id + "/oauth2/v2.0/token";
  query.fields.set("Content-Type", "application/x-www-form-urlencoded");
  query.body = "grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
               "&client_id=" +
               app.client_id +
               "&client_secret=" + mock_graph::odata::encode(app.secrets.front().value);
  return nlohmann::json::parse(tenant.answer(query).response.body)["access_token"];
}

struct page {
  std::string url_path;
  std::string token;
  std::string body;
};

auto ask(stage& tenant, const page& what) -> std::string {
  auto query = seams::request();
  query.method = "GET";
  query.url = "https://" + std::string(host) + what.url_path;
  query.fields.set("Authorization", "Bearer " + what.token);
  return tenant.answer(query).response.body;
}

/// The page whose size comes nearest to `page_bytes` from above.
auto page_of(stage& tenant) -> page {
  auto out = page{"", token_for(tenant), ""};
  for (auto rows = 1; out.body.size() < page_bytes && rows <= 200; ++rows) {
    out.url_path = "/v1.0/security/alerts_v2?$top=" + std::to_string(rows);
    out.body = ask(tenant, out);
  }
  return out;
}

void print_row(std::string_view who, std::string_view wire, const load_figures& seen) {
  fmt::print("{:<20} {:<6} {:>12.0f} {:>12.0f} {:>12.0f} {:>10} {:>9}\n",
             who,
             wire,
             seen.requests_per_second,
             seen.median_us,
             seen.p99_us,
             seen.body_bytes,
             seen.refused);
}

/// Runs a server's context on a thread of its own while the load is on.
auto measure(net::io_context& context, const load_plan& plan) -> load_figures {
  auto server = std::thread([&] { context.run(); });
  const auto out = put_load_on(plan);
  context.stop();
  server.join();
  return out;
}

auto plan_for(const net::ip::tcp::endpoint& at, bool tls, const page& what) -> load_plan {
  auto out = load_plan();
  out.server = at;
  out.tls = tls;
  out.request = "GET " + what.url_path + " HTTP/1.1\r\nHost: " + host +
                "\r\nAuthorization: Bearer " + what.token + "\r\n\r\n";
  return out;
}

auto time_stage(stage& tenant, const page& what, const std::shared_ptr<net::ssl::context>& tls)
    -> load_figures {
  auto door = mock_graph::wire::base_urls(tenant);
  auto context = net::io_context(1);
  auto options = mock_graph::wire::server_options();
  options.tls = tls;
  const auto server = mock_graph::wire::server(
      mock_graph::wire::listen_on_loopback(context), door, tenant.clock(), std::move(options));
  return measure(context, plan_for(server.endpoint(), tls != nullptr, what));
}

auto time_file(const std::string& path,
               const page& what,
               const std::shared_ptr<net::ssl::context>& tls) -> load_figures {
  auto context = net::io_context(1);
  auto listening = mock_graph::wire::listen_on_loopback(context);
  serve_file(listening, path, tls);
  return measure(context, plan_for(listening.local_endpoint(), tls != nullptr, what));
}

} // namespace

void time_serving(const mock_graph::login::signing_key& signing) {
  auto what = busy_tenant();
  const auto now = what.standing.start + std::chrono::minutes{30};
  auto plain = stage(what, signing, now, 1, false);
  auto watched = stage(what, signing, now, 1, true);
  const auto page = page_of(plain);
  const auto path = fs::temp_directory_path() / fmt::format("offtenant-page-{}", ::getpid());
  std::ofstream(path, std::ios::binary) << page.body;
  auto names = mock_graph::wire::certificate_plan();
  names.hosts = {host};
  const auto tls = mock_graph::wire::authority(names).server_context();
  fmt::print("\na page of alerts_v2 over 16 connections\n{:<20} {:<6} {:>12} {:>12} {:>12} {:>10} "
             "{:>9}\n",
             "server",
             "wire",
             "requests/s",
             "median us",
             "p99 us",
             "bytes",
             "not 200");
  for (const auto& [wire, context] : {std::pair{"plain", decltype(tls)()}, std::pair{"tls", tls}}) {
    print_row("a file", wire, time_file(path.string(), page, context));
    print_row("the tenant", wire, time_stage(plain, page, context));
    print_row("the tenant, audited", wire, time_stage(watched, page, context));
  }
  fs::remove(path);
}

} // namespace bench
