#include "cli/exit_code.hpp"
#include "cli/live/work.hpp"
#include "core/adapters/files/text_file.hpp"
#include "core/live/health_line.hpp"
#include "core/live/token_survey.hpp"
#include "core/permissions/listing.hpp"
#include "core/permissions/rendering.hpp"

#include <ostream>

namespace cli {
namespace {

constexpr auto list_bytes_max = std::size_t{1} << 20U;

/// What the list in `path` says, nothing without one, or no value after complaints to `err`.
auto listed_or_complain(const std::string& path, std::ostream& err)
    -> std::optional<core::permissions::listing> {
  if (path.empty()) {
    return core::permissions::listing();
  }
  const auto file = core::adapters::read_text_file(path, list_bytes_max);
  if (!file.wrong.empty()) {
    err << "offtenant permissions: the file " << path << ' ' << file.wrong << '\n';
    return std::nullopt;
  }
  auto out = core::permissions::read_listing(file.text);
  for (const auto& one : out.wrong) {
    err << path << ": " << one << '\n';
  }
  return out.wrong.empty() ? std::optional(std::move(out)) : std::nullopt;
}

auto input_of(const core::live::settings& what,
              core::live::token_survey found,
              core::permissions::listing listed) -> core::permissions::review_input {
  auto out = core::permissions::review_input();
  for (const auto& one : what.connector.feeds) {
    out.feeds.push_back(one.name);
  }
  out.tokens = std::move(found.tokens);
  out.listed = std::move(listed.entries);
  return out;
}

} // namespace

auto review_permissions(const permissions_options& options,
                        std::ostream& out,
                        std::ostream& err,
                        const environment& env) -> int {
  const auto what = settings_or_complain(options.config, err);
  auto listed = listed_or_complain(options.listed, err);
  if (!what || !listed) {
    return exit_usage;
  }
  auto found = core::live::run_survey(*what, {env, {}});
  if (!found) {
    err << "offtenant permissions: " << core::live::on_one_line(found.error().why) << " ("
        << found.error().code << ")\n";
    return exit_environment;
  }
  auto refusals = std::vector<std::string>();
  for (const auto& [of, why] : found->refused) {
    refusals.push_back("no token for " + std::string(core::permissions::portal_group(of)) + ": " +
                       core::live::on_one_line(why.why));
  }
  auto result = core::permissions::review(input_of(*what, std::move(*found), std::move(*listed)));
  result.besides.insert(result.besides.begin(), refusals.begin(), refusals.end());
  out << (options.json ? core::permissions::to_json(result) : core::permissions::to_text(result));
  return result.complete() ? exit_held : exit_failed;
}

} // namespace cli
