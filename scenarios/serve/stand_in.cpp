#include "scenarios/serve/stand_in.hpp"

#include "core/adapters/files/text_file.hpp"
#include "core/adapters/socket/system_clock.hpp"
#include "core/toml_reading/parse.hpp"
#include "mock_graph/wire/base_urls.hpp"
#include "mock_graph/wire/server.hpp"
#include "scenarios/serve/control_api.hpp"
#include "scenarios/serve/front_door.hpp"
#include "scenarios/serve/sample_config.hpp"
#include "scenarios/serve/state_folder.hpp"
#include "scenarios/serve/welcome.hpp"

#include <boost/asio/co_spawn.hpp>

#include <fstream>
#include <ostream>

namespace scenarios::serve {
namespace {

namespace net = boost::asio;

constexpr auto served = 0;
constexpr auto not_satisfied = 1;
constexpr auto scenario_wrong = 2;
constexpr auto environment_wrong = 3;

/// Where a stand-in says what it has to say.
struct voices {
  std::ostream& out;
  std::ostream& err;
};

auto is_audited(const serve_options& options) -> bool {
  return options.end.any() || !options.audit.empty() || !options.control_address.empty();
}

auto write_file(const std::string& path, const std::string& text) -> bool {
  auto file = std::ofstream(path, std::ios::binary | std::ios::trunc);
  file << text;
  return static_cast<bool>(file.flush());
}

auto scenario_text(const std::string& path) -> std::string {
  return core::adapters::read_text_file(path, core::toml_reading::file_bytes_max).text;
}

/// Writes the config of the own connector beside the keys. Gives back its path; "" for an app
/// without a secret.
auto keep_config(const model::scenario& what,
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

auto with_port_of(const mock_graph::wire::server& server, const std::string& address)
    -> std::string {
  return address + ":" + std::to_string(server.endpoint().port());
}

/// Opens the control API, if one was asked for, and says where.
auto open_control(net::io_context& context,
                  const serve_options& options,
                  control_api& api,
                  seams::clock& real,
                  whereabouts& at) -> std::unique_ptr<mock_graph::wire::server> {
  if (options.control_address.empty()) {
    return nullptr;
  }
  auto plain = mock_graph::wire::server_options();
  plain.scheme = "http";
  auto out = std::make_unique<mock_graph::wire::server>(
      mock_graph::wire::listen_at(context, options.control_address, options.control_port),
      api,
      real,
      std::move(plain));
  at.control = with_port_of(*out, options.control_address);
  return out;
}

/// Says why the tenant ended; gives back the exit code.
auto tell_end(end_reason why, stage& tenant, const serve_options& options, const voices& say)
    -> int {
  if (!options.end.any() && options.audit.empty()) {
    return served;
  }
  const auto found = tenant.make_audit();
  print_ending(why, found, options.json ? say.err : say.out);
  if (!options.audit.empty() && !write_file(options.audit, to_json(found))) {
    say.err << "offtenant serve: cannot write " << options.audit << '\n';
    return environment_wrong;
  }
  return is_satisfied(why, options.end, found) ? served : not_satisfied;
}

auto serve_scenario(const model::scenario& what,
                    const serve_options& options,
                    const kept_keys& keys,
                    const voices& say,
                    const std::atomic<bool>& interrupted) -> int {
  auto real = core::adapters::system_clock();
  auto tenant = stage(what, keys.signing, real.wall(), options.speed, is_audited(options));
  auto door = mock_graph::wire::base_urls(tenant);
  auto control = control_api(tenant, scenario_text(options.scenario), keys.signing);
  auto context = net::io_context(1); // who sleeps in it does so by the tenant's clock
  const auto server =
      mock_graph::wire::server(mock_graph::wire::listen_at(context, options.address, options.port),
                               door,
                               tenant.clock(),
                               front_door(real.wall(), keys));
  auto at = whereabouts{with_port_of(server, options.address), keys.root_file, "", ""};
  const auto config = keep_config(what, options, at.address, keys.root_file);
  if (!config) {
    say.err << "offtenant serve: " << config.error().why << '\n';
    return environment_wrong;
  }
  at.config = *config;
  const auto controls = open_control(context, options, control, real, at);
  (options.json ? print_facts : print_for_people)(what, at, say.out);
  auto watch = end_watch(options.end, tenant, real);
  auto why = end_reason::interrupted;
  const auto end = [&](const std::exception_ptr& thrown, end_reason ended) {
    if (thrown) {
      std::rethrow_exception(thrown);
    }
    why = ended;
    context.stop();
  };
  net::co_spawn(context, watch.wait(interrupted), end);
  context.run();
  return tell_end(why, tenant, options, say);
}

} // namespace

auto serve(const serve_options& options,
           std::ostream& out,
           std::ostream& err,
           const std::atomic<bool>& interrupted) -> int {
  const auto start = options.start.value_or(core::adapters::system_clock().wall()) + options.offset;
  const auto loaded = model::load(options.scenario, start);
  for (const auto& wrong : loaded.wrong) {
    err << model::to_text(wrong) << '\n';
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
    return serve_scenario(*loaded.what, options, *keys, {out, err}, interrupted);
  } catch (const boost::system::system_error& error) {
    err << "offtenant serve: cannot listen on " << options.address << ":" << options.port << ": "
        << error.code().message() << '\n';
    return environment_wrong;
  }
}

} // namespace scenarios::serve
