#pragma once
// Reads tables key by key: what is asked for is known, everything else is a misspelling.
#include "core/seams/time.hpp"
#include "scenarios/model/node.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace scenarios::model {

/// What readers of one file share.
struct reading {
  std::string file;
  std::string folder; ///< of the file, for files that it names
  seams::instant start;
  std::vector<diagnostic> wrong;
  std::map<std::string, seams::instant> ids; ///< of events, with their time
  std::set<std::string> keys;                ///< "table.key" of everything asked for

  void complain(position at, std::string message, std::string expected = {}, std::string near = {});
  [[nodiscard]] auto origin(position at) const -> std::string {
    return file + ":" + std::to_string(at.line);
  }
};

enum class need { optional, required };

/// One table. Each accessor names a key and makes it known; `finish` complains of the others.
class table_reader {
public:
  table_reader(reading& shared, const node& table, std::string name);

  auto text(std::string_view key, need how = need::optional) -> std::optional<std::string>;
  auto whole(std::string_view key, std::int64_t least, std::int64_t most, need how = need::optional)
      -> std::optional<std::int64_t>;
  auto flag(std::string_view key) -> std::optional<bool>;
  /// A span that is not negative.
  auto span(std::string_view key, need how = need::optional) -> std::optional<seams::duration>;
  /// An offset from the scenario's start.
  auto moment(std::string_view key, need how = need::optional) -> std::optional<seams::instant>;
  auto texts(std::string_view key, need how = need::optional) -> std::vector<std::string>;
  auto word(std::string_view key, std::span<const std::string> allowed, need how = need::optional)
      -> std::optional<std::string>;
  /// Text values by free names.
  auto text_map(std::string_view key) -> std::map<std::string, std::string>;
  auto flag_map(std::string_view key) -> std::map<std::string, bool>;
  /// Any value as JSON; null if absent.
  auto free(std::string_view key) -> nlohmann::json;
  /// The value itself, if present; its kind is the caller's business.
  auto raw(std::string_view key) -> const member*;
  /// Sub-tables: one table or an array of them.
  auto tables(std::string_view key) -> std::vector<const node*>;

  void finish();

  [[nodiscard]] auto at() const -> position { return table_.at; }
  /// The place of a key, or of the table where it is absent.
  [[nodiscard]] auto at(std::string_view key) const -> position;
  [[nodiscard]] auto shared() -> reading& { return shared_; }
  [[nodiscard]] auto origin() const -> std::string { return shared_.origin(table_.at); }

private:
  auto take(std::string_view key, node::kind wanted, need how) -> const node*;

  reading& shared_;
  const node& table_;
  std::string name_;
  std::set<std::string, std::less<>> asked_;
};

/// A value as JSON, for free tables.
auto to_json(const node& value) -> nlohmann::json;

} // namespace scenarios::model
