#include "core/clicks/click_reading.hpp"
#include "core/triage/reading/readers.hpp"
#include "core/triage/words.hpp"

namespace core::triage {

void read_click_record(const record& one, loose_facts& out) {
  auto said = clicks::read_click(one);
  if (!said) {
    return;
  }
  const auto what = object(one.raw);
  auto found = click_source();
  const auto id = what.text("Id");
  if (said->from == clicks::source::audit && !id.empty()) {
    // The audit feed may hold the very record that the clicks feed holds.
    said->key = "audit|" + id;
  }
  const auto row_address = what.text("IPAddress");
  found.address = row_address.empty() ? what.text("UserIp") : row_address;
  found.threat_known = judgement_of_threats(what.text("ThreatTypes"), "").has_value();
  found.said = std::move(*said);
  found.from = id_of(one);
  out.clicks.push_back(std::move(found));
}

} // namespace core::triage
