#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/ocsf_arguments.hpp"
#include "cli/suite_paths.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/toml_reading/spell.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <ostream>

namespace cli {
namespace {

constexpr auto normalize_examples = R"(Examples:
  offtenant normalize export.json --feed alerts          alerts as OCSF 1.8.0 events
  offtenant normalize audit.ndjson --feed audit_general  audit records, of any workload
  offtenant normalize clicks.json --feed safe_links --tenant 11111111-2222-3333-4444-555555555555

FILE holds raw records: a JSON array, a page {"value": [...]}, a hunting answer {"results": [...]},
NDJSON, or one object; at most 256 MiB. Events go to standard output, one a line. A record that is
no known one is named on standard error by its line and number, with the reason, and so is what is
new about one (schema_drift). A record without a time of its own gets the time at which FILE was
last written. Management Activity records are told apart by RecordType, whichever audit feed is
named. docs/ocsf.md has the field maps.
Exit codes: 0 every record was normalised or named, also if there is none, 2 an argument cannot be
used (a FILE that is not there) or something in FILE is no JSON object: what is not is named, the
rest is normalised; 3 FILE cannot be read, 130 interrupted.)";

struct normalize_arguments {
  std::string file;
  std::string feed;
  ocsf_arguments ocsf;
};

auto feed_names() -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : core::feeds::feed_table()) {
    out.emplace_back(one.name);
  }
  return out;
}

auto normalize_options_of(const normalize_arguments& typed) -> parsed<normalize_options> {
  const auto there = existing_paths({typed.file}, "");
  if (!there) {
    return there.error();
  }
  if (core::feeds::find_feed(typed.feed) == nullptr) {
    const auto names = feed_names();
    const auto meant = core::toml_reading::nearest(typed.feed, names);
    return usage_error(fmt::format("--feed: '{}' is no feed; {}",
                                   typed.feed,
                                   meant.empty()
                                       ? fmt::format("the feeds are {}", fmt::join(names, ", "))
                                       : fmt::format("did you mean '{}'?", meant)));
  }
  const auto ocsf = ocsf_options_of(typed.ocsf);
  if (!ocsf) {
    return ocsf.error();
  }
  return normalize_options{typed.file, typed.feed, *ocsf};
}

class normalize_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("normalize", "Turn exported raw records into OCSF events");
    app->footer(normalize_examples);
    app->add_option("FILE", typed_.file, "The export")->type_name("")->required();
    app->add_option("--feed", typed_.feed, "The feed it is an export of; see `offtenant feeds`")
        ->type_name("FEED")
        ->required();
    declare_ocsf(*app, typed_.ocsf);
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto options = normalize_options_of(typed_);
    if (!options) {
      around.err << "offtenant normalize: " << options.error().why << '\n';
      return exit_usage;
    }
    return around.parts.normalize(*options, around.out, around.err, around.interrupted);
  }

private:
  normalize_arguments typed_;
};

} // namespace

auto make_normalize_command() -> std::unique_ptr<command> {
  return std::make_unique<normalize_command>();
}

} // namespace cli
