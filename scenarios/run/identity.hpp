#pragma once
// How the harness itself recognises a stored record: from its bytes, not from the key that the
// connector gave it.
#include "core/store/store.hpp"
#include "mock_graph/ledger/fingerprint.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace scenarios::run {

/// The ledger's name of a record: feed, key and version.
struct identity {
  std::string feed;
  std::string key;
  std::string version;
  auto operator<=>(const identity&) const = default;
};

/// Reads `raw` by the feed's view; a row of a hunting table by the columns that name it, a
/// message trace by trace id and recipient, a click of the audit log by "audit|" and its `Id`. A
/// record that cannot be read this way keeps its digest as key, so it shows up as unknown.
auto identify(std::string_view feed, const std::string& raw) -> identity;

/// The same where `raw` was parsed already.
auto identify(std::string_view feed, const std::string& raw, const nlohmann::json& record)
    -> identity;

/// The same for a stored record, whose key is taken at its word where no byte names the thing.
auto identity_of(const core::record& what) -> identity;

/// Feed, key and version in few bytes, for lists of very many.
auto name_print(const identity& who) -> mock_graph::fingerprint;

} // namespace scenarios::run
