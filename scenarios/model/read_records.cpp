#include "core/feeds/feed_table.hpp"
#include "core/feeds/hunting_reader.hpp"
#include "core/feeds/times.hpp"
#include "core/json/slice.hpp"
#include "scenarios/model/readers.hpp"
#include "scenarios/model/record_file.hpp"

#include <algorithm>
#include <iterator>

namespace scenarios::model {
namespace {

auto is_hunting(const core::feeds::feed_facts& feed) -> bool {
  return feed.from == core::feeds::source::hunting || feed.from == core::feeds::source::safe_links;
}

/// Feeds whose records are served as they are, those that read tables of advanced hunting, and
/// those of objects of the directory.
auto listing_feeds() -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : core::feeds::feed_table()) {
    const auto lists = one.from == core::feeds::source::graph_collection ||
                       one.from == core::feeds::source::activity ||
                       one.from == core::feeds::source::message_trace ||
                       one.from == core::feeds::source::graph_delta || is_hunting(one);
    if (lists && one.name != "defender_for_cloud") {
      out.emplace_back(one.name);
    }
  }
  return out;
}

/// The natural key that records of a feed are told apart by.
auto identity_of(std::string_view feed) -> std::string_view {
  const auto* facts = core::feeds::find_feed(feed);
  const auto of_graph = facts != nullptr && facts->api == core::workload::graph;
  return of_graph ? "id" : "Id";
}

auto has_identity(std::string_view raw, std::string_view feed) -> bool {
  const auto found = core::json::member(raw, identity_of(feed));
  return found && core::json::kind_of(*found) == core::json::kind::string;
}

auto read_file(table_reader& read, const std::string& file) -> record_file {
  const auto& folder = read.shared().folder;
  auto out = read_record_file(file.starts_with('/') ? file : folder + "/" + file);
  if (!out.wrong.empty()) {
    read.shared().complain(read.at("file"),
                           out.wrong,
                           R"(a file of JSON records: one a line, an array, or {"value": [...]})");
    out.records.clear();
  }
  return out;
}

/// The tables that `feed` reads; none if it lists its records.
auto tables_read_by(const std::optional<std::string>& feed) -> std::vector<std::string> {
  const auto* facts = feed ? core::feeds::find_feed(*feed) : nullptr;
  auto out = std::vector<std::string>();
  if (facts != nullptr && is_hunting(*facts)) {
    for (const auto& one : core::feeds::tables_of(*feed)) {
      out.emplace_back(one.name);
    }
  }
  return out;
}

/// The table of the key `table`, which only feeds of advanced hunting have, and must have.
auto table_in(table_reader& read, const std::optional<std::string>& feed) -> std::string {
  const auto tables = tables_read_by(feed);
  if (!tables.empty()) {
    return read.word("table", tables, need::required).value_or("");
  }
  if (read.text("table")) {
    read.shared().complain(read.at("table"),
                           "only the feeds safe_links, email_events and teams_messages have tables",
                           "no key table");
  }
  return {};
}

/// When the records of a file appear.
struct appearance {
  seams::instant at; ///< the first of those without a time
  seams::duration over;
  std::string by; ///< path of the time that a record bears
  seams::duration after;
};

/// The moment that a record's own time gives it, if that is not before the first moment.
auto own_moment(const file_record& one, const appearance& when) -> std::optional<seams::instant> {
  const auto found = when.by.empty() ? std::nullopt : core::json::find(one.raw, when.by);
  const auto text = found ? core::json::as_string(*found) : std::nullopt;
  const auto at = text ? core::feeds::parse_time(*text) : std::nullopt;
  return at && *at + when.after >= when.at ? std::optional(*at + when.after) : std::nullopt;
}

/// One moment for each record: its own, or its share of the time that all others take.
auto moments_of(const std::vector<file_record>& records, const appearance& when)
    -> std::vector<seams::instant> {
  auto own = std::vector<std::optional<seams::instant>>();
  for (const auto& one : records) {
    own.push_back(own_moment(one, when));
  }
  const auto others = std::ranges::count_if(own, [](const auto& one) { return !one; });
  const auto step = when.over / std::max<std::int64_t>(others, 1);
  auto next = when.at;
  auto out = std::vector<seams::instant>();
  for (const auto& one : own) {
    out.push_back(one.value_or(next));
    next += one ? seams::duration{} : step;
  }
  return out;
}

auto appearance_in(table_reader& read) -> appearance {
  auto out = appearance();
  out.at = read.moment("at", need::required).value_or(read.shared().start);
  out.over = read.span("over").value_or(seams::duration{});
  out.by = read.text("by").value_or("");
  out.after = read.span("after").value_or(seams::duration{});
  return out;
}

} // namespace

void read_records(table_reader& top, scenario& out) {
  const auto feeds = listing_feeds();
  for (const auto* table : top.tables("records")) {
    auto read = table_reader(top.shared(), *table, "records");
    const auto file = read.text("file", need::required);
    const auto feed = read.word("feed", feeds, need::required);
    const auto hunted = table_in(read, feed);
    const auto when = appearance_in(read);
    const auto skip = read.flag("skip_unsuitable").value_or(false);
    read.finish();
    if (!file || !feed) {
      continue;
    }
    auto records = read_file(read, *file).records;
    if (skip) {
      std::erase_if(records, [&](const file_record& one) { return !has_identity(one.raw, *feed); });
    }
    const auto moments = moments_of(records, when);
    for (auto i = std::size_t{0}; i < records.size(); ++i) {
      auto what = mock_graph::tenant::verbatim_record();
      what.feed = *feed;
      what.raw = std::move(records[i].raw);
      what.origin = *file + ":" + std::to_string(records[i].line);
      what.table = hunted;
      out.events.push_back({moments[i], read.origin(), std::move(what)});
    }
  }
}

} // namespace scenarios::model
