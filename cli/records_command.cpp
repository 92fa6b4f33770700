#include "cli/records_command.hpp"

#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"
#include "core/feeds/times.hpp"
#include "core/toml_reading/span.hpp"
#include "core/toml_reading/spell.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <ostream>

namespace cli {
namespace {

constexpr auto records_examples = R"(Examples:
  offtenant records store.db                                             everything, as a table
  offtenant records store.db --filter connector_type:ms365_safe_links    of one type
  offtenant records store.db --user dana@contoso.com --since 24h         of one person, today
  offtenant records store.db --url u.example --format raw                the exact bytes
  offtenant records store.db --filter feed:alerts --count                how many
  offtenant records store.db --format ocsf                               as OCSF 1.8.0 events

--filter takes connector_type, feed, key, user and url, and may be repeated; all must hold. A user
is a text of the record that equals the word, a URL one that contains it, letter case aside. Times
are 2026-03-10, 2026-03-10T08:00:00Z, or a span such as 24h, counted back from now. A connector may
have the store open. As OCSF, a record that is no known one is named on standard error with its
reason, and so is what is new about one (schema_drift); --tenant, --cloud and --raw are for OCSF.
Exit codes: 0 listed, also if nothing fits, 2 an argument cannot be used, 3 the store cannot be
read, 130 interrupted.)";

const auto filter_words = std::vector<std::string>{"connector_type", "feed", "key", "user", "url"};
const auto format_words = std::vector<std::string>{"table", "ndjson", "raw", "ocsf"};

auto not_a_word(std::string_view what,
                const std::string& text,
                const std::vector<std::string>& known) -> usage_error {
  const auto meant = core::toml_reading::nearest(text, known);
  return usage_error(fmt::format("{}: '{}' is none of {}{}",
                                 what,
                                 text,
                                 fmt::join(known, ", "),
                                 meant.empty() ? "" : fmt::format("; did you mean '{}'?", meant)));
}

auto place_of(const std::string& word, core::live::record_filter& filter) -> std::string* {
  const auto places = {
      &filter.connector_type, &filter.feed, &filter.key, &filter.user, &filter.url};
  const auto found = std::ranges::find(filter_words, word);
  return found == filter_words.end() ? nullptr : places.begin()[found - filter_words.begin()];
}

auto put(const std::string& word, const std::string& value, core::live::record_filter& filter)
    -> std::optional<usage_error> {
  auto* place = place_of(word, filter);
  if (place == nullptr) {
    return not_a_word("--filter", word, filter_words);
  }
  if (value.empty() || !place->empty()) {
    return usage_error(
        fmt::format("--filter: {} {}", word, value.empty() ? "has no value" : "is given twice"));
  }
  *place = value;
  return std::nullopt;
}

auto read_filters(const records_arguments& typed, core::live::record_filter& filter)
    -> std::optional<usage_error> {
  for (const auto& one : typed.filters) {
    const auto colon = one.find(':');
    if (colon == std::string::npos) {
      return usage_error(
          fmt::format("--filter: expected name:value such as feed:alerts, got '{}'", one));
    }
    if (auto wrong = put(one.substr(0, colon), one.substr(colon + 1), filter)) {
      return wrong;
    }
  }
  for (const auto& [word, value] : {std::pair("user", typed.user), std::pair("url", typed.url)}) {
    if (value) {
      if (auto wrong = put(word, *value, filter)) {
        return wrong;
      }
    }
  }
  return std::nullopt;
}

/// A moment into `at`, a span into `ago`.
auto read_bound(std::string_view name,
                const std::optional<std::string>& text,
                std::optional<seams::instant>& at,
                std::optional<seams::duration>& ago) -> std::optional<usage_error> {
  constexpr auto date_size = std::size_t{10};
  if (!text) {
    return std::nullopt;
  }
  ago = core::toml_reading::parse_span(*text);
  at = core::feeds::parse_time(text->size() == date_size ? *text + "T00:00:00Z" : *text);
  if ((ago && *ago >= seams::duration::zero()) || at) {
    return std::nullopt;
  }
  return usage_error(fmt::format(
      "{}: expected a time such as 2026-03-10T08:00:00Z or a span such as 24h, got '{}'",
      name,
      *text));
}

class records_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("records", "List and export what a connector has stored");
    app->footer(records_examples);
    app->add_option("STORE", typed_.store, "The store's file")->type_name("")->required();
    app->add_option("--filter", typed_.filters, "Only records with this value; may be repeated")
        ->type_name("NAME:VALUE")
        ->allow_extra_args(false);
    app->add_option("--user", typed_.user, "Only records that name this user")->type_name("USER");
    app->add_option("--url", typed_.url, "Only records that hold this URL")->type_name("URL");
    app->add_option("--since", typed_.since, "Only what happened then or later")->type_name("TIME");
    app->add_option("--until", typed_.until, "Only what happened before")->type_name("TIME");
    app->add_option("--limit", typed_.limit, "At most so many")->type_name("N");
    app->add_option("--format", typed_.format, "table, ndjson, raw or ocsf (default: table)")
        ->type_name("FORM");
    declare_ocsf(*app, typed_.ocsf);
    app->add_flag("--count", typed_.count, "Print only how many");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto options = records_options_of(typed_);
    if (!options) {
      around.err << "offtenant records: " << options.error().why << '\n';
      return exit_usage;
    }
    return around.parts.records(*options, around.out, around.err, around.interrupted);
  }

private:
  records_arguments typed_;
};

} // namespace

auto records_options_of(const records_arguments& typed) -> parsed<records_options> {
  auto out = records_options();
  out.store = typed.store;
  out.count = typed.count;
  const auto there = existing_paths({typed.store}, "");
  if (!there) {
    return there.error();
  }
  if (auto wrong = read_filters(typed, out.filter)) {
    return *wrong;
  }
  auto wrong = read_bound("--since", typed.since, out.filter.since, out.since_ago);
  wrong = wrong ? wrong : read_bound("--until", typed.until, out.filter.until, out.until_ago);
  if (wrong) {
    return *wrong;
  }
  if (typed.limit) {
    const auto limit =
        parse_number("--limit", *typed.limit, 0, std::numeric_limits<std::uint64_t>::max());
    if (!limit) {
      return limit.error();
    }
    out.limit = *limit;
  }
  const auto format = std::ranges::find(format_words, typed.format);
  if (format == format_words.end()) {
    return not_a_word("--format", typed.format, format_words);
  }
  out.format = static_cast<record_format>(format - format_words.begin());
  if (typed.ocsf.is_given() && out.format != record_format::ocsf) {
    return usage_error("--tenant, --cloud and --raw need --format ocsf");
  }
  const auto ocsf = ocsf_options_of(typed.ocsf);
  if (!ocsf) {
    return ocsf.error();
  }
  out.ocsf = *ocsf;
  return out;
}

auto make_records_command() -> std::unique_ptr<command> {
  return std::make_unique<records_command>();
}

} // namespace cli
