#include "cli/serve_command.hpp"

#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "core/feeds/times.hpp"
#include "core/toml_reading/span.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <ostream>

namespace cli {
namespace {

constexpr auto serve_examples = R"(Examples:
  offtenant serve my.toml                        a tenant in which my.toml happens from now on
  offtenant serve my.toml --offset -36h          with a day and a half of history
  offtenant serve my.toml --listen 127.0.0.1:0   on a free port
  offtenant serve my.toml --time x60             an hour a minute

A client reaches it as HTTPS proxy, by the real host names resolved to this address, or by base
URLs such as https://127.0.0.1:8443/graph.microsoft.com/v1.0. What to export, and the credentials
that the scenario grants, are printed at the start. Ctrl-C ends it.
Exit codes: 0 ended by the user, 2 an argument or the scenario cannot be used, 3 the address or a
file cannot.)";

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

auto read_address(const std::string& text, scenarios::serve::serve_options& options)
    -> std::optional<usage_error> {
  const auto colon = text.rfind(':');
  const auto port = colon == std::string::npos
                        ? parsed<std::uint64_t>(usage_error{""})
                        : parse_number("--listen", text.substr(colon + 1), 0, 65535);
  if (!port || colon == 0) {
    return usage_error{
        fmt::format("--listen is '{}'; expected an address and a port: 127.0.0.1:8443", text)};
  }
  options.address = text.substr(0, colon);
  options.port = static_cast<std::uint16_t>(*port);
  return std::nullopt;
}

auto default_state(const environment& env) -> std::string {
  const auto cache = env("XDG_CACHE_HOME");
  const auto home = env("HOME");
  const auto base = cache && !cache->empty() ? *cache : home ? *home + "/.cache" : "/tmp";
  return base + "/offtenant/serve";
}

class serve_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("serve", "Stand in for the tenant of a scenario");
    app->footer(serve_examples);
    app->add_option("SCENARIO", typed_.scenario, "Scenario file")->type_name("")->required();
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
  out.scenario = typed.scenario;
  out.state = typed.state.empty() ? default_state(env) : typed.state;
  out.json = typed.json;
  auto exists = std::error_code();
  if (!std::filesystem::is_regular_file(typed.scenario, exists)) {
    return usage_error{fmt::format("'{}' is no file", typed.scenario)};
  }
  if (auto wrong = read_address(typed.listen, out)) {
    return *wrong;
  }
  const auto speed = read_speed(typed.time);
  const auto offset = read_offset(typed.offset);
  if (!speed || !offset) {
    return !speed ? speed.error() : offset.error();
  }
  out.speed = *speed;
  out.offset = *offset;
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
