#pragma once
// $filter: read once against a type, then asked about entities.
#include "core/seams/time.hpp"
#include "mock_graph/odata/error.hpp"
#include "mock_graph/odata/schema.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string_view>

namespace mock_graph::odata {

struct expression;

/// Both ends belong to the range. An entity whose property lies outside cannot match; one inside
/// may or may not.
struct time_range {
  std::optional<seams::instant> lower;
  std::optional<seams::instant> upper;

  auto operator==(const time_range&) const -> bool = default;
};

/// A checked $filter. Cheap to copy; independent of the schema and the text it came from.
class filter {
public:
  /// Reads `text` (percent-decoded UTF-8, at most 16 KiB, at most 100 levels deep): eq ne gt ge lt
  /// le in, and or not, parentheses, contains startswith endswith tolower toupper length, a/b
  /// paths, any and all. Errors are 400 `BadRequest`, `Invalid filter clause: …`; what follows is
  /// the wording of Microsoft's OData library. The sheet sources the unknown property only, the
  /// rest is inferred from that library.
  static auto parse(std::string_view text, const entity_schema& schema) -> outcome<filter>;

  /// Whether the filter is true (not false, not null) for `entity`, which is nlohmann::json or
  /// nlohmann::ordered_json.
  template <class Json> [[nodiscard]] auto matches(const Json& entity) const -> bool;

  /// The first operator in it that directory objects take in advanced queries only: "endsWith",
  /// "ne", "not"; "" if there is none.
  [[nodiscard]] auto advanced_operator() const -> std::string_view;

  /// What the filter demands of one date-time property, for cutting a sorted index.
  [[nodiscard]] auto time_bounds(std::string_view property) const -> time_range;

private:
  explicit filter(std::shared_ptr<const expression> tree) : tree_(std::move(tree)) {}

  std::shared_ptr<const expression> tree_;
};

extern template auto filter::matches(const nlohmann::json&) const -> bool;
extern template auto filter::matches(const nlohmann::ordered_json&) const -> bool;

} // namespace mock_graph::odata
