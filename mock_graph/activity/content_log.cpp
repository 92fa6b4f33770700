#include "mock_graph/activity/content_log.hpp"

#include "core/seams/choices.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/ledger/secret_cuts.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

namespace mock_graph::activity {
namespace {

/// Documented: 7 days after it was announced (management-activity-api sheet, 6).
constexpr auto retention = std::chrono::days{7};

/// Safe Links clicks are also records of the feed "safe_links".
constexpr auto click_record_type = 41;

/// "<yyyyMMddHHmmss + 9 digits>", the stamp inside a contentId.
auto stamp(seams::instant at) -> std::string {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const auto date = std::chrono::year_month_day{day};
  const auto time = std::chrono::hh_mm_ss{at - day};
  auto text = std::array<char, 48>{};
  const auto length = std::snprintf(text.data(),
                                    text.size(),
                                    "%04d%02u%02u%02d%02d%02d%07d00",
                                    static_cast<int>(date.year()),
                                    static_cast<unsigned>(date.month()),
                                    static_cast<unsigned>(date.day()),
                                    static_cast<int>(time.hours().count()),
                                    static_cast<int>(time.minutes().count()),
                                    static_cast<int>(time.seconds().count()),
                                    static_cast<int>(time.subseconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

auto with_underscore(std::string_view content_type) -> std::string {
  auto out = std::string(content_type);
  std::ranges::replace(out, '.', '_');
  return out;
}

constexpr auto restart_grace = std::chrono::hours{1};

/// What the ledger knows of records of a burst: their digests are kept, the rest is told anew.
class made_entries final : public ledger_run {
public:
  made_entries(const made_records& some, const blob& home, seams::instant gone_at, bool digests)
      : some_(some), home_(home), feed_(feed_of(home.content_type)), gone_at_(gone_at) {
    for (auto n = some.from; digests && n < some.to; ++n) {
      digests_.push_back(seams::sha256(without_secrets(some.by->raw(n))));
    }
  }

  [[nodiscard]] auto feed() const -> std::string_view override { return feed_; }
  [[nodiscard]] auto last_visible() const -> seams::instant override { return home_.listed_at; }
  void visit(const std::function<void(const ledger_entry&)>& sink) const override {
    for (auto n = some_.from; n < some_.to; ++n) {
      auto entry = ledger_entry();
      entry.feed = feed_;
      entry.key = some_.by->id(n);
      if (!digests_.empty()) {
        entry.bytes = digests_[static_cast<std::size_t>(n - some_.from)];
      }
      entry.visible_at = home_.listed_at;
      entry.gone_at = home_.cut_off ? home_.listed_at : gone_at_;
      entry.why_gone = gone_reason::expired;
      entry.story = some_.by->story(n) + ", blob " + home_.id;
      entry.blob = home_.id;
      sink(entry);
    }
  }

private:
  made_records some_;
  const blob& home_;
  std::string feed_;
  seams::instant gone_at_;
  std::vector<seams::digest> digests_;
};

} // namespace

auto blob::body() const -> std::string {
  auto out = std::string("[");
  for (const auto& record : records) {
    out += (out.size() > 1 ? "," : "") + record;
  }
  for (const auto& some : made) {
    for (auto n = some.from; n < some.to; ++n) {
      out += (out.size() > 1 ? "," : "") + some.by->raw(n);
    }
  }
  return out + "]";
}

auto content_types() -> const std::vector<std::string>& {
  static const auto types = std::vector<std::string>{"Audit.AzureActiveDirectory",
                                                     "Audit.Exchange",
                                                     "Audit.SharePoint",
                                                     "Audit.General",
                                                     "DLP.All"};
  return types;
}

auto feed_of(std::string_view content_type) -> std::string {
  if (content_type == "Audit.AzureActiveDirectory") {
    return "audit_entra";
  }
  return content_type == "DLP.All" ? "dlp" : seams::lower_case(with_underscore(content_type));
}

void content_log::add(const audit_item& item, seams::instant arrives, seams::duration late) {
  const auto minute = std::chrono::ceil<std::chrono::minutes>(arrives);
  auto& home = blob_for(item.content_type, item.refusal, minute, minute + late);
  home.records.push_back(item.raw);
  auto entry = ledger_entry();
  entry.feed = feed_of(item.content_type);
  entry.bytes = seams::sha256(without_secrets(item.raw));
  entry.respells = item.respells;
  entry.key = item.id.empty() ? seams::to_hex(*entry.bytes) : item.id;
  entry.visible_at = home.listed_at;
  const auto lost = unreadable(home) || !item.refusal.empty();
  entry.gone_at = lost ? home.listed_at : home.expires;
  entry.why_gone = gone_reason::expired;
  entry.story = item.story + ", blob " + home.id;
  entry.blob = home.id;
  if (item.record_type == click_record_type) {
    auto click = entry;
    click.feed = "safe_links";
    click.source = "audit";
    click.key = "audit|" + click.key;
    ledger_.appeared(std::move(click));
  }
  home.entries.push_back(ledger_.appeared(std::move(entry)));
}

void content_log::add(const std::string& content_type,
                      const made_records& some,
                      seams::instant arrives,
                      seams::duration late) {
  const auto minute = std::chrono::ceil<std::chrono::minutes>(arrives);
  auto& home = blob_for(content_type, {}, minute, minute + late);
  home.made.push_back(some);
  const auto gone_at = unreadable(home) ? home.listed_at : home.expires;
  ledger_.appeared(std::make_shared<const made_entries>(some, home, gone_at, digests_));
}

auto content_log::blob_for(const std::string& content_type,
                           const std::string& refusal,
                           seams::instant created,
                           seams::instant listed) -> blob& {
  auto& there = by_minute_[{content_type, created}];
  const auto found = std::ranges::find_if(
      there, [&](const blob* one) { return one->listed_at == listed && one->refusal == refusal; });
  if (found != there.end()) {
    return **found;
  }
  const auto exact = created + std::chrono::milliseconds{there.size()};
  auto fresh = blob();
  fresh.content_type = content_type;
  fresh.id = stamp(exact) + "$" + stamp(exact) + "$" +
             seams::lower_case(with_underscore(content_type)) + "$" +
             with_underscore(content_type) + "$emea0036";
  fresh.created = exact;
  fresh.listed_at = listed;
  fresh.expires = exact + retention;
  fresh.refusal = refusal;
  auto& kept = blobs_.emplace_back(std::move(fresh));
  there.push_back(&kept);
  by_id_[kept.id] = &kept;
  return kept;
}

auto content_log::list(std::string_view content_type,
                       seams::instant from,
                       seams::instant to,
                       seams::instant as_of) const -> std::vector<const blob*> {
  auto out = std::vector<const blob*>();
  const auto type = std::string(content_type);
  auto it = by_minute_.lower_bound({type, std::chrono::floor<std::chrono::minutes>(from)});
  for (; it != by_minute_.end() && it->first.first == type && it->first.second < to; ++it) {
    for (const auto* what : it->second) {
      if (what->created >= from && what->created < to && what->listed_at <= as_of &&
          !unreadable(*what)) {
        out.push_back(what);
      }
    }
  }
  return out;
}

auto content_log::find(const std::string& blob_id) const -> const blob* {
  const auto found = by_id_.find(blob_id);
  return found == by_id_.end() ? nullptr : found->second;
}

void content_log::disabled(std::string_view content_type, seams::instant from) {
  auto& spans = off_[std::string(content_type)];
  if (spans.empty() || spans.back().to != seams::instant::max()) {
    spans.push_back({from, seams::instant::max()});
  }
}

void content_log::enabled(std::string_view content_type, seams::instant at) {
  auto& spans = off_[std::string(content_type)];
  if (spans.empty() || spans.back().to != seams::instant::max()) {
    return;
  }
  spans.back().to = at;
  const auto from = spans.back().from;
  for (auto& one : blobs_) {
    const auto within = from <= one.created && one.created < std::min(at, from + restart_grace);
    if (one.content_type == content_type && within) {
      one.cut_off = true;
      for (const auto place : one.entries) {
        ledger_.expired(place, one.listed_at);
      }
    }
  }
}

auto content_log::is_disabled(std::string_view content_type) const -> bool {
  const auto found = off_.find(content_type);
  return found != off_.end() && !found->second.empty() &&
         found->second.back().to == seams::instant::max();
}

auto content_log::unreadable(const blob& what) const -> bool {
  const auto found = off_.find(what.content_type);
  return found != off_.end() && std::ranges::any_of(found->second, [&](const span& s) {
           return s.from <= what.created && what.created < s.to;
         });
}

} // namespace mock_graph::activity
