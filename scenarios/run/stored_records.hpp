#pragma once
// How the harness reads a connector's store: one record at a time, never all of them at once.
#include "core/store/store.hpp"

#include <functional>

namespace scenarios::run {

/// Visits the stored records that fit the query, in the store's order, as often as it is called.
using stored_records = std::function<void(
    const core::record_query& wanted, const std::function<void(const core::stored_record&)>& sink)>;

} // namespace scenarios::run
