#pragma once
// Turns stored records into OCSF 1.8.0 events: pure functions, to be re-run at any time.
#include "core/seams/time.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::ocsf {

/// What a record does not say about itself.
struct context {
  std::string tenant_id = {};       ///< where the record names none; "" = not known
  std::string cloud_partition = {}; ///< "AzureCloud", "AzureUSGovernment", "AzureChinaCloud"
  std::optional<seams::instant> received_at = {};
  /// Key and version under which the record is stored; they identify what does not do so itself.
  std::string key = {};
  std::string version = {};
  /// When a record happened that neither says so nor was received at a known time.
  std::optional<seams::instant> otherwise_at = {};
  /// Whether an earlier version of the same alert or incident was seen; unset = not known, then its
  /// own times tell.
  std::optional<bool> seen_before = {};
  bool with_raw = false; ///< adds the record's text as `raw_data`
};

/// What became of one record.
struct outcome {
  std::vector<nlohmann::json> events; ///< valid OCSF; more than one where a record tells of several
  std::string unknown;                ///< why there is none, in words; "" if there is
  std::vector<std::string> drift;     ///< what is new about the record: health note `schema_drift`
};

/// The events of a record as feed `feed` stored or a service sent it. Management Activity records
/// are told apart by `RecordType`, whichever audit feed is named. Envelopes of diagnostic settings,
/// of the streaming API and of our own export are opened.
[[nodiscard]] auto normalize(std::string_view feed, std::string_view record, const context& around)
    -> outcome;

} // namespace core::ocsf
