#include "replay/import/read_export.hpp"

#include "core/seams/letters.hpp"
#include "replay/import/audit_rows.hpp"
#include "replay/import/csv.hpp"
#include "replay/import/dates.hpp"
#include "replay/import/json_text.hpp"
#include "replay/import/record_shapes.hpp"
#include "replay/import/text_encoding.hpp"
#include "replay/import/trace_rows.hpp"

#include <algorithm>
#include <map>

namespace replay {
namespace {

constexpr auto records_max = std::size_t{1'000'000};
/// How the streaming API says which table a row is of
/// (learn.microsoft.com/defender-xdr/streaming-api).
constexpr auto streamed_category = std::string_view("AdvancedHunting-");

auto refusal(std::string why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, "not_taken", std::move(why)};
}

/// Collects the records of one file.
class collector {
public:
  collector(export_file& out, const read_options& how) : out_(out), how_(how) {}

  void keep_aside(std::size_t line, std::string why, std::string_view text) {
    out_.bad.push_back({out_.name, line, std::move(why), std::string(text)});
  }

  void add(std::string feed, std::string table, std::string raw, std::size_t line) {
    out_.items.push_back({std::move(feed), std::move(table), std::move(raw), out_.name, line});
  }

  /// A JSON value that ought to be a record.
  void take(std::string_view value, std::size_t line) {
    if (!is_object(value)) {
      keep_aside(line, "is no JSON object", value);
    } else if (const auto data = member_of(value, "AuditData")) {
      take_audit_data(is_object(*data) ? std::string(*data) : string_of(*data), line, value);
    } else if (const auto record = member_of(value, "record");
               record && is_object(*record) && member_of(value, "connector_type")) {
      take_record(*record, line, string_of(value, "feed"));
    } else if (const auto row = member_of(value, "properties");
               row && string_of(value, "category").starts_with(streamed_category)) {
      take_streamed(*row, line, string_of(value, "category").substr(streamed_category.size()));
    } else {
      take_record(value, line, "");
    }
  }

  void take_audit_data(const std::string& data, std::size_t line, std::string_view row) {
    auto record = record_in_audit_data(data);
    if (record) {
      take_record(*record, line, "");
    } else {
      keep_aside(line, record.error().why, row);
    }
  }

private:
  void take_streamed(std::string_view row, std::size_t line, const std::string& table) {
    const auto feed = feed_of_table(table);
    if (feed.empty()) {
      keep_aside(line, "is a row of " + table + ", which no feed reads", row);
    } else {
      add(std::string(feed), table, on_one_line(row), line);
    }
  }

  /// `said` is the feed that the export names, "" if it names none.
  void take_record(std::string_view record, std::size_t line, const std::string& said) {
    auto where = destination_of(record);
    const auto wanted = how_.feed.empty() ? said : how_.feed;
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
    auto trace = member_of(record, "receivedDateTime") && member_of(record, "id")
                     ? seams::result<std::string>(on_one_line(record))
                     : graph_trace(record);
    if (trace) {
      add(where.feed, "", std::move(*trace), line);
    } else {
      keep_aside(line, trace.error().why, record);
    }
  }

  export_file& out_;
  const read_options& how_;
};

auto only_array(std::string_view value, std::string_view name) -> std::optional<std::string_view> {
  const auto found = member_of(value, name);
  return found && is_array(*found) ? found : std::nullopt;
}

/// The list inside a page, with the name of such pages; nothing if `value` is no page.
struct json_page {
  std::string_view rows;
  std::string_view format;
};

auto page_in(std::string_view value) -> std::optional<json_page> {
  if (const auto rows = only_array(value, "value")) {
    return json_page{*rows, "Graph JSON page"};
  }
  if (const auto rows = only_array(value, "results")) {
    return json_page{*rows, "Advanced Hunting JSON"};
  }
  const auto verbose = member_of(value, "d");
  const auto rows = verbose ? only_array(*verbose, "results") : std::nullopt;
  return rows ? std::optional(json_page{*rows, "message trace report"}) : std::nullopt;
}

/// What an array or a run of lines is, by its first record.
auto list_format(std::string_view first, bool lines) -> std::string {
  if (member_of(first, "AuditData")) {
    return "audit search JSON";
  }
  if (member_of(first, "connector_type") && member_of(first, "record")) {
    return "records of offtenant";
  }
  if (string_of(first, "category").starts_with(streamed_category)) {
    return "Advanced Hunting, streamed";
  }
  const auto feed = destination_of(first).feed;
  if (is_audit_feed(feed)) {
    return lines ? "audit records, one a line" : "Management API blob";
  }
  return lines ? "records, one a line" : "JSON array of records";
}

void take_elements(std::string_view array, line_of_slice& lines, collector& into) {
  for (const auto one : elements_of(array)) {
    const auto line = lines(one);
    const auto page = is_object(one) ? page_in(one) : std::nullopt;
    if (!page) {
      into.take(one, line);
      continue;
    }
    for (const auto row : elements_of(page->rows)) {
      into.take(row, lines(row));
    }
  }
}

auto read_har(std::string_view text, const read_options& how, export_file& out)
    -> seams::result<void> {
  if (!how.har) {
    return refusal("is a HAR file, and its exchanges cannot be read here");
  }
  const auto bodies = how.har(text);
  if (!bodies) {
    return bodies.error();
  }
  out.format = "HAR";
  for (auto i = std::size_t{0}; i < bodies->size(); ++i) {
    auto inner = read_export(out.name, (*bodies)[i], {how.feed, {}});
    if (!inner) {
      out.bad.push_back(
          {out.name, i + 1, "answer " + std::to_string(i + 1) + " " + inner.error().why, ""});
      continue;
    }
    std::ranges::move(inner->items, std::back_inserter(out.items));
    std::ranges::move(inner->bad, std::back_inserter(out.bad));
  }
  return {};
}

auto read_whole_json(std::string_view text, const read_options& how, export_file& out)
    -> seams::result<void> {
  const auto log = is_object(text) ? member_of(text, "log") : std::nullopt;
  if (log && only_array(*log, "entries")) {
    return read_har(text, how, out);
  }
  auto lines = line_of_slice(text);
  auto into = collector(out, how);
  const auto value = trimmed(text);
  if (is_array(value)) {
    const auto all = elements_of(value);
    const auto page = all.empty() ? std::nullopt : page_in(all.front());
    out.format =
        page ? std::string(page->format) + "s" : list_format(all.empty() ? "" : all.front(), false);
    take_elements(value, lines, into);
  } else if (const auto page = page_in(value)) {
    out.format = page->format;
    take_elements(page->rows, lines, into);
  } else {
    out.format = list_format(value, true);
    into.take(value, lines(value));
  }
  return {};
}

auto read_json_lines(std::string_view text, const read_options& how, export_file& out)
    -> seams::result<void> {
  auto into = collector(out, how);
  auto line = std::size_t{0};
  while (!text.empty()) {
    ++line;
    const auto end = std::min(text.find('\n'), text.size());
    const auto one = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (one.empty()) {
      continue;
    }
    if (!is_json(one)) {
      into.keep_aside(line, "is no JSON", one);
      continue;
    }
    out.format = out.format.empty() ? list_format(one, true) : out.format;
    const auto page = is_object(one) ? page_in(one) : std::nullopt;
    for (const auto row : page ? elements_of(page->rows) : std::vector{one}) {
      into.take(row, line);
    }
  }
  return {};
}

/// One row of CSV as JSON, with dates in the service's form.
auto json_of_row(const std::vector<std::string>& header, const std::vector<std::string>& cells)
    -> std::string {
  auto out = std::string("{");
  for (auto i = std::size_t{0}; i < header.size(); ++i) {
    const auto at = header[i] == "Timestamp" ? parse_date(cells[i]) : std::nullopt;
    out += (i == 0 ? "" : ",") + quoted_json(header[i]) + ":" +
           quoted_json(at ? seams::to_rfc3339(*at) : cells[i]);
  }
  return out + "}";
}

using row_taker = std::function<void(const csv_row&)>;

auto position_of(const std::vector<std::string>& header, std::string_view name)
    -> std::optional<std::size_t> {
  const auto found = std::ranges::find_if(
      header, [&](const std::string& one) { return seams::equal_ignoring_case(one, name); });
  return found == header.end() ? std::nullopt
                               : std::optional(static_cast<std::size_t>(found - header.begin()));
}

auto one_line_text(const csv_row& row) -> std::string {
  auto out = std::string();
  for (const auto& cell : row.cells) {
    out += (out.empty() ? "" : ",") + cell;
  }
  return out;
}

void take_trace_row(const csv_table& table, const csv_row& row, collector& into) {
  auto trace = graph_trace([&](std::string_view name) {
    for (auto i = std::size_t{0}; i < table.header.size(); ++i) {
      auto plain = seams::lower_case(table.header[i]);
      std::erase_if(plain, [](char c) { return c == ' ' || c == '_' || c == '-'; });
      if (plain == name) {
        return row.cells[i];
      }
    }
    return std::string();
  });
  if (trace) {
    into.add("message_trace", "", std::move(*trace), row.line);
  } else {
    into.keep_aside(row.line, trace.error().why, one_line_text(row));
  }
}

/// What takes the rows of a table with such a header; empty if nothing does.
auto taker_for(const csv_table& table, collector& into, export_file& out) -> row_taker {
  if (const auto data = position_of(table.header, "AuditData")) {
    out.format = "audit search CSV";
    return [&into, at = *data](const csv_row& row) {
      into.take_audit_data(row.cells[at], row.line, one_line_text(row));
    };
  }
  if (is_trace_header(table.header)) {
    out.format = "message trace CSV";
    return [&](const csv_row& row) { take_trace_row(table, row, into); };
  }
  const auto hunted = hunting_table_of(table.header);
  if (hunted.empty()) {
    return {};
  }
  out.format = "Advanced Hunting CSV";
  return [&, hunted](const csv_row& row) {
    into.add(std::string(feed_of_table(hunted)),
             std::string(hunted),
             json_of_row(table.header, row.cells),
             row.line);
  };
}

auto some_names(const std::vector<std::string>& header) -> std::string {
  auto out = std::string();
  for (auto i = std::size_t{0}; i < std::min<std::size_t>(header.size(), 8); ++i) {
    out += (i == 0 ? "" : ", ") + header[i];
  }
  return out + (header.size() > 8 ? ", ..." : "");
}

auto read_csv_export(std::string_view text, const read_options& how, export_file& out)
    -> seams::result<void> {
  const auto table = read_csv(text);
  if (!table || table->header.size() < 2) {
    return refusal("is neither JSON nor CSV of a format that is taken" +
                   (table ? std::string() : ": " + table.error().why));
  }
  auto into = collector(out, how);
  const auto take = taker_for(*table, into, out);
  if (!take) {
    return refusal("is a table with the columns " + some_names(table->header) +
                   ", which are those of no export that is taken");
  }
  for (const auto& row : table->rows) {
    if (row.wrong.empty()) {
      take(row);
    } else {
      into.keep_aside(row.line, row.wrong, one_line_text(row));
    }
  }
  return {};
}

auto read_text(std::string_view text, const read_options& how, export_file& out)
    -> seams::result<void> {
  const auto body = trimmed(text);
  if (body.empty()) {
    return refusal("is empty");
  }
  if (body.front() != '{' && body.front() != '[') {
    return read_csv_export(text, how, out);
  }
  if (is_json(body)) {
    return read_whole_json(text, how, out);
  }
  if (body.front() == '[') {
    return refusal("begins as a JSON array and is none: it is cut, or damaged");
  }
  return read_json_lines(text, how, out);
}

} // namespace

auto taken_formats() -> std::string_view {
  return "  Advanced Hunting: CSV of the portal, JSON answers {\"results\": [...]}\n"
         "  audit search (Search-UnifiedAuditLog, Purview): CSV and JSON with AuditData\n"
         "  Graph JSON pages {\"value\": [...]}: alerts, incidents, sign-ins, directory audits, "
         "risks, message traces\n"
         "  Management Activity API blobs [...], and such records one a line\n"
         "  message trace: CSV, and JSON of the Reporting Web Service\n"
         "  offtenant records --format ndjson\n";
}

auto read_export(const std::string& name, std::string bytes, const read_options& how)
    -> seams::result<export_file> {
  const auto text = to_utf8(std::move(bytes));
  if (!text) {
    return text.error();
  }
  auto out = export_file();
  out.name = name;
  if (const auto read = read_text(*text, how, out); !read) {
    return read.error();
  }
  if (out.items.size() > records_max) {
    return refusal("has more than " + std::to_string(records_max) + " records");
  }
  if (out.items.empty()) {
    return refusal(out.bad.empty()
                       ? "has no record"
                       : "has no record that a feed serves: line " +
                             std::to_string(out.bad.front().line) + " " + out.bad.front().why);
  }
  return out;
}

} // namespace replay
