#pragma once
// What became visible where and when: written by the tenant as it happens, before any request
// sees it, and the only thing that may excuse a record the connector does not have.
#include "core/seams/digest.hpp"
#include "core/seams/time.hpp"
#include "mock_graph/ledger/fingerprint.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
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
  std::string blob = {};   ///< content id of the blob that holds it, in the Management API
};

/// Entries of one burst of records, each told when it is asked for, the same each time. What
/// cannot be told again later, the digests of bytes that were shown, is kept.
class ledger_run {
public:
  virtual ~ledger_run() = default;
  [[nodiscard]] virtual auto feed() const -> std::string_view = 0;
  virtual void visit(const std::function<void(const ledger_entry&)>& sink) const = 0;
  /// The latest `visible_at` of its entries.
  [[nodiscard]] virtual auto last_visible() const -> seams::instant = 0;
};

class ledger {
public:
  /// Gives back the entry's place in `entries`.
  auto appeared(ledger_entry entry) -> std::size_t;
  /// A whole run of entries, of which none is ever superseded. It may grow afterwards.
  void appeared(std::shared_ptr<const ledger_run> run) { runs_.push_back(std::move(run)); }
  /// What is at that place can no longer be fetched.
  void expired(std::size_t place, seams::instant at);
  /// The newest version of (feed, key), if any, is replaced at `at` by the next one.
  void superseded(std::string_view feed, std::string_view key, seams::instant at);
  /// A row went out on the wire in this form, less what must not be kept.
  void served(std::string_view raw_row);
  [[nodiscard]] auto was_served(const fingerprint& raw_row) const -> bool {
    return served_.contains(raw_row);
  }

  /// Those that stand alone; `visit` gives the others as well.
  [[nodiscard]] auto entries() const -> const std::vector<ledger_entry>& { return entries_; }
  /// Every entry, always in the same order, of the feeds that `wants` accepts.
  void visit(const std::function<bool(std::string_view feed)>& wants,
             const std::function<void(const ledger_entry&)>& sink) const;
  /// When the last entry becomes visible; nothing if there is none.
  [[nodiscard]] auto last_visible() const -> std::optional<seams::instant>;

private:
  std::vector<ledger_entry> entries_;
  std::vector<std::shared_ptr<const ledger_run>> runs_;
  std::map<std::string, std::size_t, std::less<>> newest_; ///< "feed\nkey" to index
  std::unordered_set<fingerprint, fingerprint_hash> served_;
};

} // namespace mock_graph
