#pragma once
// What became visible where and when: written by the tenant as it happens, before any request
// sees it, and the only thing that may excuse a record the connector does not have.
#include "core/seams/digest.hpp"
#include "core/seams/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph {

/// Why a version can no longer be fetched.
enum class gone_reason { superseded, expired };

/// One version of one record as one feed shows it.
struct ledger_entry {
  std::string feed;    ///< "alerts", "safe_links", "audit_general", ...
  std::string key;     ///< natural identity within the feed
  std::string version; ///< `lastUpdateDateTime`, or "" where the feed has no revisions
  std::optional<seams::digest> bytes; ///< absent where the query decides what a row looks like
  /// The bytes of an earlier entry that this one repeats in another spelling: one of them is
  /// enough.
  std::optional<seams::digest> respells = std::nullopt;
  seams::instant visible_at;
  std::optional<seams::instant> gone_at;
  gone_reason why_gone = gone_reason::superseded;
  bool removal = false;    ///< says that the thing of that key is no more
  std::string source = {}; ///< where only the feed's second source has it: "audit"
  std::string scope = {};  ///< part of a feed with a permission of its own: a subscription
  std::string story;       ///< the cause: "click c1 (file.toml:31)"
};

class ledger {
public:
  /// Gives back the entry's place in `entries`.
  auto appeared(ledger_entry entry) -> std::size_t;
  /// What is at that place can no longer be fetched.
  void expired(std::size_t place, seams::instant at);
  /// The newest version of (feed, key), if any, is replaced at `at` by the next one.
  void superseded(std::string_view feed, std::string_view key, seams::instant at);
  /// A row went out on the wire in this form, less what must not be kept.
  void served(std::string_view raw_row);
  [[nodiscard]] auto was_served(const seams::digest& raw_row) const -> bool {
    return served_.contains(raw_row);
  }

  [[nodiscard]] auto entries() const -> const std::vector<ledger_entry>& { return entries_; }

private:
  std::vector<ledger_entry> entries_;
  std::map<std::string, std::size_t, std::less<>> newest_; ///< "feed\nkey" to index
  std::set<seams::digest> served_;
};

} // namespace mock_graph
