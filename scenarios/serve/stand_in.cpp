#include "scenarios/serve/stand_in.hpp"

#include "core/adapters/socket/paced_clock.hpp"
#include "core/adapters/socket/system_clock.hpp"
#include "mock_graph/server/mock_tenant.hpp"
#include "mock_graph/server/routes.hpp"
#include "mock_graph/wire/base_urls.hpp"
#include "mock_graph/wire/server.hpp"
#include "scenarios/serve/sample_config.hpp"
#include "scenarios/serve/state_folder.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace scenarios::serve {
namespace {

namespace net = boost::asio;
using json = nlohmann::ordered_json;

constexpr auto served = 0;
constexpr auto scenario_wrong = 2;
constexpr auto environment_wrong = 3;
/// How soon an interrupt is noticed.
constexpr auto watch_period = std::chrono::milliseconds{100};

auto is_served_host(std::string_view host) -> bool {
  const auto target = mock_graph::odata::read_target("https://" + std::string(host) + "/");
  return target && mock_graph::server::place_of(*target);
}

auto certificate_plan_at(seams::instant now) -> mock_graph::wire::certificate_plan {
  auto plan = mock_graph::wire::certificate_plan();
  plan.hosts = mock_graph::server::certified_names();
  plan.not_before = now - std::chrono::days{30};
  plan.not_after = now + std::chrono::days{365};
  return plan;
}

/// What a client must know, as one object.
auto connection_facts(const scenarios::model::scenario& what,
                      const std::string& address,
                      const std::string& root_file) -> json {
  const auto& app = what.standing.applications.front();
  auto out = json();
  out["scenario"] = what.name;
  out["address"] = address;
  out["ca_file"] = root_file;
  out["tenant_id"] = what.standing.tenant_id;
  out["domain"] = what.standing.domain;
  out["client_id"] = app.client_id;
  out["client_secrets"] = json::array();
  for (const auto& secret : app.secrets) {
    out["client_secrets"].push_back({{"name", secret.name}, {"value", secret.value}});
  }
  out["start"] = seams::to_rfc3339(what.standing.start);
  return out;
}

/// Writes the config of the own connector beside the keys. Gives back its path; "" for an app
/// without a secret.
auto keep_config(const scenarios::model::scenario& what,
                 const serve_options& options,
                 const std::string& address,
                 const std::string& root_file) -> seams::result<std::string> {
  const auto& secrets = what.standing.applications.front().secrets;
  if (secrets.empty()) {
    return std::string();
  }
  const auto secret = write_state(options.state, "client-secret", secrets.front().value);
  if (!secret) {
    return secret.error();
  }
  const auto text = sample_config(what, address, root_file, *secret);
  return write_state(options.state, "connector.toml", text);
}

void print_for_people(const json& facts, std::ostream& out) {
  const auto text = [&](const char* name) { return facts[name].get<std::string>(); };
  const auto proxy = "http://" + text("address");
  const auto root = text("ca_file");
  out << "The tenant of " << text("scenario") << " is at " << text("address") << ", from "
      << text("start") << " on.\n\n"
      << "export HTTPS_PROXY=" << proxy << "\n"
      << "export SSL_CERT_FILE='" << root << "'        # OpenSSL, Go\n"
      << "export REQUESTS_CA_BUNDLE='" << root << "'   # Python requests\n"
      << "export NODE_EXTRA_CA_CERTS='" << root << "'  # Node.js\n"
      << "# Java: keytool -importcert -noprompt -alias offtenant -file '" << root
      << "' -keystore offtenant.jks -storepass offtenant\n\n"
      << "Without a proxy: https://" << text("address") << "/graph.microsoft.com/v1.0/... or the"
      << " real host names resolved to this address.\n\n"
      << "tenant_id      " << text("tenant_id") << "  (" << text("domain") << ")\n"
      << "client_id      " << text("client_id") << "\n";
  for (const auto& secret : facts["client_secrets"]) {
    out << "client_secret  " << secret["value"].get<std::string>() << "  ("
        << secret["name"].get<std::string>() << ")\n";
  }
  if (!text("config").empty()) {
    out << "\nofftenant check '" << text("config") << "'\n";
  }
  out << std::endl;
}

auto until_interrupted(seams::clock& real,
                       const std::atomic<bool>& interrupted,
                       net::io_context& context) -> net::awaitable<void> {
  while (!interrupted) {
    co_await real.sleep_for(watch_period, "an interrupt");
  }
  context.stop();
}

auto serve_scenario(const scenarios::model::scenario& what,
                    const serve_options& options,
                    const kept_keys& keys,
                    std::ostream& out,
                    std::ostream& err,
                    const std::atomic<bool>& interrupted) -> int {
  auto context = net::io_context(1);
  auto real = core::adapters::system_clock();
  auto time = core::adapters::paced_clock(real.wall(), options.speed);
  const auto script = mock_graph::server::script{what.standing, what.events, what.faults};
  auto tenant = mock_graph::server::mock_tenant(script, time, keys.signing);
  auto door = mock_graph::wire::base_urls(tenant);
  const auto certificates =
      mock_graph::wire::authority(certificate_plan_at(real.wall()), keys.root);
  auto serving = mock_graph::wire::server_options();
  serving.tls = certificates.server_context();
  serving.tunnels = is_served_host;
  auto acceptor = mock_graph::wire::listen_at(context, options.address, options.port);
  const auto port = acceptor.local_endpoint().port();
  const auto address = options.address + ":" + std::to_string(port);
  const auto server = mock_graph::wire::server(std::move(acceptor), door, time, std::move(serving));
  const auto config = keep_config(what, options, address, keys.root_file);
  if (!config) {
    err << "offtenant serve: " << config.error().why << '\n';
    return environment_wrong;
  }
  auto facts = connection_facts(what, address, keys.root_file);
  facts["config"] = *config;
  if (options.json) {
    out << facts.dump() << std::endl;
  } else {
    print_for_people(facts, out);
  }
  net::co_spawn(context, until_interrupted(real, interrupted, context), net::detached);
  context.run();
  return served;
}

} // namespace

auto serve(const serve_options& options,
           std::ostream& out,
           std::ostream& err,
           const std::atomic<bool>& interrupted) -> int {
  const auto start = options.start.value_or(core::adapters::system_clock().wall()) + options.offset;
  const auto loaded = scenarios::model::load(options.scenario, start);
  for (const auto& wrong : loaded.wrong) {
    err << scenarios::model::to_text(wrong) << '\n';
  }
  if (!loaded.what) {
    return scenario_wrong;
  }
  const auto keys = open_state(options.state);
  if (!keys) {
    err << "offtenant serve: " << keys.error().why << '\n';
    return environment_wrong;
  }
  try {
    return serve_scenario(*loaded.what, options, *keys, out, err, interrupted);
  } catch (const boost::system::system_error& error) {
    err << "offtenant serve: cannot listen on " << options.address << ":" << options.port << ": "
        << error.code().message() << '\n';
    return environment_wrong;
  }
}

} // namespace scenarios::serve
