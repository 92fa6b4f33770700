#include "core/ocsf/normalize.hpp"

#include "core/feeds/audit_shapes.hpp"
#include "core/ocsf/catalogue.hpp"
#include "core/ocsf/document.hpp"
#include "core/ocsf/draft.hpp"
#include "core/ocsf/envelope.hpp"
#include "core/ocsf/finish.hpp"
#include "core/ocsf/odd_values.hpp"

namespace core::ocsf {
namespace {

using nlohmann::json;

auto no_event(std::string why) -> outcome {
  auto out = outcome();
  out.unknown = std::move(why);
  return out;
}

/// A list of a record may name many people; more events than that is no record any more.
constexpr auto events_most = std::size_t{1000};

auto build(const source& from, const json& record, std::string_view raw, const context& around)
    -> outcome {
  auto out = outcome();
  auto times = std::size_t{1};
  for (auto nth = std::size_t{0}; nth < std::min(times, events_most); ++nth) {
    auto one = draft(record, around, nth);
    one.map(from.fields);
    if (auto why = from.shape(one)) {
      return no_event(std::move(*why));
    }
    times = one.times();
    auto event = one.finish(from, raw);
    if (!event.contains("time")) {
      return no_event("a record without a time that can be read");
    }
    if (const auto lacks = missing_from(event); !lacks.empty()) {
      return no_event("a record without what " + lacks + " needs");
    }
    out.events.push_back(std::move(event));
    if (nth == 0) {
      out.drift = one.drift();
    }
  }
  return out;
}

void note_type(std::string_view raw, outcome& into) {
  auto novelties = std::set<std::string>();
  feeds::note_novelties(raw, novelties);
  into.drift.insert(into.drift.end(), novelties.begin(), novelties.end());
}

} // namespace

auto normalize(std::string_view feed, std::string_view record, const context& around) -> outcome {
  auto read = read_document(record);
  if (!read) {
    return no_event("no JSON: " + read.error().why);
  }
  if (!read->is_object()) {
    return no_event("no record: it is no JSON object");
  }
  const auto inside = open_envelope(std::move(*read));
  const auto named = inside.feed.empty() ? std::string(feed) : inside.feed;
  const auto* from = source_of(named, record_view(inside.record));
  if (from == nullptr) {
    return no_event("no record that feed " + named + " is known to hold");
  }
  auto here = around;
  if (!inside.tenant.empty()) {
    here.tenant_id = inside.tenant;
  }
  auto out = build(*from, inside.record, record, here);
  if (is_audit_feed(named)) {
    note_type(record, out);
  }
  return out;
}

} // namespace core::ocsf
