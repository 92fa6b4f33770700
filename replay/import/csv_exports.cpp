#include "replay/import/csv_exports.hpp"

#include "core/seams/letters.hpp"
#include "replay/import/collector.hpp"
#include "replay/import/csv.hpp"
#include "replay/import/dates.hpp"
#include "replay/import/json_text.hpp"
#include "replay/import/record_shapes.hpp"
#include "replay/import/trace_rows.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

namespace replay {
namespace {

auto table_refusal(std::string why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, "not_taken", std::move(why)};
}

using row_taker = std::function<void(const csv_row&)>;
using column_names = std::vector<std::string>;

/// One row of CSV as JSON, with dates in the service's form.
auto json_of_row(const column_names& header, const column_names& cells) -> std::string {
  auto out = std::string("{");
  for (auto i = std::size_t{0}; i < header.size(); ++i) {
    const auto at = header[i] == "Timestamp" ? parse_date(cells[i]) : std::nullopt;
    out += (i == 0 ? "" : ",") + quoted_json(header[i]) + ":" +
           quoted_json(at ? seams::to_rfc3339(*at) : cells[i]);
  }
  return out + "}";
}

auto position_of(const column_names& header, std::string_view name) -> std::optional<std::size_t> {
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

/// Takes message traces by where their columns stand.
class trace_taker {
public:
  explicit trace_taker(const column_names& header, collector& into) : into_(into) {
    for (auto i = std::size_t{0}; i < header.size(); ++i) {
      column_[plain_column_name(header[i])] = i;
    }
  }

  void operator()(const csv_row& row) const {
    auto trace = graph_trace([&](std::string_view name) {
      const auto found = column_.find(name);
      return found == column_.end() ? std::string() : row.cells[found->second];
    });
    if (trace) {
      into_.add("message_trace", "", std::move(*trace), row.line);
    } else {
      into_.keep_aside(row.line, trace.error().why, one_line_text(row));
    }
  }

private:
  collector& into_;
  std::map<std::string, std::size_t, std::less<>> column_;
};

/// What takes the rows of a table with such a header; empty if nothing does.
auto taker_for(const column_names& header, collector& into, export_file& out) -> row_taker {
  if (const auto data = position_of(header, "AuditData")) {
    out.format = "audit search CSV";
    return [&into, at = *data](const csv_row& row) {
      into.take_audit_data(row.cells[at], row.line, one_line_text(row));
    };
  }
  if (is_trace_header(header)) {
    out.format = "message trace CSV";
    return trace_taker(header, into);
  }
  const auto hunted = hunting_table_of(header);
  if (hunted.empty()) {
    return {};
  }
  out.format = "Advanced Hunting CSV";
  return [&, hunted](const csv_row& row) {
    into.add(std::string(feed_of_table(hunted)),
             std::string(hunted),
             json_of_row(header, row.cells),
             row.line);
  };
}

auto some_names(const column_names& header) -> std::string {
  auto out = std::string();
  for (auto i = std::size_t{0}; i < std::min<std::size_t>(header.size(), 8); ++i) {
    out += (i == 0 ? "" : ", ") + header[i];
  }
  return out + (header.size() > 8 ? ", ..." : "");
}

} // namespace

auto read_csv_export(std::string_view text, const std::string& feed, export_file& out)
    -> seams::result<void> {
  auto table = csv_reader(text);
  const auto& header = table.header();
  if (!header || header->size() < 2) {
    return table_refusal("is neither JSON nor CSV of a format that is taken" +
                         (header ? std::string() : ": " + header.error().why));
  }
  auto into = collector(out, feed);
  const auto take = taker_for(*header, into, out);
  if (!take) {
    return table_refusal("is a table with the columns " + some_names(*header) +
                         ", which are those of no export that is taken");
  }
  while (const auto row = table.next()) {
    if (row->wrong.empty()) {
      take(*row);
    } else {
      into.keep_aside(row->line, row->wrong, one_line_text(*row));
    }
  }
  return {};
}

} // namespace replay
