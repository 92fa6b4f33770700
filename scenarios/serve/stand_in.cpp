#include "scenarios/serve/stand_in.hpp"

#include "core/adapters/files/text_file.hpp"
#include "core/adapters/socket/system_clock.hpp"
#include "core/toml_reading/parse.hpp"
#include "mock_graph/wire/base_urls.hpp"
#include "mock_graph/wire/server.hpp"
#include "replay/match/lay_tape.hpp"
#include "scenarios/exit_code.hpp"
#include "scenarios/replaying/recorded_records.hpp"
#include "scenarios/replaying/recorded_tenant.hpp"
#include "scenarios/replaying/replay_report.hpp"
#include "scenarios/serve/control_api.hpp"
#include "scenarios/serve/front_door.hpp"
#include "scenarios/serve/sample_config.hpp"
#include "scenarios/serve/state_folder.hpp"
#include "scenarios/serve/welcome.hpp"

#include <boost/asio/co_spawn.hpp>

#include <ostream>

namespace scenarios::serve {
namespace {

namespace net = boost::asio;

/// Where a stand-in says what it has to say.
struct voices {
  std::ostream& out;
  std::ostream& err;
};

auto is_audited(const serve_options& options) -> bool {
  return options.end.any() || !options.audit.empty() || !options.control_address.empty();
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

/// The control API on a listener of its own.
class controls {
public:
  controls(net::io_context& context,
           const serve_options& options,
           stage& tenant,
           const mock_graph::login::signing_key& key,
           seams::clock& real)
      : api_(tenant, scenario_text(options.scenario), key),
        server_(mock_graph::wire::listen_at(context, options.control_address, options.control_port),
                api_,
                real,
                in_plain_text()) {}

  [[nodiscard]] auto server() const -> const mock_graph::wire::server& { return server_; }

private:
  static auto in_plain_text() -> mock_graph::wire::server_options {
    auto out = mock_graph::wire::server_options();
    out.scheme = "http";
    return out;
  }

  control_api api_;
  mock_graph::wire::server server_;
};

/// Says why the tenant ended; gives back the exit code.
auto tell_end(end_reason why, stage& tenant, const serve_options& options, const voices& say)
    -> int {
  if (!options.end.any() && options.audit.empty()) {
    return exit_held;
  }
  const auto found = tenant.make_audit();
  print_ending(why, found, options.json ? say.err : say.out);
  if (!options.audit.empty()) {
    const auto wrong = core::adapters::write_text_file(options.audit, to_json(found));
    if (!wrong.empty()) {
      say.err << "offtenant serve: " << options.audit << ' ' << wrong << '\n';
      return exit_environment;
    }
  }
  return is_satisfied(why, options.end, found) ? exit_held : exit_failed;
}

/// A cassette that is served, laid at a time.
class served_tape {
public:
  served_tape(tapes::tape_reading file, const serve_options& options, seams::instant start)
      : tape_(std::move(file.tape)), mode_(options.mode) {
    replay::lay(tape_, replay::shift_to(tape_.head.base, start));
  }

  [[nodiscard]] auto scenario(const std::string& name) const -> model::scenario {
    auto out = replaying::recorded_tenant(tape_, name);
    if (mode_ == replaying::tape_mode::fill) {
      out.events = replaying::recorded_records(tape_);
    }
    return out;
  }
  /// For one stage, while this lives.
  auto player() -> run::service_wrap {
    return [this](mock_graph::service& model, const seams::clock& time) {
      auto made = std::make_unique<replaying::taped_tenant>(tape_, mode_, model, time);
      played_ = made.get();
      return made;
    };
  }
  /// Says what was asked for; gives back the exit code. While the stage lives.
  auto tell(std::ostream& to) const -> int {
    const auto use = replaying::use_of(tape_, *played_);
    replaying::print_use(use, to);
    return use.unmatched_count == 0 ? exit_held : exit_failed;
  }

private:
  replay::cassette tape_;
  replaying::tape_mode mode_;
  const replaying::taped_tenant* played_ = nullptr;
};

auto serve_scenario(const model::scenario& what,
                    served_tape* tape,
                    const serve_options& options,
                    const kept_keys& keys,
                    const voices& say,
                    const std::atomic<bool>& interrupted) -> int {
  auto real = core::adapters::system_clock();
  auto tenant = stage(what,
                      keys.signing,
                      real.wall(),
                      options.speed,
                      is_audited(options),
                      tape != nullptr ? tape->player() : run::service_wrap());
  auto door = mock_graph::wire::base_urls(tenant);
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
    return exit_environment;
  }
  at.config = *config;
  auto control = std::optional<controls>();
  if (!options.control_address.empty()) {
    control.emplace(context, options, tenant, keys.signing, real);
    at.control = with_port_of(control->server(), options.control_address);
  }
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
  return tape != nullptr ? tape->tell(options.json ? say.err : say.out)
                         : tell_end(why, tenant, options, say);
}

/// Opens what is kept, serves, and says what the environment refused.
auto serve_with_keys(const model::scenario& what,
                     served_tape* tape,
                     const serve_options& options,
                     const voices& say,
                     const std::atomic<bool>& interrupted) -> int {
  const auto keys = open_state(options.state);
  if (!keys) {
    say.err << "offtenant serve: " << keys.error().why << '\n';
    return exit_environment;
  }
  try {
    return serve_scenario(what, tape, options, *keys, say, interrupted);
  } catch (const boost::system::system_error& error) {
    say.err << "offtenant serve: cannot listen on " << options.address << ":" << options.port;
    if (!options.control_address.empty()) {
      say.err << " or " << options.control_address << ":" << options.control_port;
    }
    say.err << ": " << error.code().message() << '\n';
    return exit_environment;
  }
}

auto serve_tape(const serve_options& options,
                seams::instant start,
                const voices& say,
                const std::atomic<bool>& interrupted) -> int {
  auto file = tapes::read_tape(options.cassette);
  if (!file) {
    say.err << "offtenant serve: " << file.error().why << '\n';
    return file.error().code == "file_unavailable" ? exit_environment : exit_usage;
  }
  for (const auto& one : file->notes) {
    say.err << "offtenant serve: " << one << '\n';
  }
  auto tape = served_tape(std::move(*file), options, start);
  return serve_with_keys(tape.scenario(options.cassette), &tape, options, say, interrupted);
}

} // namespace

auto serve(const serve_options& options,
           std::ostream& out,
           std::ostream& err,
           const std::atomic<bool>& interrupted) -> int {
  const auto start = options.start.value_or(core::adapters::system_clock().wall()) + options.offset;
  if (!options.cassette.empty()) {
    return serve_tape(options, start, {out, err}, interrupted);
  }
  const auto loaded = model::load(options.scenario, start);
  for (const auto& wrong : loaded.wrong) {
    err << model::to_text(wrong) << '\n';
  }
  return loaded.what ? serve_with_keys(*loaded.what, nullptr, options, {out, err}, interrupted)
                     : exit_usage;
}

} // namespace scenarios::serve
