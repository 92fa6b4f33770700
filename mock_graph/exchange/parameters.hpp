#pragma once
// The parameters of cmdlets: which there are, of which type, and what is wrong with those given.
#include "core/seams/time.hpp"

#include <nlohmann/json.hpp>

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::exchange {

/// Why a cmdlet that was run gives no rows; Exchange says so in its error envelope.
struct cmdlet_error {
  int status = 400;
  std::string code = "BadRequest";
  std::string type; ///< of the .NET exception
  std::string text;
};

enum class value_kind {
  text,
  flag,   ///< true or false
  number, ///< a whole number that an Int32 holds
  size,   ///< a whole number, or "Unlimited"
  list,   ///< texts: an array, one text, or a GenericHashTable of what to add and to remove
  moment, ///< a date, or date and time
  words   ///< one or more of some words
};

struct parameter {
  std::string_view name; ///< compared without regard to case, as PowerShell does
  value_kind kind = value_kind::text;
  bool required = false;
  std::span<const std::string_view> words = {}; ///< that a value of kind `words` may be
  std::string_view type = {};                   ///< of such words, as error texts name it
  bool exact = false;                           ///< words must be spelled as they are here
  std::int64_t least = std::numeric_limits<std::int32_t>::min(); ///< of a value of kind `number`
  std::int64_t most = std::numeric_limits<std::int32_t>::max();
};

/// What is wrong with the parameters given: unknown, missing, or of another type; as PowerShell
/// binds them. Texts of unknown and wrong ones follow the service
/// (exchange-and-safelinks sheet, 2.4), those of missing ones and of numbers out of their range
/// PowerShell [inferred].
auto check_parameters(std::span<const parameter> known, const nlohmann::json& given)
    -> std::optional<cmdlet_error>;

/// Parameters that have been checked.
class arguments {
public:
  explicit arguments(const nlohmann::json& given) : given_(given) {}

  /// Nothing if it is absent or null.
  [[nodiscard]] auto text(std::string_view name) const -> std::optional<std::string>;
  [[nodiscard]] auto flag(std::string_view name) const -> std::optional<bool>;
  [[nodiscard]] auto number(std::string_view name) const -> std::optional<std::int64_t>;
  /// Whether it is given, be it as null.
  [[nodiscard]] auto has(std::string_view name) const -> bool { return find(name) != nullptr; }
  /// The moment that it names; a date alone is its start.
  [[nodiscard]] auto moment(std::string_view name) const -> std::optional<seams::instant>;
  /// The start of the day that it names.
  [[nodiscard]] auto day(std::string_view name) const -> std::optional<seams::instant>;
  /// How many; nothing if it is absent or "Unlimited".
  [[nodiscard]] auto size(std::string_view name) const -> std::optional<std::size_t>;
  /// All words or texts given; empty if it is absent.
  [[nodiscard]] auto list(std::string_view name) const -> std::vector<std::string>;
  /// Brings `to` to what the parameter asks: other values, none for null, or some more and less.
  void change(std::string_view name, std::vector<std::string>& to) const;

private:
  [[nodiscard]] auto find(std::string_view name) const -> const nlohmann::json*;

  const nlohmann::json& given_;
};

} // namespace mock_graph::exchange
