#pragma once
// A store in memory that a test can look into, and that can be told to fail.
#include "core/seams/digest.hpp"
#include "core/store/store.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace fakes {

class fake_store final : public core::store {
public:
  struct version {
    core::record what;
    seams::instant at;
  };

  auto apply(const core::commit& step) -> seams::result<core::commit_outcome> override {
    ++applies;
    if (before_apply) {
      before_apply();
    }
    if (failing) {
      return *failing;
    }
    auto out = core::commit_outcome();
    for (const auto& one : step.records) {
      auto& copies = kept[{one.feed, one.key, one.version}];
      const auto same = std::ranges::any_of(
          copies, [&](const version& known) { return known.what.raw == one.raw; });
      out.suppressed += same ? 1U : 0U;
      out.variants += !same && !copies.empty() ? 1U : 0U;
      out.variant_key = !same && !copies.empty() ? one.key : out.variant_key;
      out.stored += copies.empty() ? 1U : 0U;
      if (!same) {
        copies.push_back({one, step.now});
      }
    }
    for (const auto& one : step.marks) {
      marks[{step.feed, one.name}] = one.forget_after;
    }
    history.insert(history.end(), step.health.begin(), step.health.end());
    if (step.cursor) {
      cursors[step.feed] = *step.cursor;
      ++cursor_moves;
    }
    return out;
  }

  auto cursor(std::string_view feed) -> seams::result<std::optional<std::string>> override {
    const auto found = cursors.find(std::string(feed));
    return found == cursors.end() ? std::optional<std::string>() : std::optional(found->second);
  }

  auto marked(std::string_view feed, const std::vector<std::string>& names)
      -> seams::result<std::vector<bool>> override {
    auto out = std::vector<bool>();
    for (const auto& name : names) {
      out.push_back(marks.contains({std::string(feed), name}));
    }
    return out;
  }

  auto read(const core::record_query& wanted,
            const std::function<bool(const core::stored_record&)>& sink)
      -> seams::result<void> override {
    const auto fits = [](const std::string& asked, const std::string& is) {
      return asked.empty() || asked == is;
    };
    for (const auto& [key, copies] : kept) {
      for (const auto& [what, at] : copies) {
        if (fits(wanted.feed, what.feed) && fits(wanted.connector_type, what.connector_type) &&
            fits(wanted.key, what.key) &&
            !sink({what, seams::to_hex(seams::sha256(what.raw)), at})) {
          return {};
        }
      }
    }
    return {};
  }

  auto health() -> seams::result<std::vector<core::health_entry>> override { return history; }

  /// Everything stored of a feed, in order of key and version.
  [[nodiscard]] auto of(const std::string& feed) const -> std::vector<core::record> {
    auto out = std::vector<core::record>();
    for (const auto& [key, copies] : kept) {
      for (const auto& one : copies) {
        if (std::get<0>(key) == feed) {
          out.push_back(one.what);
        }
      }
    }
    return out;
  }

  [[nodiscard]] auto gaps() const -> std::vector<core::health_entry> {
    auto out = history;
    std::erase_if(out, [](const core::health_entry& one) { return one.state != "gap"; });
    return out;
  }

  std::map<std::tuple<std::string, std::string, std::string>, std::vector<version>> kept;
  std::map<std::pair<std::string, std::string>, seams::instant> marks;
  std::map<std::string, std::string> cursors;
  std::vector<core::health_entry> history;
  std::optional<seams::failure> failing;
  std::function<void()> before_apply;
  int applies = 0;
  int cursor_moves = 0;
};

} // namespace fakes
