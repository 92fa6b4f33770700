#pragma once
// SQLite's C API with owners: a connection that closes itself, statements that finalise and reset
// themselves, and error codes that become failures.
#include "core/seams/result.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace core::sqlite {

/// The failure for what last went wrong on `db`: code "store_full", "store_damaged" or
/// "store_unavailable". `doing` says what was tried. Never holds values that were bound.
auto last_failure(sqlite3* db, std::string_view doing) -> seams::failure;

/// The same for a result code alone, when no connection tells more.
auto failure_of(int code, std::string_view detail, std::string_view doing) -> seams::failure;

struct closer {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using connection = std::unique_ptr<sqlite3, closer>;

/// Opens `path` on the VFS called `vfs` (empty: the default one), creating the file if there is
/// none, unless it is only read. The file itself is first read by the first statement.
auto open(const std::string& path, const std::string& vfs, bool read_only = false)
    -> seams::result<connection>;

/// Runs SQL that needs no values and whose rows nobody wants. `doing` is for the failure's text.
auto execute(sqlite3* db, const char* sql, const char* doing) -> seams::result<void>;

/// A prepared statement. Destroy it before its connection.
class statement {
public:
  /// An empty one, to be assigned to.
  statement() = default;

  /// `doing` is for the text of failures and must outlive the statement; `long_lived` tells SQLite
  /// that the statement is kept for reuse.
  static auto prepare(sqlite3* db, std::string_view sql, const char* doing, bool long_lived = false)
      -> seams::result<statement>;

  [[nodiscard]] auto raw() const -> sqlite3_stmt* { return stmt_.get(); }
  [[nodiscard]] auto doing() const -> const char* { return doing_; }

private:
  struct finaliser {
    void operator()(sqlite3_stmt* stmt) const { sqlite3_finalize(stmt); }
  };
  std::unique_ptr<sqlite3_stmt, finaliser> stmt_;
  const char* doing_ = "";
};

/// One use of a statement: bind, step, read. Its end resets the statement and forgets the values.
/// Bound bytes are not copied: they must live until the end. Indices: parameters from 1, columns
/// from 0, as in SQLite.
class use {
public:
  explicit use(statement& what) : stmt_(what.raw()), doing_(what.doing()) {}
  ~use();
  use(const use&) = delete;
  auto operator=(const use&) -> use& = delete;

  void bind_text(int index, std::string_view text);
  void bind_blob(int index, std::string_view bytes);
  void bind_number(int index, std::int64_t number);
  void bind_null(int index);

  /// True: a row is there to be read. False: done. A bind that failed before fails here.
  auto step() -> seams::result<bool>;

  [[nodiscard]] auto is_null(int column) const -> bool;
  [[nodiscard]] auto number(int column) const -> std::int64_t;
  /// The bytes of a text or blob column; valid until the next step.
  [[nodiscard]] auto bytes(int column) const -> std::string_view;
  [[nodiscard]] auto text(int column) const -> std::string { return std::string(bytes(column)); }

private:
  void note(int code);

  sqlite3_stmt* stmt_;
  const char* doing_;
  int bind_problem_ = SQLITE_OK;
};

/// A write transaction that is rolled back unless `commit` succeeded.
class transaction {
public:
  static auto begin(sqlite3* db) -> seams::result<transaction>;
  transaction(transaction&& other) noexcept;
  auto operator=(transaction&&) -> transaction& = delete;
  ~transaction();

  auto commit() -> seams::result<void>;

private:
  explicit transaction(sqlite3* db) : db_(db) {}

  sqlite3* db_;
};

} // namespace core::sqlite
