#pragma once
// What a source of records is to the normaliser: its names, its field map, its own rules.
#include "core/ocsf/draft.hpp"
#include "core/ocsf/field.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace core::ocsf {

struct source {
  std::string_view name = {};    ///< `metadata.log_name`: "security/alerts_v2"; "" = the feed's
  std::string_view provider;     ///< `metadata.log_provider`
  std::string_view vendor = "Microsoft"; ///< `metadata.product.vendor_name`
  std::string_view product;      ///< `metadata.product.name`, unless the record says another
  std::string_view feature = {}; ///< `metadata.product.feature.name`
  std::string_view prefix;       ///< opens `metadata.uid`: "alert"
  /// Paths which together are the native identity; the record's digest if the first is missing.
  std::span<const std::string_view> identity;
  std::string_view version = {}; ///< path of the time of the last change, if it changes
  std::string_view time;         ///< path of `metadata.original_time`
  std::span<const field> fields = {};
  /// Members that go to `unmapped` although a row reads them: what an identifier stands for is
  /// lost.
  std::span<const std::string_view> kept = {};
  /// What a table cannot say: class, activity, lists. Gives why there is no event, or nothing.
  auto(*shape)(draft& of) -> std::optional<std::string> = nullptr;
};

} // namespace core::ocsf
