#pragma once
// Which source a record belongs to: by its feed and by what it looks like, as data.
#include "core/ocsf/source.hpp"

#include <array>

namespace core::ocsf {

/// A source of a feed, known by members that its records have. Of the rows of one feed the first
/// that fits decides; a row without marks fits anything.
struct catalogue_row {
  std::string_view feed; ///< "audit" for all feeds of the Management Activity API
  const source* from;
  std::array<std::string_view, 3> marks; ///< members that must be there
};

/// A source of Management Activity records, known by the number of the type.
struct record_type_row {
  std::string_view record_type;
  const source* from;
};

[[nodiscard]] auto catalogue() -> std::span<const catalogue_row>;
[[nodiscard]] auto record_types() -> std::span<const record_type_row>;

/// Whether records of the feed are told apart by `RecordType`.
[[nodiscard]] auto is_audit_feed(std::string_view feed) -> bool;

/// The source of a record, or null if none of the feed's fits.
[[nodiscard]] auto source_of(std::string_view feed, const record_view& record) -> const source*;

} // namespace core::ocsf
