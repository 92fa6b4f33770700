#pragma once
// A store that tells an observer what it took, and remembers when there was news.
#include "core/connector/observer.hpp"

#include <map>
#include <optional>
#include <utility>

namespace core {

/// Passes everything on to `inner`; tells `watcher`, which may be null, of each commit that worked.
class watched_store final : public store {
public:
  watched_store(store& inner, observer* watcher) : inner_(inner), watcher_(watcher) {}

  auto apply(const commit& step) -> seams::result<commit_outcome> override {
    auto outcome = inner_.apply(step);
    if (outcome && outcome->stored + outcome->variants > 0) {
      last_news_[step.records.front().feed] = step.now;
    }
    if (outcome && outcome->variants > 0) {
      auto& untold = variants_[step.records.front().feed];
      untold.count += outcome->variants;
      untold.key = outcome->variant_key;
    }
    if (outcome && watcher_ != nullptr) {
      if (!step.records.empty() || !step.marks.empty() || step.cursor) {
        watcher_->on_commit(step, *outcome);
      }
      for (const auto& entry : step.health) {
        watcher_->on_health(entry);
      }
    }
    return outcome;
  }
  auto cursor(std::string_view feed) -> seams::result<std::optional<std::string>> override {
    return inner_.cursor(feed);
  }
  auto marked(std::string_view feed, const std::vector<std::string>& names)
      -> seams::result<std::vector<bool>> override {
    return inner_.marked(feed, names);
  }
  auto read(const record_query& wanted, const std::function<bool(const stored_record&)>& sink)
      -> seams::result<void> override {
    return inner_.read(wanted, sink);
  }
  auto health() -> seams::result<std::vector<health_entry>> override { return inner_.health(); }

  /// When a record was last stored that was new, in this life of the connector.
  [[nodiscard]] auto last_news(const std::string& feed) const -> std::optional<seams::instant> {
    const auto found = last_news_.find(feed);
    return found == last_news_.end() ? std::nullopt : std::optional(found->second);
  }

  /// Records that came again with another body under their Id, since this was last asked.
  struct variants {
    std::size_t count = 0;
    std::string key; ///< of the last of them
  };
  [[nodiscard]] auto take_variants(const std::string& feed) -> variants {
    return std::exchange(variants_[feed], {});
  }

private:
  store& inner_;
  observer* watcher_;
  std::map<std::string, seams::instant> last_news_;
  std::map<std::string, variants> variants_; ///< by feed
};

} // namespace core
