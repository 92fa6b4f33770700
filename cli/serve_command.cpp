#include "cli/serve_command.hpp"

#include "cli/cache_folder.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/tape_mode.hpp"
#include "core/feeds/times.hpp"
#include "core/toml_reading/span.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <ostream>

namespace cli {
namespace {

using namespace std::chrono_literals;

constexpr auto serve_examples = R"(Examples:
  offtenant serve my.toml                        a tenant in which my.toml happens from now on
  offtenant serve my.toml --offset -36h          with a day and a half of history
  offtenant serve my.toml --listen 127.0.0.1:0   on a free port
  offtenant serve my.toml --time x60             an hour a minute
  offtenant serve my.toml --offset -36h --until 'all fetched' --timeout 60s --audit audit.json
                                                 in CI: ends by itself, exits with the verdict
  offtenant serve --cassette incident.cassette   what was recorded answers, from now on

A client reaches it as HTTPS proxy, by the real host names resolved to this address, or by base
URLs such as https://127.0.0.1:8443/graph.microsoft.com/v1.0. What to export, and the credentials
that the scenario grants, are printed at the start. Ctrl-C ends it; so does --until, of which all
must hold if there are several. The audit says of each record whether the connector fetched it.
Exit codes: 0 ended by the user or as --until says, with nothing missed; 1 something visible was
never fetched, or the timeout came first; 2 an argument or the scenario cannot be used; 3 the
address or a file cannot.)";

constexpr auto speed_most = 100'000.0;

auto factor_in(std::string_view text) -> std::optional<double> {
  auto out = 0.0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  const auto whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  return whole ? std::optional(out) : std::nullopt;
}

auto read_speed(const std::string& text) -> parsed<double> {
  if (text == "real" || text == "manual") {
    return text == "real" ? 1.0 : 0.0;
  }
  const auto factor =
      text.starts_with('x') ? factor_in(std::string_view(text).substr(1)) : std::nullopt;
  if (!factor || *factor <= 0 || *factor > speed_most) {
    return usage_error{fmt::format(
        "--time is '{}'; expected real, manual, or xN such as x60 (up to x100000)", text)};
  }
  return *factor;
}

auto read_offset(std::string_view text) -> parsed<seams::duration> {
  const auto span = core::toml_reading::parse_span(text);
  if (!span) {
    return usage_error{fmt::format("--offset is '{}'; expected a span such as -36h", text)};
  }
  return *span;
}

auto read_control(const std::string& text, scenarios::serve::serve_options& out)
    -> std::optional<usage_error> {
  if (text.empty()) {
    return std::nullopt;
  }
  auto wrong = read_address("--control", text, out.control_address, out.control_port);
  if (!wrong && !out.control_address.starts_with("127.")) {
    wrong = usage_error{
        fmt::format("--control is '{}'; it is for this machine only: 127.0.0.1:9000", text)};
  }
  return wrong;
}

/// "all fetched", "time 24h", "quiet 2s".
auto read_condition(std::string_view text, scenarios::serve::end_conditions& out) -> bool {
  if (text == "all fetched") {
    out.all_fetched = true;
    return true;
  }
  const auto space = text.find(' ');
  const auto word = text.substr(0, space);
  if (space == std::string_view::npos || (word != "time" && word != "quiet")) {
    return false;
  }
  auto& span = word == "time" ? out.time : out.quiet;
  span = core::toml_reading::parse_span(text.substr(space + 1));
  return span && *span > 0s;
}

auto read_ending(const serve_arguments& typed, scenarios::serve::end_conditions& out)
    -> std::optional<usage_error> {
  for (const auto& text : typed.until) {
    if (!read_condition(text, out)) {
      return usage_error{
          fmt::format("--until is '{}'; expected 'all fetched', 'time 24h' or 'quiet 2s'", text)};
    }
  }
  if (typed.timeout.empty()) {
    return std::nullopt;
  }
  out.timeout = core::toml_reading::parse_span(typed.timeout);
  if (!out.timeout || *out.timeout <= 0s) {
    return usage_error{
        fmt::format("--timeout is '{}'; expected a span such as 60s", typed.timeout)};
  }
  return out.any() ? std::nullopt
                   : std::optional(usage_error{"--timeout needs --until: what is waited for?"});
}

/// A scenario or a cassette, and what goes with each.
auto read_source(const serve_arguments& typed, scenarios::serve::serve_options& out)
    -> std::optional<usage_error> {
  if (typed.scenario.empty() == typed.cassette.empty()) {
    return usage_error{"a SCENARIO or a --cassette is needed, and only one of them"};
  }
  const auto& file = typed.cassette.empty() ? typed.scenario : typed.cassette;
  auto exists = std::error_code();
  if (!std::filesystem::is_regular_file(file, exists)) {
    return usage_error{fmt::format("'{}' is no file", file)};
  }
  if (typed.cassette.empty()) {
    out.scenario = typed.scenario;
    return typed.mode.empty() ? std::nullopt
                              : std::optional(usage_error{"--mode is for a --cassette"});
  }
  out.cassette = typed.cassette;
  if (!typed.audit.empty() || !typed.control.empty() || !typed.until.empty()) {
    return usage_error{"--audit, --control and --until need a SCENARIO: of a cassette nobody knows "
                       "what else was in the tenant"};
  }
  const auto mode = parse_tape_mode(typed.mode.empty() ? "once" : typed.mode);
  out.mode = mode ? *mode : out.mode;
  return mode ? std::nullopt : std::optional(mode.error());
}

class serve_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("serve", "Stand in for the tenant of a scenario");
    app->footer(serve_examples);
    app->add_option("SCENARIO", typed_.scenario, "Scenario file")->type_name("");
    app->add_option("--cassette", typed_.cassette, "Recording to play, in place of a scenario")
        ->type_name("FILE");
    app->add_option("--mode", typed_.mode, "Of a cassette: once, loop or fill")->type_name("MODE");
    app->add_option("--listen", typed_.listen, "Address and port, 127.0.0.1:8443")
        ->type_name("A:P");
    app->add_option("--time", typed_.time, "real, xN or manual")->type_name("PACE");
    app->add_option(
           "--start", typed_.start, "now, or when the scenario starts, 2026-03-10T08:00:00Z")
        ->type_name("TIME");
    app->add_option("--offset", typed_.offset, "Moves the start, -36h begins with history")
        ->type_name("SPAN");
    app->add_option("--state", typed_.state, "Folder for the keys that clients trust")
        ->type_name("DIR");
    app->add_option("--until", typed_.until, "'all fetched', 'time 24h', 'quiet 2s'")
        ->type_name("WHAT");
    app->add_option("--timeout", typed_.timeout, "Real time after which it ends anyway, 60s")
        ->type_name("SPAN");
    app->add_option("--audit", typed_.audit, "File for the audit of the connector, JSON")
        ->type_name("FILE");
    app->add_option("--control", typed_.control, "Address of the control API, 127.0.0.1:9000")
        ->type_name("A:P");
    app->add_flag("--json", typed_.json, "Say what to connect to as one line of JSON");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto options = serve_options_of(typed_, around.env);
    if (!options) {
      around.err << "offtenant serve: " << options.error().why << '\n';
      return exit_usage;
    }
    return around.parts.serve(*options, around.out, around.err, around.interrupted);
  }

private:
  serve_arguments typed_;
};

} // namespace

auto serve_options_of(const serve_arguments& typed, const environment& env)
    -> parsed<scenarios::serve::serve_options> {
  auto out = scenarios::serve::serve_options();
  out.state = typed.state.empty() ? state_folder(env) : typed.state;
  out.json = typed.json;
  if (auto wrong = read_source(typed, out)) {
    return *wrong;
  }
  if (auto wrong = read_address("--listen", typed.listen, out.address, out.port)) {
    return *wrong;
  }
  if (auto wrong = read_control(typed.control, out)) {
    return *wrong;
  }
  const auto speed = read_speed(typed.time);
  const auto offset = read_offset(typed.offset);
  if (!speed || !offset) {
    return !speed ? speed.error() : offset.error();
  }
  out.speed = *speed;
  out.offset = *offset;
  out.audit = typed.audit;
  if (auto wrong = read_ending(typed, out.end)) {
    return *wrong;
  }
  if (typed.start != "now") {
    out.start = core::feeds::parse_time(typed.start);
    if (!out.start) {
      return usage_error{fmt::format(
          "--start is '{}'; expected now, or a time such as 2026-03-10T08:00:00Z", typed.start)};
    }
  }
  return out;
}

auto make_serve_command() -> std::unique_ptr<command> {
  return std::make_unique<serve_command>();
}

} // namespace cli
