#pragma once
// Reads tables key by key: what is asked for is known, everything else is a misspelling.
#include "core/seams/time.hpp"
#include "core/toml_reading/node.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace core::toml_reading {

/// One file's complaints beyond these are left out: who reads a hundred has enough to mend.
constexpr std::size_t complaints_max = 100;

/// A text and where it stands.
struct placed_text {
  std::string text;
  position at;
};

/// What readers of one file share.
struct reading {
  std::string file;
  std::string folder;               ///< of the file, for files that it names
  std::string subject = "the file"; ///< what diagnostics call the top level
  std::vector<diagnostic> wrong;
  std::set<std::string> keys; ///< "table.key" of everything asked for

  void complain(position at, std::string message, std::string expected = {}, std::string near = {});
  /// Complains unless `name` is among `known`; `what` says what it should name: "user".
  void
  check_known(const placed_text& name, std::string_view what, std::span<const std::string> known);
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
  /// A span with a sign, from a start that the caller knows.
  auto offset(std::string_view key, need how = need::optional) -> std::optional<seams::duration>;
  /// A list of text; a required one must not be empty.
  auto texts(std::string_view key, need how = need::optional) -> std::vector<std::string>;
  /// The same with the place of each.
  auto placed_texts(std::string_view key, need how = need::optional) -> std::vector<placed_text>;
  /// Text that names something, with its place; for `reading::check_known`.
  auto placed_text_of(std::string_view key, need how = need::optional)
      -> std::optional<placed_text>;
  auto word(std::string_view key, std::span<const std::string> allowed, need how = need::optional)
      -> std::optional<std::string>;
  /// A required table of values by name; each name is one of `allowed`.
  auto text_map(std::string_view key, std::span<const std::string> allowed)
      -> std::map<std::string, std::string>;
  auto flag_map(std::string_view key, std::span<const std::string> allowed)
      -> std::map<std::string, bool>;
  /// A GUID in lower case.
  auto guid(std::string_view key) -> std::optional<std::string>;
  /// Complains if both offsets are there and the later is not after the earlier.
  void check_order(std::string_view earlier, std::string_view later);
  /// Any value as JSON; null if absent.
  auto free(std::string_view key) -> nlohmann::json;
  /// The value itself, if present; its kind is the caller's business.
  auto raw(std::string_view key) -> const member*;
  /// A sub-table that may stand only once, or null.
  auto table(std::string_view key) -> const node*;
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
  auto map_of(std::string_view key, node::kind wanted, std::span<const std::string> allowed)
      -> std::vector<const member*>;

  reading& shared_;
  const node& table_;
  std::string name_;
  std::set<std::string, std::less<>> asked_;
};

/// A GUID as Entra writes it, in lower case.
auto is_guid(std::string_view text) -> bool;

/// A value as JSON, for free tables.
auto to_json(const node& value) -> nlohmann::json;

} // namespace core::toml_reading
