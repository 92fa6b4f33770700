#include "cli/record_command.hpp"

#include "cli/cache_folder.hpp"
#include "cli/exit_code.hpp"
#include "cli/redaction_arguments.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <ostream>

namespace cli {
namespace {

constexpr auto record_examples = R"(Examples:
  offtenant record -o incident.cassette               a proxy for Microsoft's hosts that records
  offtenant record -o a.cassette --filter /security/  only what is asked of these
  offtenant record -o a.cassette --filter '!login.*'  all but what is asked of the login
  offtenant record -o a.cassette --key team.key       the same person, the same stand-in next time
  offtenant record -o a.cassette --upstream 127.0.0.1:8444 --upstream-ca ca.pem
                                                      from another offtenant serve

Point the connector at it: what to export is printed at the start. Requests for Microsoft's login
and APIs are forwarded there and what came of them recorded; other hosts get 403 and are never
contacted. People, places and secrets are taken out before anything is written: docs/recording.md.
Ctrl-C ends it. Until then, and if anything is left in it that must not be there, the name of the
cassette ends in .unfinished. Killed, it leaves what was exchanged by then.
Exit codes: 0 recorded, and clean; 1 something is left; 2 an argument, the policy or a file cannot
be used, or the cassette is there already; 3 the address or a file cannot be had.)";

constexpr auto size_most = std::uint64_t{1} << 40U;

class record_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("record", "Record what a connector and Microsoft 365 say");
    auto& plain = typed_.options;
    app->footer(record_examples);
    app->add_option("-o,--output", plain.output, "Cassette to write")
        ->type_name("CASSETTE")
        ->required();
    app->add_option("--listen", typed_.listen, "Address and port, 127.0.0.1:8443")
        ->type_name("A:P");
    app->add_option("--upstream", typed_.upstream, "Where to forward instead of the real hosts")
        ->type_name("A:P");
    app->add_option("--upstream-ca", plain.upstream_ca, "Root to believe upstream, PEM")
        ->type_name("FILE");
    app->add_option("--filter", plain.filters, "Part or glob of the URLs to record; ! leaves out")
        ->type_name("TEXT");
    app->add_option("--max-size", typed_.max_size, "Bytes after which nothing more is recorded")
        ->type_name("BYTES");
    declare_redaction(*app, plain.files);
    app->add_option("--state", plain.state, "Folder for the keys that clients trust")
        ->type_name("DIR");
    app->add_flag("--json", plain.json, "Say what to connect to as one line of JSON");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto options = record_options_of(typed_, around.env);
    if (!options) {
      around.err << "offtenant record: " << options.error().why << '\n';
      return exit_usage;
    }
    return around.parts.record(*options, around.out, around.err, around.interrupted);
  }

private:
  record_arguments typed_;
};

} // namespace

auto record_options_of(const record_arguments& typed, const environment& env)
    -> parsed<scenarios::recording::record_options> {
  auto out = typed.options;
  if (auto wrong = read_address("--listen", typed.listen, out.address, out.port)) {
    return *wrong;
  }
  if (!typed.upstream.empty()) {
    if (auto wrong =
            read_address("--upstream", typed.upstream, out.upstream_address, out.upstream_port)) {
      return *wrong;
    }
  }
  if (!typed.max_size.empty()) {
    const auto size = parse_number("--max-size", typed.max_size, 1, size_most);
    if (!size) {
      return size.error();
    }
    out.bytes_max = *size;
  }
  for (const auto& one : out.filters) {
    if (one.empty() || one == "!") {
      return usage_error(fmt::format("--filter '{}' says nothing; expected a part of a URL", one));
    }
  }
  out.state = out.state.empty() ? state_folder(env) : out.state;
  return out;
}

auto make_record_command() -> std::unique_ptr<command> {
  return std::make_unique<record_command>();
}

} // namespace cli
