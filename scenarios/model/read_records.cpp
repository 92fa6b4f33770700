#include "scenarios/model/readers.hpp"
#include "scenarios/model/record_file.hpp"

namespace scenarios::model {
namespace {

const auto feeds = std::vector<std::string>{
    "alerts", "incidents", "audit_general", "audit_exchange", "audit_entra", "audit_sharepoint"};

} // namespace

void read_records(table_reader& top, scenario& out) {
  for (const auto* table : top.tables("records")) {
    auto read = table_reader(top.shared(), *table, "records");
    const auto file = read.text("file", need::required).value_or("");
    const auto feed = read.word("feed", feeds, need::required).value_or("audit_general");
    const auto at = read.moment("at", need::required).value_or(top.shared().start);
    const auto over = read.span("over").value_or(seams::duration{});
    read.finish();
    const auto path = file.starts_with('/') ? file : top.shared().folder + "/" + file;
    const auto found = read_record_file(path);
    if (!found.wrong.empty()) {
      top.shared().complain(read.at("file"),
                            found.wrong,
                            R"(a file of JSON records: one a line, an array, or {"value": [...]})");
      continue;
    }
    const auto count = static_cast<std::int64_t>(found.records.size());
    for (auto i = std::int64_t{0}; i < count; ++i) {
      const auto& [raw, line] = found.records[static_cast<std::size_t>(i)];
      auto what = mock_graph::tenant::verbatim_record();
      what.feed = feed;
      what.raw = raw;
      what.origin = file + ":" + std::to_string(line);
      out.events.push_back({at + over / std::max<std::int64_t>(count, 1) * i, read.origin(), what});
    }
  }
}

} // namespace scenarios::model
