#include "scenarios/model/readers.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

const auto truths = std::vector<std::string>{"attack", "harmless", "undecidable"};

auto read_label(table_reader& read) -> label {
  auto out = label();
  out.origin = read.origin();
  const auto word = read.word("truth", truths, need::required).value_or(truths.front());
  out.what = static_cast<truth>(std::ranges::find(truths, word) - truths.begin());
  out.where = read_conditions(read);
  out.within = read.span("within");
  out.text = "label " + word + describe(out.where);
  read.finish();
  return out;
}

} // namespace

void read_labels(table_reader& top, scenario& out) {
  for (const auto* table : top.tables("label")) {
    auto read = table_reader(top.shared(), *table, "label");
    out.labels.push_back(read_label(read));
  }
}

} // namespace scenarios::model
