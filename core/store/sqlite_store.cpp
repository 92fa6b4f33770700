#include "core/store/sqlite_store.hpp"

#include "core/json/canonical.hpp"
#include "core/seams/digest.hpp"
#include "core/store/sqlite_handle.hpp"
#include "core/store/sqlite_schema.hpp"

#include <initializer_list>
#include <utility>

namespace core {
namespace {

using seams::result;
using sqlite::statement;
using sqlite::use;

auto ticks(seams::instant at) -> std::int64_t {
  return at.time_since_epoch().count();
}
auto from_ticks(std::int64_t count) -> seams::instant {
  return seams::instant{seams::duration{count}};
}

auto bytes_of(const seams::digest& value) -> std::string_view {
  return {reinterpret_cast<const char*>(value.data()), value.size()};
}

auto hex_of(std::string_view bytes) -> std::string {
  auto value = seams::digest{};
  for (auto i = std::size_t{0}; i < value.size() && i < bytes.size(); ++i) {
    value[i] = static_cast<std::byte>(bytes[i]);
  }
  return seams::to_hex(value);
}

auto join_cuts(const std::vector<std::string>& cuts) -> std::string {
  auto joined = std::string();
  for (const auto& cut : cuts) {
    joined += cut + '\n';
  }
  return joined;
}

auto split_cuts(std::string_view joined) -> std::vector<std::string> {
  auto cuts = std::vector<std::string>();
  for (auto end = joined.find('\n'); end != std::string_view::npos; end = joined.find('\n')) {
    cuts.emplace_back(joined.substr(0, end));
    joined.remove_prefix(end + 1);
  }
  return cuts;
}

constexpr auto insert_record_sql = std::string_view(
    "INSERT INTO records (feed, connector_type, key, version, digest, event_time, received_at,"
    " cuts, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    " ON CONFLICT (feed, key, version, digest) DO NOTHING");
constexpr auto find_variants_sql = std::string_view(
    "SELECT raw FROM records WHERE feed = ?1 AND key = ?2 AND version = ?3 AND digest <> ?4");
constexpr auto drop_record_sql = std::string_view(
    "DELETE FROM records WHERE feed = ?1 AND key = ?2 AND version = ?3 AND digest = ?4");
constexpr auto set_mark_sql = std::string_view(
    "INSERT INTO marks (feed, name, forget_after) VALUES (?1, ?2, ?3) ON CONFLICT (feed, name)"
    " DO UPDATE SET forget_after = max(forget_after, excluded.forget_after)");
constexpr auto find_mark_sql =
    std::string_view("SELECT 1 FROM marks WHERE feed = ?1 AND name = ?2");
constexpr auto forget_marks_sql =
    std::string_view("DELETE FROM marks WHERE (feed, name) IN (SELECT feed, name FROM marks"
                     " WHERE forget_after < ?1 ORDER BY forget_after LIMIT ?2)");
constexpr auto move_cursor_sql = std::string_view(
    "INSERT INTO cursors (feed, cursor, moved_at) VALUES (?1, ?2, ?3) ON CONFLICT (feed)"
    " DO UPDATE SET cursor = excluded.cursor, moved_at = excluded.moved_at");
constexpr auto find_cursor_sql = std::string_view("SELECT cursor FROM cursors WHERE feed = ?1");
constexpr auto add_health_sql = std::string_view(
    "INSERT INTO health (feed, state, code, text, at) VALUES (?1, ?2, ?3, ?4, ?5)");
constexpr auto read_health_sql =
    std::string_view("SELECT feed, state, code, text, at FROM health ORDER BY at, arrival");

/// Three ways to read, so that an index serves each: the planner cannot see through "?1 = ''".
auto read_sql(const record_query& wanted) -> std::string {
  auto sql = std::string("SELECT feed, connector_type, key, version, digest, event_time,"
                         " received_at, cuts, raw, arrival FROM records WHERE ");
  sql += wanted.feed.empty() ? "?1 = ''" : "feed = ?1";
  sql += wanted.key.empty() ? " AND ?2 = ''" : " AND key = ?2";
  sql += wanted.connector_type.empty() ? " AND ?3 = ''" : " AND connector_type = ?3";
  return sql + (wanted.after ? " AND arrival > ?4 ORDER BY arrival"
                             : " ORDER BY feed, key, version, arrival");
}

/// What is prepared once and used for every commit.
struct statements {
  statement insert_record;
  statement find_variants;
  statement drop_record;
  statement set_mark;
  statement find_mark;
  statement forget_marks;
  statement move_cursor;
  statement find_cursor;
  statement add_health;
};

struct wanted {
  statement* place;
  std::string_view sql;
  const char* doing;
};

auto prepare_all(sqlite3* db) -> result<statements> {
  auto all = statements();
  const wanted list[] = {wanted{&all.insert_record, insert_record_sql, "storing a record"},
                         wanted{&all.find_variants, find_variants_sql, "looking for variants"},
                         wanted{&all.drop_record, drop_record_sql, "dropping a respelling"},
                         wanted{&all.set_mark, set_mark_sql, "setting a mark"},
                         wanted{&all.find_mark, find_mark_sql, "looking for a mark"},
                         wanted{&all.forget_marks, forget_marks_sql, "forgetting old marks"},
                         wanted{&all.move_cursor, move_cursor_sql, "moving a cursor"},
                         wanted{&all.find_cursor, find_cursor_sql, "reading a cursor"},
                         wanted{&all.add_health, add_health_sql, "adding to the health history"}};
  for (const auto& [place, sql, doing] : list) {
    auto made = statement::prepare(db, sql, doing, true);
    if (!made) {
      return made.error();
    }
    *place = std::move(*made);
  }
  return all;
}

/// Runs a statement whose rows, if any, do not matter.
auto finish(use& what) -> result<void> {
  const auto stepped = what.step();
  if (!stepped) {
    return stepped.error();
  }
  return {};
}

auto record_in(const use& row) -> stored_record {
  auto found = stored_record();
  found.what.feed = row.text(0);
  found.what.connector_type = row.text(1);
  found.what.key = row.text(2);
  found.what.version = row.text(3);
  found.digest = hex_of(row.bytes(4));
  if (!row.is_null(5)) {
    found.what.event_time = from_ticks(row.number(5));
  }
  found.received_at = from_ticks(row.number(6));
  found.what.cuts = split_cuts(row.bytes(7));
  found.what.raw = row.text(8);
  found.arrival = row.number(9);
  return found;
}

/// SQLite does not notice a flipped bit inside a long value; the digest does.
auto damaged(const std::string& feed) -> seams::failure {
  return {seams::reaction::stop_and_diagnose,
          "store_damaged",
          "reading records: a record of " + feed + " does not have the digest it was stored with"};
}

class sqlite_store final : public store {
public:
  sqlite_store(sqlite::connection db, statements prepared, const sqlite_store_options& options)
      : db_(std::move(db)), prepared_(std::move(prepared)), options_(options) {}

  auto apply(const commit& step) -> result<commit_outcome> override;
  auto cursor(std::string_view feed) -> result<std::optional<std::string>> override;
  auto marked(std::string_view feed, const std::vector<std::string>& names)
      -> result<std::vector<bool>> override;
  auto read(const record_query& wanted, const std::function<bool(const stored_record&)>& sink)
      -> result<void> override;
  auto health() -> result<std::vector<health_entry>> override;

private:
  [[nodiscard]] auto check_sizes(const commit& step) const -> result<void>;
  [[nodiscard]] auto check_texts(const char* what,
                                 std::initializer_list<std::string_view> texts) const
      -> result<void>;
  auto write(const commit& step, commit_outcome& outcome) -> result<void>;
  auto put_record(const record& what, seams::instant now, commit_outcome& outcome) -> result<void>;
  enum class company { none, respelled, other };
  auto company_of(const record& what, const seams::digest& digest) -> result<company>;
  auto drop_record(const record& what, const seams::digest& digest) -> result<void>;
  auto put_mark(std::string_view feed, const mark& what) -> result<void>;
  auto put_health(const health_entry& entry) -> result<void>;
  auto forget_marks(seams::instant now) -> result<void>;
  auto move_cursor(const commit& step) -> result<void>;

  sqlite::connection db_;
  statements prepared_; ///< after db_: statements go before their connection
  sqlite_store_options options_;
};

auto sqlite_store::check_texts(const char* what,
                               std::initializer_list<std::string_view> texts) const
    -> result<void> {
  for (const auto text : texts) {
    if (text.size() > options_.text_bytes_max) {
      return seams::failure(seams::reaction::skip_record,
                            "store_unavailable",
                            std::string(what) + " has " + std::to_string(text.size()) +
                                " bytes, the limit is " + std::to_string(options_.text_bytes_max));
    }
  }
  return {};
}

auto sqlite_store::check_sizes(const commit& step) const -> result<void> {
  auto fits = check_texts("a cursor", {step.feed, step.cursor ? *step.cursor : std::string_view()});
  for (auto i = std::size_t{0}; fits && i < step.records.size(); ++i) {
    const auto& each = step.records[i];
    if (each.raw.size() > options_.record_bytes_max) {
      return seams::failure(seams::reaction::skip_record,
                            "store_unavailable",
                            "a record of " + each.feed + " has " + std::to_string(each.raw.size()) +
                                " bytes, the limit is " +
                                std::to_string(options_.record_bytes_max));
    }
    fits =
        check_texts("a name of a record", {each.feed, each.connector_type, each.key, each.version});
    for (auto cut = std::size_t{0}; fits && cut < each.cuts.size(); ++cut) {
      fits = check_texts("a cut", {each.cuts[cut]});
    }
  }
  for (auto i = std::size_t{0}; fits && i < step.marks.size(); ++i) {
    fits = check_texts("a mark", {step.marks[i].name});
  }
  for (auto i = std::size_t{0}; fits && i < step.health.size(); ++i) {
    const auto& each = step.health[i];
    fits = check_texts("a health entry", {each.feed, each.state, each.code, each.text});
  }
  return fits;
}

auto sqlite_store::apply(const commit& step) -> result<commit_outcome> {
  if (const auto fits = check_sizes(step); fits.has_error()) {
    return fits.error();
  }
  auto change = sqlite::transaction::begin(db_.get());
  if (!change) {
    return change.error();
  }
  auto outcome = commit_outcome();
  if (const auto written = write(step, outcome); written.has_error()) {
    return written.error();
  }
  if (const auto done = change->commit(); done.has_error()) {
    return done.error();
  }
  return outcome;
}

auto sqlite_store::write(const commit& step, commit_outcome& outcome) -> result<void> {
  auto done = forget_marks(step.now);
  for (auto i = std::size_t{0}; done && i < step.records.size(); ++i) {
    done = put_record(step.records[i], step.now, outcome);
  }
  for (auto i = std::size_t{0}; done && i < step.marks.size(); ++i) {
    done = put_mark(step.feed, step.marks[i]);
  }
  for (auto i = std::size_t{0}; done && i < step.health.size(); ++i) {
    done = put_health(step.health[i]);
  }
  return done && step.cursor ? move_cursor(step) : done;
}

auto sqlite_store::put_record(const record& what, seams::instant now, commit_outcome& outcome)
    -> result<void> {
  const auto digest = seams::sha256(what.raw);
  const auto cuts = join_cuts(what.cuts);
  auto insert = use(prepared_.insert_record);
  insert.bind_text(1, what.feed);
  insert.bind_text(2, what.connector_type);
  insert.bind_text(3, what.key);
  insert.bind_text(4, what.version);
  insert.bind_blob(5, bytes_of(digest));
  if (what.event_time) {
    insert.bind_number(6, ticks(*what.event_time));
  }
  insert.bind_number(7, ticks(now));
  insert.bind_text(8, cuts);
  insert.bind_blob(9, what.raw);
  if (const auto done = finish(insert); done.has_error()) {
    return done;
  }
  if (sqlite3_changes(db_.get()) == 0) {
    ++outcome.suppressed;
    return {};
  }
  const auto there = company_of(what, digest);
  if (!there) {
    return there.error();
  }
  if (*there == company::respelled) {
    ++outcome.suppressed;
    return drop_record(what, digest);
  }
  ++(*there == company::other ? outcome.variants : outcome.stored);
  outcome.variant_key = *there == company::other ? what.key : std::move(outcome.variant_key);
  return {};
}

/// What else is stored under the same key and version. Looked at after the insertion: most records
/// are alone, and those cost one look at the index.
auto sqlite_store::company_of(const record& what, const seams::digest& digest) -> result<company> {
  auto query = use(prepared_.find_variants);
  query.bind_text(1, what.feed);
  query.bind_text(2, what.key);
  query.bind_text(3, what.version);
  query.bind_blob(4, bytes_of(digest));
  auto out = company::none;
  auto mine = std::string();
  for (;;) {
    const auto found = query.step();
    if (!found) {
      return found.error();
    }
    if (!*found) {
      return out;
    }
    mine = out == company::none ? json::canonical(what.raw) : std::move(mine);
    if (json::canonical(query.bytes(0)) == mine) {
      return company::respelled;
    }
    out = company::other;
  }
}

auto sqlite_store::drop_record(const record& what, const seams::digest& digest) -> result<void> {
  auto remove = use(prepared_.drop_record);
  remove.bind_text(1, what.feed);
  remove.bind_text(2, what.key);
  remove.bind_text(3, what.version);
  remove.bind_blob(4, bytes_of(digest));
  return finish(remove);
}

auto sqlite_store::put_mark(std::string_view feed, const mark& what) -> result<void> {
  auto insert = use(prepared_.set_mark);
  insert.bind_text(1, feed);
  insert.bind_text(2, what.name);
  insert.bind_number(3, ticks(what.forget_after));
  return finish(insert);
}

auto sqlite_store::put_health(const health_entry& entry) -> result<void> {
  auto insert = use(prepared_.add_health);
  insert.bind_text(1, entry.feed);
  insert.bind_text(2, entry.state);
  insert.bind_text(3, entry.code);
  insert.bind_text(4, entry.text);
  insert.bind_number(5, ticks(entry.at));
  return finish(insert);
}

auto sqlite_store::forget_marks(seams::instant now) -> result<void> {
  auto remove = use(prepared_.forget_marks);
  remove.bind_number(1, ticks(now));
  remove.bind_number(2, options_.forget_per_commit_max);
  return finish(remove);
}

auto sqlite_store::move_cursor(const commit& step) -> result<void> {
  auto move = use(prepared_.move_cursor);
  move.bind_text(1, step.feed);
  move.bind_text(2, *step.cursor);
  move.bind_number(3, ticks(step.now));
  return finish(move);
}

auto sqlite_store::cursor(std::string_view feed) -> result<std::optional<std::string>> {
  auto query = use(prepared_.find_cursor);
  query.bind_text(1, feed);
  const auto found = query.step();
  if (!found) {
    return found.error();
  }
  return *found ? std::optional(query.text(0)) : std::nullopt;
}

auto sqlite_store::marked(std::string_view feed, const std::vector<std::string>& names)
    -> result<std::vector<bool>> {
  auto answers = std::vector<bool>();
  answers.reserve(names.size());
  for (const auto& name : names) {
    auto query = use(prepared_.find_mark);
    query.bind_text(1, feed);
    query.bind_text(2, name);
    const auto found = query.step();
    if (!found) {
      return found.error();
    }
    answers.push_back(*found);
  }
  return answers;
}

auto sqlite_store::read(const record_query& wanted,
                        const std::function<bool(const stored_record&)>& sink) -> result<void> {
  auto prepared = statement::prepare(db_.get(), read_sql(wanted), "reading records");
  if (!prepared) {
    return prepared.error();
  }
  auto query = use(*prepared);
  query.bind_text(1, wanted.feed);
  query.bind_text(2, wanted.key);
  query.bind_text(3, wanted.connector_type);
  if (wanted.after) {
    query.bind_number(4, *wanted.after);
  }
  for (;;) {
    const auto found = query.step();
    if (!found) {
      return found.error();
    }
    if (!*found) {
      return {};
    }
    if (bytes_of(seams::sha256(query.bytes(8))) != query.bytes(4)) {
      return damaged(query.text(0));
    }
    if (!sink(record_in(query))) {
      return {};
    }
  }
}

auto sqlite_store::health() -> result<std::vector<health_entry>> {
  auto prepared = statement::prepare(db_.get(), read_health_sql, "reading the health history");
  if (!prepared) {
    return prepared.error();
  }
  auto query = use(*prepared);
  auto history = std::vector<health_entry>();
  for (;;) {
    const auto found = query.step();
    if (!found) {
      return found.error();
    }
    if (!*found) {
      return history;
    }
    history.push_back(
        {query.text(0), query.text(1), query.text(2), query.text(3), from_ticks(query.number(4))});
  }
}

auto run_all(sqlite3* db, std::initializer_list<const char*> pragmas) -> result<void> {
  for (const auto* const pragma : pragmas) {
    if (const auto done = sqlite::execute(db, pragma, "setting up the store"); done.has_error()) {
      return done;
    }
  }
  return {};
}

/// A file that turns out to be damaged must not be written to on the way out.
void checkpoint_when_closed(sqlite3* db, bool wanted) {
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, wanted ? 0 : 1, nullptr);
}

/// Whether every page is where it belongs (sqlite.org/pragma.html#pragma_quick_check).
auto look_through(sqlite3* db) -> result<void> {
  constexpr auto doing = "looking through the store";
  auto prepared = statement::prepare(db, "PRAGMA quick_check(1)", doing);
  if (!prepared) {
    return prepared.error();
  }
  auto query = use(*prepared);
  const auto found = query.step();
  if (!found) {
    return found.error();
  }
  if (*found && query.bytes(0) != "ok") {
    return seams::failure(seams::reaction::stop_and_diagnose,
                          "store_damaged",
                          std::string(doing) + ": " + query.text(0));
  }
  return {};
}

/// The lock mode comes first: a log whose index needs no shared memory must be opened with it.
/// Nothing is written before the schema is known to be ours.
auto set_up(sqlite3* db, const sqlite_store_options& options) -> result<void> {
  const auto* const lock = options.shared || options.read_only ? "PRAGMA locking_mode = NORMAL"
                                                               : "PRAGMA locking_mode = EXCLUSIVE";
  checkpoint_when_closed(db, false);
  // Who shares the file waits for the other's commit; a file that is locked for good says so at
  // once.
  const auto* const patience =
      options.shared ? "PRAGMA busy_timeout = 10000" : "PRAGMA busy_timeout = 0";
  auto done =
      run_all(db, {lock, patience, "PRAGMA cell_size_check = ON", "PRAGMA trusted_schema = OFF"});
  if (!done) {
    return done;
  }
  const auto version = sqlite::schema_in(db);
  if (!version) {
    return version.error();
  }
  if (options.read_only) {
    return sqlite::check_current(*version);
  }
  if (options.look_through) {
    if (const auto sound = look_through(db); sound.has_error()) {
      return sound;
    }
  }
  checkpoint_when_closed(db, true);
  const auto log_limit = "PRAGMA wal_autocheckpoint = " + std::to_string(options.log_pages_max);
  done = run_all(db,
                 {"PRAGMA journal_mode = WAL",
                  "PRAGMA synchronous = FULL",
                  "PRAGMA temp_store = MEMORY",
                  "PRAGMA journal_size_limit = 16777216",
                  // What earlier lives wrote is in the file itself: a log that is damaged later
                  // takes the store back to this start, records and cursors alike.
                  "PRAGMA wal_checkpoint(TRUNCATE)",
                  log_limit.c_str()});
  return done ? sqlite::migrate(db, *version) : done;
}

} // namespace

auto open_sqlite_store(const std::string& path,
                       const std::string& vfs_name,
                       const sqlite_store_options& options) -> result<std::unique_ptr<store>> {
  auto db = sqlite::open(path, vfs_name, options.read_only);
  if (!db) {
    return db.error();
  }
  if (const auto ready = set_up(db->get(), options); ready.has_error()) {
    return ready.error();
  }
  auto prepared = prepare_all(db->get());
  if (!prepared) {
    return prepared.error();
  }
  return std::unique_ptr<store>(
      std::make_unique<sqlite_store>(std::move(*db), std::move(*prepared), options));
}

} // namespace core
