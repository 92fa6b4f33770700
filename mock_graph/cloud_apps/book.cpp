#include "mock_graph/cloud_apps/book.hpp"

namespace mock_graph::cloud_apps {

void cloud_app_book::on(const tenant::event& what) {
  if (const auto* alert = std::get_if<tenant::cloud_app_alert>(&what.what)) {
    step(what.at, what.origin, *alert, 0);
  } else if (const auto* activity = std::get_if<tenant::cloud_app_activity>(&what.what)) {
    step(what.at, what.origin, *activity, 0);
  }
}

template <class event>
void cloud_app_book::step(seams::instant at,
                          const std::string& origin,
                          const event& what,
                          std::uint64_t n) {
  auto one = what;
  if (what.count > 1) {
    one.id = what.id + "#" + std::to_string(n);
  }
  happen(at, origin, one);
  if (n + 1 < what.count) {
    const auto gap = what.over / static_cast<std::int64_t>(what.count);
    tenant_.later().at(at + gap, [this, origin, what, n](seams::instant next) {
      step(next, origin, what, n + 1);
    });
  }
}

void cloud_app_book::happen(seams::instant at,
                            const std::string& origin,
                            const tenant::cloud_app_alert& what) {
  const auto delay = what.visible_after.value_or(tenant_.state().delays.cloud_apps);
  keep(alerts_,
       alert_document(tenant_, at, what),
       at + delay,
       "cloud app alert " + what.id + " (" + origin + ")");
}

void cloud_app_book::happen(seams::instant at,
                            const std::string& origin,
                            const tenant::cloud_app_activity& what) {
  const auto saved = at + what.visible_after.value_or(tenant_.state().delays.cloud_apps);
  keep(activities_,
       activity_document(tenant_, at, saved, what),
       saved,
       "cloud app activity " + what.id + " (" + origin + ")");
}

void cloud_app_book::keep(std::deque<item>& where,
                          nlohmann::ordered_json document,
                          seams::instant visible_at,
                          std::string story) {
  auto entry = ledger_entry();
  entry.feed = "cloud_apps";
  entry.key = document["_id"].get<std::string>();
  auto raw = document.dump();
  entry.bytes = seams::sha256(raw);
  entry.visible_at = visible_at;
  entry.story = std::move(story);
  ledger_.appeared(std::move(entry));
  where.push_back({visible_at, std::move(raw), nlohmann::json(document)});
}

} // namespace mock_graph::cloud_apps
