#pragma once
// The advanced-hunting tables, derived from what happened in the tenant.
#include "mock_graph/defender/alert_book.hpp"
#include "mock_graph/defender/click_rows.hpp"
#include "mock_graph/hunting/table.hpp"

#include <initializer_list>
#include <map>
#include <string_view>

namespace mock_graph::defender {

/// One table: rows by `Timestamp`, each hidden until its own moment. Of one instant, rows that are
/// kept come before those that are made.
class table_log final : public hunting::table_source {
public:
  using cells = std::initializer_list<std::pair<std::string_view, hunting::value>>;

  table_log(std::vector<hunting::column> columns, const seams::instant& now)
      : columns_(std::move(columns)), now_(now) {}

  /// Adds a row; cells not named are null. A name that is no column is a fault of ours (asserted).
  void add(seams::instant timestamp, seams::instant visible_at, cells named) {
    add(timestamp, visible_at, row_of(timestamp, named));
  }
  void add(seams::instant timestamp, seams::instant visible_at, hunting::row cells_in_order) {
    rows_.emplace(timestamp, hidden_row{visible_at, std::move(cells_in_order)});
  }
  /// The cells of such a row.
  [[nodiscard]] auto row_of(seams::instant timestamp, cells named) const -> hunting::row;
  /// Adds rows that are made on the way; they may become more afterwards.
  void add(std::shared_ptr<const made_rows> rows) { made_.push_back(std::move(rows)); }

  [[nodiscard]] auto columns() const -> const std::vector<hunting::column>& override {
    return columns_;
  }
  void scan(const hunting::time_range& wanted,
            const std::function<bool(const hunting::row&)>& sink) const override;

private:
  struct hidden_row {
    seams::instant visible_at;
    hunting::row cells;
  };

  std::vector<hunting::column> columns_;
  const seams::instant& now_;
  std::multimap<seams::instant, hidden_row> rows_;
  std::vector<std::shared_ptr<const made_rows>> made_;
};

/// UrlClickEvents, the mail and Teams tables, AlertInfo and AlertEvidence. Columns and values are
/// those of learn.microsoft.com/defender-xdr/advanced-hunting-<table>-table, with the wire's
/// spelling where a live row differs (graph-security sheet, 4.2). Every row of a
/// click, mail or Teams table goes to the ledger as a record of feed "safe_links", "email_events"
/// or "teams_messages".
class hunting_tables final : public hunting::database,
                             public tenant::listener,
                             public alert_listener {
public:
  hunting_tables(const tenant::tenant& owner, ledger& book);

  /// What the next queries count as the present.
  void look_at(seams::instant now) { now_ = now; }

  /// Null for unknown tables, and for all of them where the tenant has no Defender for Office 365.
  [[nodiscard]] auto find(std::string_view name) const -> const hunting::table_source* override;

  void on(const tenant::mail_fact& mail) override;
  void on(const tenant::teams_fact& message) override;
  void on(const tenant::click_fact& click) override;
  void on(const tenant::click_run& run) override;
  void on(const tenant::purge_fact& purge) override;
  void on_alert(const alert& what, alert_change change) override;

  /// A row that somebody exported is visible from `at` on, at the `Timestamp` that it bears, with
  /// the cells that the table has columns for. Rows of unknown tables and without identity are no
  /// feed's.
  void keep(seams::instant at, const tenant::verbatim_record& what);

private:
  /// A row that a feed shows, known by `key`.
  struct noted {
    const char* feed;
    std::string key;
    std::string version;
    std::string story;
  };
  void note(noted what, seams::instant timestamp, seams::instant visible_at);
  void mail_rows(const tenant::mail_fact& mail, const tenant::user& to, seams::instant visible_at);
  void click_row(const tenant::click_fact& click, seams::instant at, bool went_on);
  [[nodiscard]] auto click_cells(const tenant::click_fact& click, seams::instant at, bool went_on)
      -> hunting::row;
  auto table(std::string_view name) -> table_log& { return tables_.find(name)->second; }

  const tenant::tenant& tenant_;
  ledger& ledger_;
  seams::instant now_;
  std::map<std::string, table_log, std::less<>> tables_;
  std::vector<std::shared_ptr<click_rows>> bursts_;
};

} // namespace mock_graph::defender
