#include "replay/import/csv.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>

namespace replay {
namespace {

auto csv_refusal(std::string why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, "bad_csv", std::move(why)};
}

auto first_line(std::string_view text) -> std::string_view {
  return text.substr(0, text.find('\n'));
}

/// Counted outside quotes; the comma wins a draw.
auto separator_of(std::string_view line) -> char {
  auto best = ',';
  auto most = std::ptrdiff_t{0};
  for (const auto candidate : {',', ';', '\t'}) {
    auto quoted = false;
    auto count = std::ptrdiff_t{0};
    for (const auto c : line) {
      quoted = c == '"' ? !quoted : quoted;
      count += !quoted && c == candidate ? 1 : 0;
    }
    if (count > most) {
      most = count;
      best = candidate;
    }
  }
  return best;
}

/// Reads rows, one after the other.
class csv_reader {
public:
  csv_reader(std::string_view text, std::size_t line, char separator, const csv_bounds& within)
      : text_(text), line_(line), separator_(separator), within_(within) {}

  [[nodiscard]] auto at_end() const -> bool { return at_ >= text_.size(); }

  auto next() -> csv_row {
    auto row = csv_row();
    row.line = line_;
    auto more = true;
    while (more) {
      auto cell = std::string();
      more = take_cell(cell, row);
      if (row.cells.size() < within_.columns_max) {
        row.cells.push_back(std::move(cell));
      } else {
        row.wrong = "has more than " + std::to_string(within_.columns_max) + " cells";
      }
    }
    return row;
  }

private:
  void add(std::string& cell, char c, csv_row& row) const {
    if (cell.size() < within_.cell_bytes_max) {
      cell += c;
    } else {
      row.wrong = "has a cell of more than " + std::to_string(within_.cell_bytes_max) + " bytes";
    }
  }

  /// Whether another cell follows in the row.
  auto take_cell(std::string& cell, csv_row& row) -> bool {
    auto quoted = at_ < text_.size() && text_[at_] == '"';
    at_ += quoted ? 1 : 0;
    while (at_ < text_.size()) {
      const auto c = text_[at_++];
      line_ += c == '\n' ? 1 : 0;
      if (quoted && c == '"' && at_ < text_.size() && text_[at_] == '"') {
        add(cell, text_[at_++], row);
      } else if (quoted && c == '"') {
        quoted = false;
      } else if (!quoted && c == separator_) {
        return true;
      } else if (!quoted &&
                 (c == '\n' || (c == '\r' && at_ < text_.size() && text_[at_] == '\n'))) {
        at_ += c == '\r' ? 1 : 0;
        line_ += c == '\r' ? 1 : 0;
        return false;
      } else {
        add(cell, c, row);
      }
    }
    if (quoted) {
      row.wrong = "has a quote that does not end";
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_;
  char separator_;
  const csv_bounds& within_;
};

auto is_empty(const csv_row& row) -> bool {
  return row.cells.size() == 1 && row.cells.front().empty() && row.wrong.empty();
}

/// A line that a program wrote for a program, before the header.
auto is_preamble(std::string_view line) -> bool {
  return seams::lower_case(line.substr(0, 4)) == "sep=" || line.starts_with("#TYPE ");
}

} // namespace

auto read_csv(std::string_view text, const csv_bounds& within) -> seams::result<csv_table> {
  auto line = std::size_t{1};
  auto told = char{0};
  while (is_preamble(first_line(text))) {
    const auto preamble = first_line(text);
    told = preamble.size() > 4 && preamble[3] == '=' ? preamble[4] : told;
    text.remove_prefix(std::min(preamble.size() + 1, text.size()));
    ++line;
  }
  auto reader = csv_reader(text, line, told != 0 ? told : separator_of(first_line(text)), within);
  auto header = reader.next();
  if (is_empty(header) || !header.wrong.empty()) {
    return csv_refusal("its first line is no header" +
                       (header.wrong.empty() ? std::string() : ": it " + header.wrong));
  }
  auto out = csv_table();
  out.header = std::move(header.cells);
  while (!reader.at_end()) {
    auto row = reader.next();
    if (is_empty(row)) {
      continue;
    }
    if (out.rows.size() == within.rows_max) {
      return csv_refusal("it has more than " + std::to_string(within.rows_max) + " rows");
    }
    if (row.wrong.empty() && row.cells.size() != out.header.size()) {
      row.wrong = "has " + std::to_string(row.cells.size()) + " cells, and the header has " +
                  std::to_string(out.header.size());
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

} // namespace replay
