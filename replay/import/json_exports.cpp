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

auto only_array(const json_members& inside, std::string_view name)
    -> std::optional<std::string_view> {
  const auto found = find_member(inside, name);
  return found && is_array(*found) ? found : std::nullopt;
}

/// The list inside a page, with the name of such pages; nothing if it is no page.
struct json_page {
  std::string_view rows;
  std::string_view format;
};

auto page_in(const json_members& value) -> std::optional<json_page> {
  if (const auto rows = only_array(value, "value")) {
    return json_page{*rows, "Graph JSON page"};
  }
  if (const auto rows = only_array(value, "results")) {
    return json_page{*rows, "Advanced Hunting JSON"};
  }
  const auto verbose = find_member(value, "d");
  const auto rows = verbose ? only_array(members_of(*verbose), "results") : std::nullopt;
  return rows ? std::optional(json_page{*rows, "message trace report"}) : std::nullopt;
}

/// What an array or a run of lines is, by its first record.
auto list_format(const json_members& first, bool lines) -> std::string {
  if (find_member(first, "AuditData")) {
    return "audit search JSON";
  }
  if (find_member(first, "connector_type") && find_member(first, "record")) {
    return "records of offtenant";
  }
  if (string_of(find_member(first, "category").value_or("")).starts_with(streamed_category)) {
    return "Advanced Hunting, streamed";
  }
  const auto feed = destination_of(first).feed;
  if (is_audit_feed(feed)) {
    return lines ? "audit records, one a line" : "Management API blob";
  }
  return lines ? "records, one a line" : "JSON array of records";
}

void take_rows(const json_page& page, line_of_slice& lines, collector& into) {
  for (const auto row : elements_of(page.rows)) {
    into.take(row, members_of(row), lines(row));
  }
}

void take_elements(std::string_view array, line_of_slice& lines, collector& into) {
  for (const auto one : elements_of(array)) {
    const auto inside = members_of(one);
    const auto line = lines(one);
    if (const auto page = page_in(inside)) {
      take_rows(*page, lines, into);
    } else {
      into.take(one, inside, line);
    }
  }
}

auto format_of_array(std::string_view array) -> std::string {
  const auto all = elements_of(array);
  const auto first = members_of(all.empty() ? "" : all.front());
  const auto page = page_in(first);
  return page ? std::string(page->format) + "s" : list_format(first, false);
}

void read_whole_json(std::string_view text, const std::string& feed, export_file& out) {
  auto lines = line_of_slice(text);
  auto into = collector(out, feed);
  const auto value = trimmed(text);
  const auto inside = members_of(value);
  if (is_array(value)) {
    out.format = format_of_array(value);
    take_elements(value, lines, into);
  } else if (const auto page = page_in(inside)) {
    out.format = page->format;
    take_rows(*page, lines, into);
  } else {
    out.format = list_format(inside, true);
    into.take(value, inside, lines(value));
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
    const auto inside = members_of(*one);
    out.format = out.format.empty() ? list_format(inside, true) : out.format;
    const auto page = page_in(inside);
    auto lines = line_of_slice(*one);
    for (const auto row : page ? elements_of(page->rows) : std::vector{*one}) {
      into.take(row, page ? members_of(row) : inside, values.line() + lines(row) - 1);
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
