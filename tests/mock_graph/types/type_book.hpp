#pragma once
// Microsoft Graph's types as its metadata describes them, and the check of a JSON value against
// one.
#include <nlohmann/json.hpp>

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace graph_types {

/// How an answer was asked for, as far as its form depends on it.
struct asked {
  bool beta = false;
  bool some_members = false;         ///< by `$select`: required members may be absent
  bool unknown_enum_members = false; ///< by `Prefer: include-unknown-enum-members`
};

/// What was compared, so that a check of nothing does not look like a success.
struct tally {
  std::size_t objects = 0;
  std::size_t members = 0;
  std::set<std::string> types;
};

/// Called with each deviation: where in the type, and what is wrong there.
using complain = std::function<void(const std::string& where, const std::string& what)>;

/// The reduced metadata: an object with `types`, `enums` and `beta`, whose `format` member says
/// what they hold. Source: github.com/microsoftgraph/msgraph-metadata.
class type_book {
public:
  explicit type_book(nlohmann::json described) : described_(std::move(described)) {}

  /// "microsoft.graph.security.alert", "Collection(Edm.String)", ... Nulls, unknown members,
  /// absent required ones, wrong JSON types, malformed texts and unknown words are deviations.
  void check(const nlohmann::json& value,
             const std::string& type,
             const asked& how,
             tally& count,
             const complain& found) const;

private:
  struct walk;

  [[nodiscard]] auto find(const char* kind, const std::string& name, bool beta) const
      -> const nlohmann::json*;

  nlohmann::json described_;
};

} // namespace graph_types
