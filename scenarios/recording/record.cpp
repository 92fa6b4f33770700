#include "scenarios/recording/record.hpp"

#include "core/adapters/files/text_file.hpp"
#include "core/adapters/socket/socket_transport.hpp"
#include "core/adapters/socket/system_clock.hpp"
#include "scenarios/exit_code.hpp"
#include "scenarios/recording/findings.hpp"
#include "scenarios/recording/recording_proxy.hpp"
#include "scenarios/serve/front_door.hpp"
#include "scenarios/serve/welcome.hpp"
#include "scenarios/tapes/read_tape.hpp"

#include <boost/asio/co_spawn.hpp>
#include <nlohmann/json.hpp>

#include <ostream>

namespace scenarios::recording {
namespace {

namespace net = boost::asio;
using namespace std::chrono_literals;

constexpr auto roots_bytes_max = std::size_t{16} << 20U;
/// How soon an interrupt is noticed.
constexpr auto watch_period = 100ms;
/// How long answers that are on their way are waited for at the end.
constexpr auto last_answers_limit = seams::duration{5s};

/// Who speaks, and to whom.
struct recorder_voice {
  std::ostream& out;
  std::ostream& err;

  auto complain(const seams::failure& what, int code) const -> int {
    err << "offtenant record: " << what.why << '\n';
    return code;
  }
};

auto upstream_options(const record_options& options)
    -> seams::result<core::adapters::socket_options> {
  auto out = core::adapters::socket_options();
  if (!options.upstream_address.empty()) {
    auto route = core::adapters::always_to(options.upstream_address, options.upstream_port);
    if (!route) {
      return route.error();
    }
    out.find = std::move(*route);
  }
  if (options.upstream_ca.empty()) {
    out.roots = core::adapters::trust_system();
    return out;
  }
  const auto file = core::adapters::read_text_file(options.upstream_ca, roots_bytes_max);
  if (!file.wrong.empty()) {
    return seams::failure(seams::reaction::stop_and_diagnose,
                          "file_unavailable",
                          options.upstream_ca + ": " + file.wrong);
  }
  auto roots = core::adapters::trust_pem(file.text);
  if (!roots) {
    return seams::failure(seams::reaction::stop_and_diagnose,
                          roots.error().code,
                          options.upstream_ca + ": " + roots.error().why);
  }
  out.roots = std::move(*roots);
  return out;
}

void print_start(const record_options& options,
                 const std::string& address,
                 const serve::kept_keys& keys,
                 std::ostream& out) {
  if (options.json) {
    auto facts = nlohmann::ordered_json();
    facts["address"] = address;
    facts["ca_file"] = keys.root_file;
    facts["cassette"] = options.output;
    out << facts.dump() << std::endl;
    return;
  }
  out << "Recording to " << options.output << tapes::unfinished_mark << ", at " << address
      << ". Ctrl-C ends it.\n\n";
  serve::print_exports(address, keys.root_file, out);
  out << std::flush;
}

/// Until somebody ends it; then lets come what is on its way.
auto wait_for_end(const std::atomic<bool>& interrupted,
                  seams::clock& time,
                  mock_graph::wire::server& server,
                  const recording_proxy& proxy) -> net::awaitable<void> {
  while (!interrupted) {
    co_await time.sleep_for(watch_period, "the end");
  }
  server.stop_listening();
  const auto until = time.elapsed() + last_answers_limit;
  while (proxy.under_way() > 0 && time.elapsed() < until) {
    co_await time.sleep_for(watch_period, "the last answers");
  }
}

void print_counts(const tape_counts& counts, const std::string& path, std::ostream& to) {
  to << path << ": " << count_text(counts.recorded, "exchange");
  if (counts.filtered > 0) {
    to << ", " << counts.filtered << " left out by --filter";
  }
  if (counts.beyond > 0) {
    to << ", " << counts.beyond << " not recorded any more";
  }
  to << '\n';
}

/// Proves that nothing is left, and only then gives the cassette its name.
auto finish(tapes::disk_cassette& disk,
            const tape& recorded,
            const record_options& options,
            const redaction_setup& setup,
            const recorder_voice& say) -> int {
  const auto path = disk.unfinished_path();
  const auto written = tapes::read_tape(path);
  if (!written) {
    return say.complain(written.error(), exit_environment);
  }
  const auto found = leaks_left(written->tape, setup);
  auto& to = options.json ? say.err : say.out;
  if (!found.empty() || recorded.failed()) {
    print_counts(recorded.counts(), path, to);
  }
  if (!found.empty()) {
    print_leaks(found, path, say.err);
    return exit_failed;
  }
  if (recorded.failed()) {
    return exit_environment;
  }
  if (const auto done = disk.finish(); !done) {
    return say.complain(done.error(), exit_environment);
  }
  print_counts(recorded.counts(), options.output, to);
  to << options.output << ": nothing found that must not be there\n";
  return exit_held;
}

auto record_traffic(const record_options& options,
                    const redaction_setup& setup,
                    const serve::kept_keys& keys,
                    core::adapters::socket_options upstream,
                    const recorder_voice& say,
                    const std::atomic<bool>& interrupted) -> int {
  auto time = core::adapters::system_clock();
  auto context = net::io_context(1);
  auto listening = mock_graph::wire::listen_at(context, options.address, options.port);
  auto disk = tapes::disk_cassette::create(options.output);
  if (!disk) {
    return say.complain(disk.error(),
                        disk.error().code == "cassette_exists" ? exit_usage : exit_environment);
  }
  const auto with =
      replay::text_redactor(setup.policy, setup.key, issue_with(keys.signing), setup.memory);
  auto recorded = tape(*disk, with, {options.filters, options.bytes_max}, [&](auto& what) {
    say.err << "offtenant record: " << what << std::endl;
  });
  if (const auto begun = recorded.begin(time.wall()); !begun) {
    disk->discard();
    return say.complain(begun.error(), exit_environment);
  }
  auto wire = core::adapters::socket_transport(time, std::move(upstream));
  const auto proxy = std::make_shared<recording_proxy>(wire, time, recorded);
  auto server = mock_graph::wire::server(
      std::move(listening), proxy, time, serve::front_door(time.wall(), keys));
  print_start(
      options, options.address + ':' + std::to_string(server.endpoint().port()), keys, say.out);
  const auto end = [&](const std::exception_ptr& thrown) {
    context.stop();
    if (thrown) {
      std::rethrow_exception(thrown);
    }
  };
  net::co_spawn(context, wait_for_end(interrupted, time, server, *proxy), end);
  context.run();
  return finish(*disk, recorded, options, setup, say);
}

} // namespace

auto record(const record_options& options,
            std::ostream& out,
            std::ostream& err,
            const std::atomic<bool>& interrupted) -> int {
  const auto say = recorder_voice{out, err};
  const auto read = set_up_redaction(options.files, "offtenant record", err);
  if (const auto* code = std::get_if<int>(&read)) {
    return *code;
  }
  auto upstream = upstream_options(options);
  if (!upstream) {
    return say.complain(upstream.error(), exit_usage);
  }
  const auto keys = serve::open_state(options.state);
  if (!keys) {
    return say.complain(keys.error(), exit_environment);
  }
  try {
    return record_traffic(
        options, std::get<redaction_setup>(read), *keys, std::move(*upstream), say, interrupted);
  } catch (const boost::system::system_error& error) {
    err << "offtenant record: cannot listen on " << options.address << ':' << options.port << ": "
        << error.code().message() << '\n';
    return exit_environment;
  }
}

} // namespace scenarios::recording
