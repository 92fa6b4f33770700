#include "cli/exit_code.hpp"
#include "cli/live/work.hpp"
#include "core/live/live_run.hpp"

#include <csignal>
#include <ostream>

namespace cli {
namespace {

auto names_of_feeds(const core::live::settings& what) -> std::string {
  auto out = std::string();
  for (const auto& one : what.connector.feeds) {
    out += (out.empty() ? "" : ", ") + one.name;
  }
  return out;
}

} // namespace

auto settings_or_complain(const std::string& config, std::ostream& err)
    -> std::optional<core::live::settings> {
  auto loaded = core::live::load_settings(config);
  for (const auto& one : loaded.wrong) {
    err << core::toml_reading::to_text(one) << '\n';
  }
  return std::move(loaded.what);
}

auto connect(const std::string& config,
             std::ostream& out,
             std::ostream& err,
             const environment& env,
             const std::atomic<bool>& interrupted) -> int {
  const auto what = settings_or_complain(config, err);
  if (!what) {
    return exit_usage;
  }
  (void)std::signal(SIGPIPE, SIG_IGN); // a reader that left shows as a failed write
  auto say = core::live::voices();
  say.log = [&err](const std::string& line) { err << line << std::endl; };
  say.lines = [&out](std::string_view lines) {
    out << lines << std::flush;
    return static_cast<bool>(out);
  };
  say.log("reading " + names_of_feeds(*what) + " of tenant " + what->connector.tenant_id +
          " into " + what->store);
  const auto ran = core::live::run_live(*what, {env, {}}, say, interrupted);
  if (ran.has_error()) {
    err << "offtenant connect: " << ran.error().why << " (" << ran.error().code << ")\n";
    return exit_environment;
  }
  say.log("stopped; what was stored stays, and the next start resumes from there");
  return exit_held;
}

} // namespace cli
