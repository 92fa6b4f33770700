#include "replay/import/json_exports.hpp"

#include "replay/import/collector.hpp"
#include "replay/import/json_text.hpp"
#include "replay/import/record_shapes.hpp"

#include <algorithm>
#include <optional>

namespace replay {
namespace {

auto cut_json() -> seams::failure {
  return {seams::reaction::stop_and_diagnose,
          "not_taken",
          "begins as JSON and is none: it is cut, damaged, or nested more than 64 deep"};
}

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

void read_whole_json(std::string_view text, const std::string& feed, export_file& out) {
  auto lines = line_of_slice(text);
  auto into = collector(out, feed);
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
}

/// Takes values that stand one after the other: one a line, or over several lines each.
class value_sequence {
public:
  explicit value_sequence(std::string_view text) : rest_(text) {}

  /// The next value, or the next line if none begins there. Nothing at the end.
  auto next() -> std::optional<std::string_view> {
    line_ += lines_in_last_;
    const auto blank = rest_.size() - left_trimmed(rest_).size();
    line_ += count_lines(rest_.substr(0, blank));
    rest_.remove_prefix(blank);
    if (rest_.empty()) {
      return std::nullopt;
    }
    auto out = rest_.substr(0, rest_.find('\n'));
    is_json_ = is_json(trimmed(out));
    if (!is_json_ && tries_left_ > 0) {
      --tries_left_;
      const auto longer = first_value(rest_);
      is_json_ = is_json(longer);
      tries_left_ += is_json_ ? 1 : 0;
      out = is_json_ ? longer : is_line_alone(out) ? out : rest_;
    }
    lines_in_last_ = count_lines(out);
    rest_.remove_prefix(out.size());
    return trimmed(out);
  }

  [[nodiscard]] auto line() const -> std::size_t { return line_; }
  [[nodiscard]] auto last_is_json() const -> bool { return is_json_; }

private:
  /// Whether only this line is damaged, and not what it begins: behind it another value begins.
  [[nodiscard]] auto is_line_alone(std::string_view line) const -> bool {
    return !(is_object(line) || is_array(line)) || is_object(rest_.substr(line.size()));
  }

  static auto count_lines(std::string_view text) -> std::size_t {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
  }

  std::string_view rest_;
  std::size_t line_ = 1;
  std::size_t lines_in_last_ = 0;
  bool is_json_ = false;
  /// A value that does not end is looked for to the end of the file: not behind each of its lines.
  int tries_left_ = 16;
};

auto read_json_sequence(std::string_view text, const std::string& feed, export_file& out)
    -> seams::result<void> {
  auto into = collector(out, feed);
  auto values = value_sequence(text);
  auto any = false;
  while (const auto one = values.next()) {
    if (!values.last_is_json()) {
      into.keep_aside(values.line(), "is no JSON", *one);
      continue;
    }
    any = true;
    out.format = out.format.empty() ? list_format(*one, true) : out.format;
    const auto page = is_object(*one) ? page_in(*one) : std::nullopt;
    auto lines = line_of_slice(*one);
    for (const auto row : page ? elements_of(page->rows) : std::vector{*one}) {
      into.take(row, values.line() + lines(row) - 1);
    }
  }
  return any ? seams::result<void>() : cut_json();
}

} // namespace

auto read_json_export(std::string_view text, const std::string& feed, export_file& out)
    -> seams::result<void> {
  const auto body = trimmed(text);
  if (is_json(body)) {
    read_whole_json(text, feed, out);
    return {};
  }
  return body.front() == '[' ? cut_json() : read_json_sequence(text, feed, out);
}

} // namespace replay
