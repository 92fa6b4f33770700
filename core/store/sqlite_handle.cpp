#include "core/store/sqlite_handle.hpp"

#include <utility>

namespace core::sqlite {
namespace {

struct meaning {
  seams::reaction next;
  const char* code;
};

/// A full disk is often emptied by somebody's log rotation, and a lock or a failed write may pass:
/// asking again harms nothing. The rest stays as it is until a person has looked.
auto meaning_of(int code) -> meaning {
  switch (code & 0xff) {
  case SQLITE_FULL:
    return {seams::reaction::retry_later, "store_full"};
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return {seams::reaction::stop_and_diagnose, "store_damaged"};
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_IOERR:
  case SQLITE_NOMEM:
    return {seams::reaction::retry_later, "store_unavailable"};
  default:
    return {seams::reaction::stop_and_diagnose, "store_unavailable"};
  }
}

} // namespace

auto failure_of(int code, std::string_view detail, std::string_view doing) -> seams::failure {
  const auto means = meaning_of(code);
  auto why = std::string(doing) + ": " + std::string(detail);
  return {means.next, means.code, why + " (SQLite " + std::to_string(code) + ")"};
}

auto last_failure(sqlite3* db, std::string_view doing) -> seams::failure {
  return failure_of(sqlite3_extended_errcode(db), sqlite3_errmsg(db), doing);
}

auto open(const std::string& path, const std::string& vfs, bool read_only)
    -> seams::result<connection> {
  const auto mode = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const auto flags = mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  auto* db = static_cast<sqlite3*>(nullptr);
  const auto* const where = vfs.empty() ? nullptr : vfs.c_str();
  const auto code = sqlite3_open_v2(path.c_str(), &db, flags, where);
  auto owned = connection(db);
  if (code != SQLITE_OK) {
    const auto* const detail = db == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(db);
    return failure_of(code, detail, "opening the store");
  }
  return owned;
}

auto execute(sqlite3* db, const char* sql, const char* doing) -> seams::result<void> {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return last_failure(db, doing);
  }
  return {};
}

auto statement::prepare(sqlite3* db, std::string_view sql, const char* doing, bool long_lived)
    -> seams::result<statement> {
  const auto flags = static_cast<unsigned>(long_lived ? SQLITE_PREPARE_PERSISTENT : 0);
  auto* stmt = static_cast<sqlite3_stmt*>(nullptr);
  const auto length = static_cast<int>(sql.size());
  if (sqlite3_prepare_v3(db, sql.data(), length, flags, &stmt, nullptr) != SQLITE_OK) {
    return last_failure(db, doing);
  }
  auto made = statement();
  made.stmt_.reset(stmt);
  made.doing_ = doing;
  return made;
}

use::~use() {
  sqlite3_reset(stmt_);
  sqlite3_clear_bindings(stmt_);
}

void use::note(int code) {
  if (code != SQLITE_OK) {
    bind_problem_ = code;
  }
}

// A null pointer would bind NULL, which is not an empty text.
void use::bind_text(int index, std::string_view text) {
  const auto* const data = text.data() == nullptr ? "" : text.data();
  note(sqlite3_bind_text64(stmt_, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void use::bind_blob(int index, std::string_view bytes) {
  const auto* const data = bytes.data() == nullptr ? "" : bytes.data();
  note(sqlite3_bind_blob64(stmt_, index, data, bytes.size(), SQLITE_STATIC));
}

void use::bind_number(int index, std::int64_t number) {
  note(sqlite3_bind_int64(stmt_, index, number));
}

void use::bind_null(int index) {
  note(sqlite3_bind_null(stmt_, index));
}

auto use::step() -> seams::result<bool> {
  if (bind_problem_ != SQLITE_OK) {
    return failure_of(bind_problem_, sqlite3_errstr(bind_problem_), doing_);
  }
  const auto code = sqlite3_step(stmt_);
  if (code == SQLITE_ROW || code == SQLITE_DONE) {
    return code == SQLITE_ROW;
  }
  return last_failure(sqlite3_db_handle(stmt_), doing_);
}

auto use::is_null(int column) const -> bool {
  return sqlite3_column_type(stmt_, column) == SQLITE_NULL;
}

auto use::number(int column) const -> std::int64_t {
  return sqlite3_column_int64(stmt_, column);
}

auto use::bytes(int column) const -> std::string_view {
  const auto* const data = static_cast<const char*>(sqlite3_column_blob(stmt_, column));
  if (data == nullptr) {
    return {};
  }
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column))};
}

auto transaction::begin(sqlite3* db) -> seams::result<transaction> {
  if (const auto begun = execute(db, "BEGIN IMMEDIATE", "beginning a commit"); begun.has_error()) {
    return begun.error();
  }
  return transaction(db);
}

transaction::transaction(transaction&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}

// SQLite itself rolls back after some failures, a full disk for one; then there is nothing to end.
transaction::~transaction() {
  if (db_ != nullptr && sqlite3_get_autocommit(db_) == 0) {
    sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

auto transaction::commit() -> seams::result<void> {
  return execute(db_, "COMMIT", "committing");
}

} // namespace core::sqlite
