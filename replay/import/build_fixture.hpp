#pragma once
// Makes one fixture of the records of several exports: a scenario, its records, and what is said.
#include "core/seams/result.hpp"
#include "core/seams/time.hpp"
#include "replay/import/export_item.hpp"
#include "replay/import/tenant_marks.hpp"
#include "replay/redact/text_redactor.hpp"

#include <map>
#include <string>
#include <vector>

namespace replay {

/// The records that one `[[records]]` table of the scenario reads.
struct record_group {
  std::string feed;
  std::string table;             ///< of advanced hunting, or ""
  std::string file;              ///< below the fixture's folder
  std::vector<std::string> raws; ///< one a line
  int round = 0;         ///< 0: first bodies; n: what differs from them, served after n rounds
  std::size_t bytes = 0; ///< of the file
};

/// What a fixture holds, before it is text.
struct fixture {
  std::string name;
  seams::instant start;    ///< of the scenario
  seams::duration live;    ///< from then to the last record with a time of its own
  seams::duration history; ///< how long before the start the oldest row of a hunting table lies
  std::vector<record_group> groups;
  std::vector<bad_row> bad;
  std::map<std::string, std::size_t> firsts; ///< by feed: records with an identity of their own
  std::vector<export_file> sources;          ///< without their items: names and formats
  std::map<std::string, std::size_t> taken;  ///< by file: records taken from it
  std::map<std::string, std::string> shown;  ///< by file: its name as the fixture may tell it
  tenant_marks tenant;
  std::size_t repeats = 0;  ///< left out: the same body again
  std::size_t variants = 0; ///< other bodies of an Id
  std::size_t moved = 0;    ///< rows whose date had to come nearer
  bool has_stand_ins = false;
};

/// Files of records are no larger than this, since scenarios read at most 256 MiB of one.
constexpr auto record_file_bytes = std::size_t{192} << 20U;

/// Joins what the files held. `redactor` may be null: names are kept. Records of one identity and
/// equal bytes count once; other bodies come in a later round. What cannot be served is in `bad`.
///
/// The scenario begins shortly before the last run of records that has no pause of six hours, at
/// most a day before its end: what is older appears in its first hour, as history does. Rows of
/// hunting tables are found by their `Timestamp`; those from more than 25 days before the start are
/// moved nearer by whole days, as the service answers for thirty days only.
auto build_fixture(const std::string& name,
                   std::vector<export_file> files,
                   const text_redactor* redactor) -> fixture;

} // namespace replay
