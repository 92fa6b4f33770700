#pragma once
// The tables of the store, and how an older file becomes a newer one.
#include "core/seams/result.hpp"

#include <sqlite3.h>

namespace core::sqlite {

/// The schema that this build writes, kept in the file as `user_version`.
auto schema_version() -> int;

/// Which schema the file has, 0 for an empty file. Reads only. Refuses a file that a newer build
/// wrote or that is not a store ("store_unavailable", stop_and_diagnose).
auto schema_in(sqlite3* db) -> seams::result<int>;

/// Creates the tables in a file of version 0, or brings an older file up to `schema_version`, all
/// in one transaction.
auto migrate(sqlite3* db, int from) -> seams::result<void>;

/// Fails unless `version` is what this build writes: nobody migrates what is only read.
auto check_current(int version) -> seams::result<void>;

} // namespace core::sqlite
