#pragma once
// A store on a disk in memory, and what can be seen of it.
#include "core/adapters/sqlite/ram_vfs.hpp"
#include "core/seams/choices.hpp"
#include "core/seams/virtual_clock.hpp"
#include "core/store/sqlite_store.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace store_tests {

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

inline auto make_record(std::string key, std::string version, std::string raw) -> core::record {
  return {"alerts", "ms365_alerts", std::move(key), std::move(version), {}, std::move(raw), {}};
}

/// All that a reader can see of a store.
struct contents {
  std::vector<std::string> records; ///< key, version and raw of each
  std::optional<std::string> cursor;
  std::vector<bool> marks; ///< of "m1" and "m2"
  std::size_t health = 0;

  auto operator==(const contents&) const -> bool = default;
};

inline auto look(core::store& in) -> contents {
  auto seen = contents();
  in.read({}, [&](const core::stored_record& each) {
      seen.records.push_back(each.what.key + "/" + each.what.version + "/" + each.what.raw);
      return true;
    }).value();
  seen.cursor = in.cursor("alerts").value();
  seen.marks = in.marked("alerts", {"m1", "m2"}).value();
  seen.health = in.health().value().size();
  return seen;
}

struct bench {
  seams::virtual_clock time{start};
  seams::seeded_choices chance{1};
  core::ram_disk disk{time, chance};

  auto try_open(const core::sqlite_store_options& options = {})
      -> seams::result<std::unique_ptr<core::store>> {
    return core::open_sqlite_store("store.db", disk.vfs_name(), options);
  }
  auto open(const core::sqlite_store_options& options = {}) -> std::unique_ptr<core::store> {
    return std::move(try_open(options).value());
  }
};

/// A commit of the feed "alerts" at `start`.
inline auto make_commit(std::vector<core::record> records, std::string cursor) -> core::commit {
  return {"alerts", std::move(records), {}, {}, std::move(cursor), start};
}

} // namespace store_tests
