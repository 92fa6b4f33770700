#include "replay/import/collector.hpp"

#include "replay/import/audit_rows.hpp"
#include "replay/import/json_text.hpp"
#include "replay/import/record_shapes.hpp"
#include "replay/import/trace_rows.hpp"

namespace replay {

void collector::keep_aside(std::size_t line, std::string why, std::string_view text) {
  out_.bad.push_back({out_.name, line, std::move(why), std::string(text)});
}

void collector::add(std::string feed, std::string table, std::string raw, std::size_t line) {
  out_.items.push_back({std::move(feed), std::move(table), std::move(raw), out_.name, line});
}

void collector::take(std::string_view value, const json_members& inside, std::size_t line) {
  const auto text = [&](std::string_view name) {
    return string_of(find_member(inside, name).value_or(""));
  };
  if (!is_object(value)) {
    keep_aside(line, "is no JSON object", value);
  } else if (const auto data = find_member(inside, "AuditData")) {
    take_audit_data(is_object(*data) ? std::string(*data) : string_of(*data), line, value);
  } else if (const auto record = find_member(inside, "record");
             record && is_object(*record) && find_member(inside, "connector_type")) {
    take_record(*record, members_of(*record), line, text("feed"));
  } else if (const auto row = find_member(inside, "properties");
             row && text("category").starts_with(streamed_category)) {
    take_streamed(*row, line, text("category").substr(streamed_category.size()));
  } else {
    take_record(value, inside, line, "");
  }
}

void collector::take_audit_data(const std::string& data, std::size_t line, std::string_view row) {
  auto record = record_in_audit_data(data);
  if (record) {
    take_record(*record, members_of(*record), line, "");
  } else {
    keep_aside(line, record.error().why, row);
  }
}

void collector::take_streamed(std::string_view row, std::size_t line, const std::string& table) {
  const auto feed = feed_of_table(table);
  if (feed.empty()) {
    keep_aside(line, "is a row of " + table + ", which no feed reads", row);
  } else {
    add(std::string(feed), table, on_one_line(row), line);
  }
}

/// `said` is the feed that the export names, "" if it names none.
void collector::take_record(std::string_view record,
                            const json_members& inside,
                            std::size_t line,
                            const std::string& said) {
  auto where = destination_of(inside);
  const auto wanted = feed_.empty() ? said : feed_;
  const auto free = where.feed.empty() || (is_audit_feed(where.feed) && is_audit_feed(wanted));
  if (free && is_served_feed(wanted) && shape_of(wanted, "").table.empty()) {
    where = {wanted, "", ""};
  }
  if (where.feed.empty()) {
    keep_aside(line, "is " + where.why, record);
    return;
  }
  if (where.feed != "message_trace") {
    add(where.feed, where.table, on_one_line(record), line);
    return;
  }
  auto trace = find_member(inside, "receivedDateTime") && find_member(inside, "id")
                   ? seams::result<std::string>(on_one_line(record))
                   : graph_trace(record);
  if (trace) {
    add(where.feed, "", std::move(*trace), line);
  } else {
    keep_aside(line, trace.error().why, record);
  }
}

} // namespace replay
