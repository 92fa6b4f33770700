#pragma once
// One row of a field map: where a value stands in a record, where it goes, and what becomes of it.
#include "core/ocsf/paths.hpp"

#include <functional>
#include <map>
#include <span>
#include <string_view>

namespace core::ocsf {

/// One word of Microsoft's and the number OCSF has for it.
struct word {
  std::string_view text;
  int id;
};

/// What a value becomes; null for one that cannot be read so. These are all there are.
using transform = auto(*)(const nlohmann::json& value) -> nlohmann::json;

auto as_text(const nlohmann::json& value) -> nlohmann::json; ///< numbers too
auto as_time(const nlohmann::json& value) -> nlohmann::json; ///< milliseconds
auto as_whole(const nlohmann::json& value) -> nlohmann::json;
auto as_fraction(const nlohmann::json& value) -> nlohmann::json;
auto as_truth(const nlohmann::json& value) -> nlohmann::json;
auto as_not(const nlohmann::json& value) -> nlohmann::json;      ///< the other truth value
auto as_mail(const nlohmann::json& value) -> nlohmann::json;     ///< a mail address, or nothing
auto as_guid(const nlohmann::json& value) -> nlohmann::json;     ///< a GUID, or nothing
auto as_ip(const nlohmann::json& value) -> nlohmann::json;       ///< without port and zone
auto as_port(const nlohmann::json& value) -> nlohmann::json;     ///< of "address:port"
auto as_hostname(const nlohmann::json& value) -> nlohmann::json; ///< a name in place of an address
auto as_mac(const nlohmann::json& value) -> nlohmann::json;
auto as_url(const nlohmann::json& value) -> nlohmann::json; ///< an object `url`, with its parts
auto as_is(const nlohmann::json& value) -> nlohmann::json;  ///< whatever it is

struct field {
  constexpr field(std::string_view source, std::string_view target, transform what = as_text)
      : from(source), to(target), how(what) {}
  constexpr field(std::string_view source, std::string_view target, std::span<const word> table)
      : from(source), to(target), words(table) {}

  std::string_view from; ///< path in the record
  std::string_view to;   ///< path in the event; with "[]" a list gives one entry for each element
  transform how = nullptr;
  std::span<const word> words = {}; ///< in place of `how`: a word not in it becomes 99 and itself
};

/// Where the parts of a record went: path in the record, paths in the event. A part that is dealt
/// with in another way has the path "".
using used_paths = std::multimap<std::string, std::string, std::less<>>;

/// Writes what the rows say from a record into an event. Rows for the same target stand in order
/// of preference.
void copy_fields(const record_view& from,
                 std::span<const field> rows,
                 nlohmann::json& into,
                 used_paths& used);

/// What no attribute of `event` holds of a record: it without the used parts whose values are still
/// in the event, and without members that say nothing.
[[nodiscard]] auto rest_of(const nlohmann::json& record,
                           const nlohmann::json& event,
                           const used_paths& used) -> nlohmann::json;

/// Sets an enumeration: `id`, and where that is 99 the source's own word beside it. A word that
/// says no more than "Other" makes it 0, Unknown.
void put_choice(nlohmann::json& event, std::string_view path, int id, std::string_view own = {});

/// The number of a word, letter case aside; `fallback` if it is not in the table.
[[nodiscard]] auto id_of(std::span<const word> words, std::string_view text, int fallback) -> int;

} // namespace core::ocsf
