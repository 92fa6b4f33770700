#include "replay/import/read_export.hpp"

#include "replay/import/csv_exports.hpp"
#include "replay/import/json_exports.hpp"
#include "replay/import/json_text.hpp"
#include "replay/import/looks.hpp"
#include "replay/import/recordings.hpp"
#include "replay/import/text_encoding.hpp"

#include <charconv>

namespace replay {
namespace {

constexpr auto records_max = std::size_t{5'000'000};

auto refusal(std::string why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, "not_taken", std::move(why)};
}

/// Text of any export but a recording.
auto read_text(std::string_view text, const std::string& feed, export_file& out)
    -> seams::result<void> {
  const auto body = trimmed(text);
  if (body.empty()) {
    return refusal("is empty");
  }
  if (const auto look = what_it_looks_like(body); !look.empty()) {
    return refusal(std::string(look));
  }
  return body.front() == '{' || body.front() == '[' ? read_json_export(text, feed, out)
                                                    : read_csv_export(text, feed, out);
}

/// An answer is an export of its own; its rows bear the number of their exchange.
void read_answer(const recorded_answer& from, const std::string& feed, export_file& out) {
  auto inner = export_file();
  inner.name = out.name;
  const auto text = to_utf8(from.body);
  const auto read = text ? read_text(*text, feed.empty() ? from.feed : feed, inner)
                         : seams::result<void>(text.error());
  if (!read) {
    out.bad.push_back({out.name, from.exchange, "its answer " + read.error().why, from.asked});
    return;
  }
  for (auto& one : inner.items) {
    one.line = from.exchange;
    out.items.push_back(std::move(one));
  }
  for (auto& one : inner.bad) {
    one.line = from.exchange;
    out.bad.push_back(std::move(one));
  }
}

/// "export.har:12:5: the answer's body ..." names its line.
auto row_of_missing(const std::string& said, const std::string& name) -> bad_row {
  auto out = bad_row{name, 0, said, ""};
  const auto rest = said.starts_with(name + ":") ? said.substr(name.size() + 1) : "";
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), out.line);
  const auto words = rest.find(": ");
  if (read.ec == std::errc() && words != std::string::npos) {
    out.why = rest.substr(words + 2);
  }
  return out;
}

auto read_recorded(std::string_view text, const read_options& how, export_file& out)
    -> seams::result<void> {
  const auto taken = read_recording(text, out.name, how.bodies);
  if (!taken) {
    return refusal("is a recording that cannot be read: " + taken.error().why);
  }
  out.format = taken->format;
  out.others = taken->others;
  for (const auto& one : taken->missing) {
    out.bad.push_back(row_of_missing(one, out.name));
  }
  for (const auto& one : taken->answers) {
    read_answer(one, how.feed, out);
  }
  return {};
}

} // namespace

auto taken_formats() -> std::string_view {
  return "  HAR files, cassettes of `offtenant record`, mocks of Dev Proxy: what they answer\n"
         "  Advanced Hunting: CSV of the portal, JSON answers {\"results\": [...]}\n"
         "  audit search (Search-UnifiedAuditLog, Purview): CSV and JSON with AuditData\n"
         "  Graph JSON: pages {\"value\": [...]}, arrays, single objects, one a line; of alerts, "
         "incidents, sign-ins,\n"
         "    directory audits, risks, message traces, users, groups, devices\n"
         "  Management Activity API blobs [...], and such records one a line\n"
         "  message trace: CSV, and JSON of the Reporting Web Service\n"
         "  offtenant records --format ndjson\n";
}

auto read_export(const std::string& name, std::string bytes, const read_options& how)
    -> seams::result<export_file> {
  if (const auto look = what_it_looks_like(bytes); !look.empty()) {
    return refusal(std::string(look));
  }
  const auto text = to_utf8(std::move(bytes));
  if (!text) {
    return text.error();
  }
  auto out = export_file();
  out.name = name;
  const auto read = looks_like_recording(*text) ? read_recorded(*text, how, out)
                                                : read_text(*text, how.feed, out);
  if (!read) {
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
