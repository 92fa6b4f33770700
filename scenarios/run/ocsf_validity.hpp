#pragma once
// Whether what the connector stored becomes valid OCSF.
#include "core/ocsf/normalize.hpp"
#include "scenarios/run/stored_records.hpp"

#include <string>
#include <vector>

namespace scenarios::run {

/// What makes events of records; another than the connector's own shows that the check checks.
using normalizer = std::function<core::ocsf::outcome(
    std::string_view feed, std::string_view record, const core::ocsf::context& around)>;

/// Normalises stored records and validates every event; each line names a record and what is wrong
/// with an event of it. Of a feed with more records than `looked_at_most` about so many, evenly
/// taken, speak for all. Records that are no JSON are left out: they are kept as they arrived. A
/// record of no known form is wrong only where the mock made it: files may hold anything.
auto invalid_events(const stored_records& stored,
                    std::size_t looked_at_most,
                    bool from_files,
                    const normalizer& normalize = core::ocsf::normalize)
    -> std::vector<std::string>;

} // namespace scenarios::run
