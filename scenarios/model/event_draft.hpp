#pragma once
// What the readers of single events share: the common keys, and the names that events may use.
#include "scenarios/model/readers.hpp"

#include <initializer_list>
#include <unordered_map>

namespace scenarios::model {

class event_draft {
public:
  event_draft(table_reader& top, scenario& out);

  /// What every event has.
  struct heading {
    std::string id; ///< "click-at-line-12" where the file gives none
    seams::instant at;
  };
  auto begin(table_reader& read, event_kind what, const char* name) -> heading;

  template <class event> void end(table_reader& read, seams::instant at, event what) {
    read.finish();
    out_.events.push_back({at, read.origin(), std::move(what)});
  }

  /// Calls `body(table_reader&)` for each table of that name.
  template <class read_one> void each(const char* name, read_one&& body) {
    for (const auto* table : top_.tables(name)) {
      auto read = table_reader(top_.shared(), *table, name);
      body(read);
    }
  }

  /// What the tenant is before anything happens, for tables that may add to it.
  [[nodiscard]] auto standing() -> mock_graph::tenant::standing& { return out_.standing; }
  /// The name of a user of the tenant.
  auto user(table_reader& read, std::string_view key) -> std::string;
  /// A user or an address; addresses are not checked, outsiders have them.
  auto sender(table_reader& read) -> std::string;
  auto addressees(table_reader& read) -> std::vector<std::string>;
  /// The names of users of the tenant, at least one.
  auto users(table_reader& read, std::string_view key, need how = need::required)
      -> std::vector<std::string>;
  /// The name of a group or a device of the tenant.
  auto group(table_reader& read) -> std::string;
  auto device(table_reader& read, need how = need::optional) -> std::string;
  auto policy(table_reader& read) -> std::string;
  /// The id of an event of one of these kinds ("many#3" is a click of the burst "many") that does
  /// not happen after `at`; "" if absent.
  auto earlier(table_reader& read,
               std::string_view key,
               std::initializer_list<event_kind> kinds,
               const char* what,
               seams::instant at,
               need how = need::optional) -> std::string;

  /// A message's links, for clicks that name none.
  void remember_links(const std::string& message, const std::vector<std::string>& urls);
  /// The key `url`, else the first link of the message `in`.
  auto clicked_url(table_reader& read, const std::string& in) -> std::string;

private:
  void check_person(const placed_text& who);

  table_reader& top_;
  scenario& out_;
  std::vector<std::string> users_;
  std::unordered_map<std::string, std::string> first_links_;
};

/// Verdicts, purges, audit records, the acts of analysts and administrators; after the messages and
/// clicks they name.
void read_acts(event_draft& with);
/// Cmdlets that administrators run.
void read_commands(event_draft& with);

/// What happens to the accounts, groups and devices of the directory.
void read_directory(event_draft& with);

/// Rules of inboxes, those that stand from the start and those that somebody makes.
void read_mailboxes(event_draft& with);

/// Sign-ins, changes of the directory, risks and what becomes of them.
void read_identity(event_draft& with);

/// Alerts and activities of cloud apps, operations in Azure.
void read_cloud(event_draft& with);

} // namespace scenarios::model
