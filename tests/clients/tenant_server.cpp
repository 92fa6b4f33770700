// Serves the tenant of one scenario over TLS on a free port of 127.0.0.1, on the system's clock,
// for as long as standard input stays open.
#include "core/adapters/socket/system_clock.hpp"
#include "mock_graph/server/mock_tenant.hpp"
#include "core/toml_reading/span.hpp"
#include "scenarios/run/plan.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
namespace net = boost::asio;
using mock_graph::login::signing_key;
using nlohmann::json;

struct arguments {
  std::string scenario;
  fs::path folder;
  seams::duration age{};
};

auto read_arguments(int count, char** values) -> std::optional<arguments> {
  const auto age = count == 4 ? core::toml_reading::parse_span(values[3]) : std::nullopt;
  return age ? std::optional(arguments{values[1], values[2], *age}) : std::nullopt;
}

void write_secret(const fs::path& path, const std::string& text) {
  auto file = std::ofstream(path, std::ios::binary);
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  file << text;
}

/// Key and certificate of the app, as Azure's clients want them: in one PEM file.
auto register_certificate(mock_graph::tenant::application& app, const fs::path& path) -> json {
  const auto key = signing_key::generate().value();
  write_secret(path, key.to_pem() + key.certificate_pem());
  app.certificates.push_back({"client", key.certificate_pem()});
  return path.string();
}

/// What a client must know, and the secrets by the names that the scenario gives them.
auto describe(const mock_graph::tenant::standing& state) -> json {
  const auto& app = state.applications.front();
  auto out = json{{"tenant_id", state.tenant_id},
                  {"domain", state.domain},
                  {"client_id", app.client_id},
                  {"secrets", json::object()}};
  for (const auto& secret : app.secrets) {
    out["secrets"][secret.name] = {{"value", secret.value}, {"id", secret.id}};
  }
  return out;
}

/// Ends the program when whoever started it closes standard input, or dies.
auto wait_for_end(net::io_context& context) -> net::awaitable<void> {
  auto input = net::posix::stream_descriptor(context, ::dup(STDIN_FILENO));
  auto scratch = std::array<char, 256>();
  auto error = boost::system::error_code();
  while (!error) {
    const auto into = net::buffer(scratch);
    co_await input.async_read_some(into, net::redirect_error(net::use_awaitable, error));
  }
  context.stop();
}

void serve(const arguments& given, scenarios::run::world_plan plan) {
  const auto keys =
      scenarios::run::shared_keys(signing_key::generate().value(), scenarios::run::wire_kind::tls);
  auto ready = describe(plan.what.state);
  ready["certificate_file"] =
      register_certificate(plan.what.state.applications.front(), given.folder / "client.pem");
  const auto ca_file = given.folder / "ca.pem";
  std::ofstream(ca_file, std::ios::binary) << keys.tls().root_pem();
  ready["ca_file"] = ca_file.string();

  auto context = net::io_context(1);
  auto time = core::adapters::system_clock();
  auto tenant = mock_graph::server::mock_tenant(plan.what, time, keys.signing());
  auto options = mock_graph::wire::server_options();
  options.tls = keys.tls().server_context();
  const auto server = mock_graph::wire::server(
      mock_graph::wire::listen_on_loopback(context), tenant, time, std::move(options));
  ready["port"] = server.endpoint().port();
  std::cout << ready.dump() << std::endl;
  net::co_spawn(context, wait_for_end(context), net::detached);
  context.run();
}

} // namespace

int main(int count, char** values) {
  const auto given = read_arguments(count, values);
  if (!given) {
    std::cerr << "usage: " << values[0] << " SCENARIO FOLDER AGE\n"
              << "AGE is how long ago the scenario began, such as 6h\n";
    return 2;
  }
  const auto start = core::adapters::system_clock().wall() - given->age;
  const auto read = scenarios::model::load(given->scenario, start);
  for (const auto& wrong : read.wrong) {
    std::cerr << to_text(wrong) << '\n';
  }
  if (!read.what) {
    return 2;
  }
  const auto seed = read.what->seed.value_or(1);
  serve(*given, scenarios::run::plan_of(*read.what, seed, scenarios::run::wire_kind::tls));
  return 0;
}
