#pragma once
// What is said of a version that the connector does not have: excused, altered or lost, and why.
#include "scenarios/run/completeness.hpp"

namespace scenarios::run {

/// The source that an entry belongs to, as terms and outages name it.
auto source_of(const mock_graph::ledger_entry& entry) -> std::string;

/// Whether the entry is one that a reader on these terms was to read.
auto is_wanted(const mock_graph::ledger_entry& entry, const reader_terms& terms) -> bool;

/// Whether the reader is on terms with any source of that feed.
auto reads_any(const reader_terms& terms, std::string_view feed) -> bool;

/// Whether the version was gone before anybody had a chance at it.
auto is_excused(const mock_graph::ledger_entry& entry, const reader_terms& terms) -> bool;

/// Notes in `out` a version that is not in the store in the form that was served.
void tell_missing(const mock_graph::ledger_entry& entry,
                  bool other_form_there,
                  const reader_terms& terms,
                  const std::vector<exchange_note>& exchanges,
                  completeness& out);

} // namespace scenarios::run
