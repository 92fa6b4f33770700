#pragma once
// Content blobs that were listed but could not be had, and when to ask for each of them again.
#include "core/health/monitor.hpp"
#include "core/store/store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::feeds {

/// More of them than that, and reading has to wait for some to be served.
constexpr auto waiting_blobs_max = std::size_t{256};

struct waiting_blob {
  std::string id;
  std::string uri;         ///< printable ASCII, or ""
  seams::instant since;    ///< when it was asked for first
  seams::instant next;     ///< when to ask again
  seams::instant expires;  ///< from then on the service need not have it
  std::uint64_t tries = 1; ///< how often a poll asked for it in vain
};

/// The list is durable with every change that is made to it, so a cursor that moves afterwards
/// never passes a blob that nobody remembers. It is kept in the store as a cursor of its own.
class waiting_blobs {
public:
  /// `records` outlives this; `feed` is the one whose marks tell which blobs are dealt with.
  waiting_blobs(store& records, std::string feed)
      : records_(records), feed_(std::move(feed)), place_(feed_ + " waiting") {}

  /// Reads the list back, less what is marked as dealt with: a blob is stored before it is taken
  /// from the list, and a mark does not last for ever, so the list does without it from then on.
  /// Fails with "store_damaged" if what is stored is no such list.
  auto load(seams::instant now) -> seams::result<void>;

  [[nodiscard]] auto holds(std::string_view id) const -> bool;
  [[nodiscard]] auto is_full() const -> bool { return list_.size() >= waiting_blobs_max; }
  /// Those whose time has come, the longest due first.
  [[nodiscard]] auto due(seams::instant now) const -> std::vector<waiting_blob>;
  /// A line of health that says how many wait since when; nothing where none does.
  [[nodiscard]] auto remark() const -> std::optional<health::remark>;

  /// Asked for in vain at `now`, for the first time. Only where the list is not full.
  auto add(std::string id, std::string uri, seams::instant expires, seams::instant now)
      -> seams::result<void>;
  /// Asked for in vain once more. Pauses grow from five minutes to two hours.
  auto postpone(std::string_view id, seams::instant now) -> seams::result<void>;
  auto remove(std::string_view id, seams::instant now) -> seams::result<void>;

private:
  auto read_back() -> seams::result<std::vector<waiting_blob>>;
  auto save(seams::instant now) -> seams::result<void>;

  store& records_;
  std::string feed_;
  std::string place_;
  std::vector<waiting_blob> list_;
};

} // namespace core::feeds
