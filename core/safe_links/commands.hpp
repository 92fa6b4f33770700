#pragma once
// The commands that manage Safe Links, as a table: cmdlet, settings, what else calls them.
#include <nlohmann/json.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace core::safe_links {

using object = nlohmann::ordered_json;

enum class subject { policy, rule, tenant_switch, detail_report, aggregate_report };
enum class verb { list, create, update, remove, enable, disable };
enum class value_kind { flag, text, list, number };
/// A list can be set, or some of its entries added or removed.
enum class list_part { whole, add, remove };

struct setting {
  std::string_view option;    ///< of the command line, without dashes: "track-clicks"
  std::string_view parameter; ///< of the cmdlet: "TrackClicks"
  value_kind kind = value_kind::text;
  std::string_view help;
  list_part part = list_part::whole;
};

struct command {
  subject about;
  verb does;
  std::string_view words; ///< "policy create"
  std::string_view cmdlet;
  std::string_view naming; ///< parameter that names the object: "Identity", "Name" or ""
  bool needs_name = false;
  std::span<const setting> settings;
  std::string_view help;
  std::string_view xsoar = {}; ///< "policy-create": the command of Cortex XSOAR that it equals

  [[nodiscard]] auto changes() const -> bool { return does != verb::list; }
};

/// Sources: learn.microsoft.com/powershell/module/exchangepowershell, one page a cmdlet;
/// demisto/content Packs/Microsoft365Defender/Integrations/O365DefenderSafeLinks.
auto command_table() -> std::span<const command>;

/// The command of these words, or null.
auto find_command(std::string_view words) -> const command*;

/// What a user asks for.
struct request {
  const command* what = nullptr;
  std::string name;                 ///< of the object, or ""
  object values = object::object(); ///< parameters of the cmdlet, without the name

  /// Adds a setting; entries of a list to add and to remove join in one parameter.
  void set(const setting& which, object value);
};

/// `text` as a value of that setting: true, false, on or off; a number; entries with commas between
/// them or as a JSON array. Nothing if it is no such value.
auto value_from(const setting& what, std::string_view text) -> std::optional<object>;

/// All parameters as the cmdlet takes them. Cmdlets that would ask are told not to.
auto parameters_of(const request& what) -> object;

} // namespace core::safe_links
