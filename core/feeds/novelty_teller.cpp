#include "core/feeds/novelty_teller.hpp"

#include <chrono>
#include <vector>

namespace core::feeds {
namespace {

constexpr auto told_for_good = std::chrono::days{3650};

auto code_for(const std::string& novelty) -> std::string {
  if (novelty.starts_with("record type")) {
    return "unknown_record_type";
  }
  return novelty.find(" is spelled ") != std::string::npos ? "unknown_value" : "unknown_shape";
}

} // namespace

auto novelty_teller::tell(const std::set<std::string>& found, commit& step) -> seams::result<void> {
  auto names = std::vector<std::string>();
  for (const auto& one : found) {
    if (!told_.contains(one)) {
      names.push_back("new " + one);
    }
  }
  if (names.empty()) {
    return {};
  }
  const auto known = records_.marked(feed_, names);
  if (!known) {
    return known.error();
  }
  for (auto i = std::size_t{0}; i < names.size(); ++i) {
    const auto what = names[i].substr(4);
    if ((*known)[i]) {
      told_.insert(what);
    } else {
      step.marks.push_back({names[i], step.now + told_for_good});
      step.health.push_back(
          {feed_, "schema_drift", code_for(what), "met for the first time: " + what, step.now});
    }
  }
  return {};
}

} // namespace core::feeds
