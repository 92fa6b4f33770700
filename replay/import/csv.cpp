#include "replay/import/csv.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>
#include <set>

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

auto is_empty(const csv_row& row) -> bool {
  return row.cells.size() == 1 && row.cells.front().empty() && row.wrong.empty();
}

/// A line that a program wrote for a program, before the header.
auto is_preamble(std::string_view line) -> bool {
  return seams::lower_case(line.substr(0, 4)) == "sep=" || line.starts_with("#TYPE ");
}

/// A name that stands twice, whatever its case; "" if none does. Columns without a name are not
/// asked for.
auto repeated_name(const std::vector<std::string>& names) -> std::string {
  auto seen = std::set<std::string>();
  const auto found = std::ranges::find_if(names, [&](const std::string& one) {
    return !one.empty() && !seen.insert(seams::lower_case(one)).second;
  });
  return found == names.end() ? std::string() : *found;
}

auto header_in(csv_row first) -> seams::result<std::vector<std::string>> {
  if (is_empty(first)) {
    return csv_refusal("its first line is no header");
  }
  if (!first.wrong.empty()) {
    return csv_refusal("its first line is no header: it " + first.wrong);
  }
  if (const auto twice = repeated_name(first.cells); !twice.empty()) {
    return csv_refusal("two columns have the name " + twice);
  }
  return std::move(first.cells);
}

} // namespace

csv_reader::csv_reader(std::string_view text, const csv_bounds& within)
    : text_(text), within_(within), header_(csv_refusal("not read yet")) {
  skip_preamble();
  header_ = header_in(take_row());
}

auto csv_reader::header() const -> const seams::result<std::vector<std::string>>& {
  return header_;
}

void csv_reader::skip_preamble() {
  auto told = char{0};
  while (is_preamble(first_line(text_))) {
    const auto preamble = first_line(text_);
    told = preamble.size() > 4 && preamble[3] == '=' ? preamble[4] : told;
    text_.remove_prefix(std::min(preamble.size() + 1, text_.size()));
    ++line_;
  }
  separator_ = told != 0 && told != '\r' ? told : separator_of(first_line(text_));
}

auto csv_reader::next() -> std::optional<csv_row> {
  while (header_ && at_ < text_.size()) {
    auto row = take_row();
    if (is_empty(row)) {
      continue;
    }
    if (row.wrong.empty() && row.cells.size() != header_->size()) {
      row.wrong = "has " + std::to_string(row.cells.size()) + " cells, and the header has " +
                  std::to_string(header_->size());
    }
    return row;
  }
  return std::nullopt;
}

auto csv_reader::take_row() -> csv_row {
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

void csv_reader::add(std::string& cell, std::string_view part, csv_row& row) const {
  const auto room = within_.cell_bytes_max - cell.size();
  cell += part.substr(0, room);
  if (part.size() > room) {
    row.wrong = "has a cell of more than " + std::to_string(within_.cell_bytes_max) + " bytes";
  }
}

/// Whether another cell follows in the row.
auto csv_reader::take_cell(std::string& cell, csv_row& row) -> bool {
  const char in_quotes[] = {'"', '\n'};
  const char outside[] = {separator_, '\n'};
  auto quoted = at_ < text_.size() && text_[at_] == '"';
  at_ += quoted ? 1 : 0;
  while (at_ < text_.size()) {
    const auto* const stops = quoted ? in_quotes : outside;
    const auto end = std::min(text_.find_first_of({stops, 2}, at_), text_.size());
    const auto stop = end < text_.size() ? text_[end] : '\0';
    auto part = text_.substr(at_, end - at_);
    at_ = std::min(end + 1, text_.size());
    line_ += stop == '\n' ? 1 : 0;
    if (!quoted) {
      part.remove_suffix(stop == '\n' && part.ends_with('\r') ? 1 : 0);
      add(cell, part, row);
      return stop == separator_;
    }
    add(cell, part, row);
    if (stop == '\n') {
      add(cell, "\n", row);
    } else if (stop == '"' && at_ < text_.size() && text_[at_] == '"') {
      add(cell, "\"", row);
      ++at_;
    } else if (stop == '"') {
      quoted = false;
    }
  }
  if (quoted) {
    row.wrong = "has a quote that does not end";
  }
  return false;
}

} // namespace replay
