#include "core/live/check.hpp"

#include "cli/exit_code.hpp"
#include "cli/live/work.hpp"
#include "cli/table_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace cli {
namespace {

using verdicts = std::vector<core::live::feed_verdict>;

auto all_well(const verdicts& found) -> bool {
  return std::ranges::all_of(found, [](const auto& one) { return one.state == "ok"; });
}

auto to_json(const std::string& config, const verdicts& found) -> nlohmann::ordered_json {
  auto out = nlohmann::ordered_json();
  out["config"] = config;
  out["ok"] = all_well(found);
  out["feeds"] = nlohmann::ordered_json::array();
  for (const auto& one : found) {
    out["feeds"].push_back({{"feed", one.feed},
                            {"state", one.state},
                            {"code", one.code},
                            {"text", one.text},
                            {"remedy", one.remedy}});
  }
  return out;
}

void print_for_people(const verdicts& found, std::ostream& out) {
  auto rows = std::vector<table_row>{{"FEED", "STATE", "CODE"}};
  for (const auto& one : found) {
    rows.push_back({one.feed, one.state, one.code});
  }
  const auto lines = aligned(rows);
  out << lines.front() << '\n';
  for (auto i = std::size_t{0}; i < found.size(); ++i) {
    out << lines[i + 1] << '\n' << "  " << found[i].text << '\n';
    if (!found[i].remedy.empty() && found[i].state != "ok") {
      out << "  To change: " << found[i].remedy << '\n';
    }
  }
}

} // namespace

auto check_tenant(const check_options& options,
                  std::ostream& out,
                  std::ostream& err,
                  const environment& env) -> int {
  const auto what = settings_or_complain(options.config, err);
  if (!what) {
    return exit_usage;
  }
  const auto found = core::live::run_check(*what, {env, {}}, options.limit);
  if (!found) {
    err << "offtenant check: " << found.error().why << " (" << found.error().code << ")\n";
    return exit_environment;
  }
  if (options.json) {
    constexpr auto replace = nlohmann::json::error_handler_t::replace;
    out << to_json(options.config, *found).dump(2, ' ', false, replace) << '\n';
  } else {
    print_for_people(*found, out);
  }
  return all_well(*found) ? exit_held : exit_failed;
}

} // namespace cli
