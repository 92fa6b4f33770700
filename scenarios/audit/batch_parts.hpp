#pragma once
// The parts of a `$batch` that the tenant was asked, with what it answered to each.
#include "core/seams/http.hpp"

#include <vector>

namespace scenarios::audit {

/// The answers to the parts, in the order of the request, so that the n-th belongs to the n-th
/// entry behind the batch's own in the journal. Parts that were never asked, because one that they
/// depend on failed, are left out. Empty for anything but a batch that was carried out.
auto answered_parts(const seams::request& batch, const seams::response& answer)
    -> std::vector<seams::response>;

} // namespace scenarios::audit
