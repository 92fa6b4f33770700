#include "core/seams/choices.hpp"
#include "mock_graph/tenant/tenant.hpp"

#include <algorithm>

namespace mock_graph::tenant {
namespace {

/// Whether clicks end the same way for everybody as before.
auto same_ends(const click_parts& left, const click_parts& right) -> bool {
  return std::ranges::equal(left, right, [](const auto& a, const auto& b) {
    return a.has_value() == b.has_value() &&
           (!a || (a->outcome == b->outcome && a->known_threat == b->known_threat));
  });
}

auto name_of_click(const click_burst& burst, std::uint64_t n) -> std::string {
  return burst.id + "#" + std::to_string(n);
}

auto click_of(const click_burst& burst, const user& who) -> click {
  auto out = click();
  out.id = burst.id;
  out.user = who.name;
  out.url = burst.url;
  out.in = burst.in;
  return out;
}

} // namespace

auto click_run::id(std::uint64_t n) const -> std::string {
  return part(n)->what.id + "#" + std::to_string(n);
}

auto click_run::report_id(std::uint64_t n) const -> std::string {
  return seams::named_guid(seed, "click/" + id(n));
}

auto click_run::fact(std::uint64_t n) const -> click_fact {
  auto out = *part(n);
  out.at = times.at(n);
  out.what.id = id(n);
  out.report_id = report_id(n);
  return out;
}

void tenant::advance(instant now) {
  settle_bursts();
  time_.advance(now);
  flow_until(now);
}

void tenant::happen(instant at, const std::string& origin, const click_burst& what) {
  if (state_.users.empty() || what.count == 0) {
    return;
  }
  auto fresh = running_burst();
  fresh.what = what;
  fresh.origin = origin;
  fresh.times = spread(at, what.over, what.count);
  auto& burst = bursts_.emplace_back(std::move(fresh));
  look_at_state(burst);
  if (burst.blocks) {
    step(burst);
  } else {
    flow(burst, burst.times.until(at));
  }
}

void tenant::happen(instant at, const std::string& origin, const audit_burst& what) {
  if (state_.users.empty() || what.count == 0) {
    return;
  }
  auto& burst = audit_bursts_.emplace_back(audit_run{
      std::make_shared<const audit_burst>(what), spread(at, what.over, what.count), 0, 0, origin});
  flow(burst, burst.times.until(at));
}

void tenant::look_at_state(running_burst& burst) {
  if (burst.parts && burst.seen_state == changes_) {
    return;
  }
  burst.seen_state = changes_;
  auto parts = click_parts();
  for (const auto& who : state_.users) {
    parts.push_back(fact_of(burst.times.first, burst.origin, click_of(burst.what, who)));
  }
  burst.blocks = std::ranges::any_of(
      parts, [](const auto& part) { return part && part->outcome == click_outcome::blocked; });
  if (!burst.parts || !same_ends(*burst.parts, parts)) {
    burst.parts = std::make_shared<const click_parts>(std::move(parts));
  }
}

/// One click, at its moment; the next one follows in the same way as long as somebody is blocked.
void tenant::step(running_burst& burst) {
  burst.stepping = false;
  look_at_state(burst);
  if (!burst.blocks) {
    return;
  }
  const auto n = burst.next++;
  auto one = click_of(burst.what, state_.users[n % state_.users.size()]);
  one.id = name_of_click(burst.what, n);
  happen(burst.times.at(n), burst.origin, one);
  if (burst.next < burst.times.count) {
    burst.stepping = true;
    time_.at(burst.times.at(burst.next), [this, &burst](instant) { step(burst); });
  }
}

void tenant::settle_bursts() {
  for (auto& burst : bursts_) {
    if (burst.stepping || burst.next == burst.times.count) {
      continue;
    }
    look_at_state(burst);
    if (burst.blocks) {
      burst.stepping = true;
      time_.at(burst.times.at(burst.next), [this, &burst](instant) { step(burst); });
    }
  }
}

void tenant::flow_before(instant when) {
  for (auto& burst : bursts_) {
    flow(burst, burst.times.before(when));
  }
  for (auto& burst : audit_bursts_) {
    flow(burst, burst.times.before(when));
  }
}

void tenant::flow_until(instant when) {
  for (auto& burst : bursts_) {
    flow(burst, burst.times.until(when));
  }
  for (auto& burst : audit_bursts_) {
    flow(burst, burst.times.until(when));
  }
}

void tenant::flow(running_burst& burst, std::uint64_t to) {
  if (burst.stepping || burst.next >= to) {
    return;
  }
  const auto recorded =
      std::ranges::any_of(*burst.parts, [](const auto& part) { return part.has_value(); });
  const auto run = click_run{burst.times, burst.next, to, burst.parts, state_.seed};
  burst.next = to;
  for (auto* who : listeners_) {
    if (recorded) {
      who->on(run);
    }
  }
}

void tenant::flow(audit_run& burst, std::uint64_t to) {
  if (burst.to >= to) {
    return;
  }
  auto run = burst;
  run.from = burst.to;
  run.to = to;
  burst.to = to;
  for (auto* who : listeners_) {
    who->on(run);
  }
}

} // namespace mock_graph::tenant
