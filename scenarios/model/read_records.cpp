#include "core/feeds/feed_table.hpp"
#include "core/json/slice.hpp"
#include "scenarios/model/readers.hpp"
#include "scenarios/model/record_file.hpp"

#include <algorithm>
#include <iterator>

namespace scenarios::model {
namespace {

/// Feeds whose records are served as they are: what a hunting query gives is made by the query.
auto listing_feeds() -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : core::feeds::feed_table()) {
    const auto lists = one.from == core::feeds::source::graph_collection ||
                       one.from == core::feeds::source::activity;
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

} // namespace

void read_records(table_reader& top, scenario& out) {
  const auto feeds = listing_feeds();
  for (const auto* table : top.tables("records")) {
    auto read = table_reader(top.shared(), *table, "records");
    const auto file = read.text("file", need::required);
    const auto feed = read.word("feed", feeds, need::required);
    const auto at = read.moment("at", need::required).value_or(top.shared().start);
    const auto over = read.span("over").value_or(seams::duration{});
    const auto skip = read.flag("skip_unsuitable").value_or(false);
    read.finish();
    if (!file || !feed) {
      continue;
    }
    auto records = read_file(read, *file).records;
    if (skip) {
      std::erase_if(records, [&](const file_record& one) { return !has_identity(one.raw, *feed); });
    }
    const auto step = over / std::max<std::int64_t>(std::ssize(records), 1);
    auto next = at;
    for (auto& [raw, line] : records) {
      auto what = mock_graph::tenant::verbatim_record();
      what.feed = *feed;
      what.raw = std::move(raw);
      what.origin = *file + ":" + std::to_string(line);
      out.events.push_back({next, read.origin(), std::move(what)});
      next += step;
    }
  }
}

} // namespace scenarios::model
