#pragma once
// The hunting rows of a burst of clicks, and what the ledger says of them.
#include "mock_graph/defender/made_rows.hpp"
#include "mock_graph/ledger/ledger.hpp"
#include "mock_graph/tenant/facts.hpp"

namespace mock_graph::defender {

/// One run of clicks. Keeps one row per user, in which only the time and the report id differ from
/// click to click.
class click_rows final : public made_rows, public ledger_run {
public:
  /// `rows` has a row per part of the run; `report_id` is the place of that column, `Timestamp`
  /// the first. Rows show up `delay` after their clicks and stay for `retention`.
  click_rows(tenant::click_run run,
             std::vector<hunting::row> rows,
             std::size_t report_id,
             seams::duration delay,
             seams::duration retention)
      : run_(std::move(run)), rows_(std::move(rows)), report_id_(report_id), delay_(delay),
        retention_(retention) {}

  /// Takes in `next` if it goes on where this ends.
  auto extend(const tenant::click_run& next) -> bool;

  [[nodiscard]] auto within(const hunting::time_range& wanted, seams::instant as_of) const
      -> numbers override;
  [[nodiscard]] auto at(std::uint64_t n) const -> seams::instant override {
    return run_.times.at(n);
  }
  [[nodiscard]] auto row(std::uint64_t n) const -> const hunting::row* override;

  [[nodiscard]] auto feed() const -> std::string_view override { return "safe_links"; }
  void visit(const std::function<void(const ledger_entry&)>& sink) const override;
  [[nodiscard]] auto last_visible() const -> seams::instant override;

private:
  tenant::click_run run_;
  mutable std::vector<hunting::row> rows_;
  std::size_t report_id_;
  seams::duration delay_;
  seams::duration retention_;
};

/// What the ledger knows a click's row by, and how it came to be. `part` tells all but the time and
/// the ids.
auto click_key(const tenant::click_fact& part,
               seams::instant at,
               bool went_on,
               const std::string& report_id) -> std::string;
auto click_story(const std::string& click_id, const tenant::click_fact& part) -> std::string;

} // namespace mock_graph::defender
