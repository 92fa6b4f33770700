#include "scenarios/run/ocsf_validity.hpp"

#include "core/json/check.hpp"
#include "core/json/slice.hpp"
#include "core/ocsf/validate.hpp"

#include <map>

namespace scenarios::run {
namespace {

auto is_object(const std::string& raw) -> bool {
  return core::json::check(raw).has_value() &&
         core::json::kind_of(core::json::body(raw)) == core::json::kind::object;
}

/// What is wrong with the events of one record, "" for nothing.
auto complaint(const core::stored_record& one, bool from_files, const normalizer& normalize)
    -> std::string {
  auto around = core::ocsf::context();
  around.received_at = one.received_at;
  around.key = one.what.key;
  around.version = one.what.version;
  const auto made = normalize(one.what.feed, one.what.raw, around);
  if (made.events.empty()) {
    return from_files ? "" : "unknown: " + made.unknown;
  }
  auto out = std::string();
  for (const auto& event : made.events) {
    out += core::ocsf::to_text(core::ocsf::validate(event));
  }
  return out;
}

} // namespace

auto invalid_events(const stored_records& stored,
                    std::size_t looked_at_most,
                    bool from_files,
                    const normalizer& normalize) -> std::vector<std::string> {
  auto counts = std::map<std::string, std::size_t>();
  stored({}, [&](const core::stored_record& one) { ++counts[one.what.feed]; });
  auto seen = std::map<std::string, std::size_t>();
  auto out = std::vector<std::string>();
  stored({}, [&](const core::stored_record& one) {
    const auto stride = 1 + counts[one.what.feed] / looked_at_most;
    if (seen[one.what.feed]++ % stride != 0 || !is_object(one.what.raw)) {
      return;
    }
    const auto wrong = complaint(one, from_files, normalize);
    if (!wrong.empty()) {
      out.push_back(one.what.feed + " " + one.what.key + ": " + wrong);
    }
  });
  return out;
}

} // namespace scenarios::run
