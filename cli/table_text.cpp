#include "cli/table_text.hpp"

#include <algorithm>

namespace cli {
namespace {

constexpr auto gap = std::size_t{2};

auto widths_of(const std::vector<table_row>& rows) -> std::vector<std::size_t> {
  auto out = std::vector<std::size_t>();
  for (const auto& row : rows) {
    out.resize(std::max(out.size(), row.size()));
    for (auto i = std::size_t{0}; i < row.size(); ++i) {
      out[i] = std::max(out[i], row[i].size());
    }
  }
  return out;
}

} // namespace

auto aligned(const std::vector<table_row>& rows) -> std::vector<std::string> {
  const auto widths = widths_of(rows);
  auto out = std::vector<std::string>();
  for (const auto& row : rows) {
    auto line = std::string();
    for (auto i = std::size_t{0}; i < row.size(); ++i) {
      line += row[i] + std::string(widths[i] - row[i].size() + gap, ' ');
    }
    line.resize(line.find_last_not_of(' ') + 1);
    out.push_back(std::move(line));
  }
  return out;
}

} // namespace cli
