#pragma once
// Which spans of time a client asked the Management API for, where they leave gaps and overlap.
#include "mock_graph/journal.hpp"

#include <map>
#include <string>
#include <vector>

namespace scenarios::audit {

struct span_of_time {
  seams::instant from;
  seams::instant to; ///< not part of it
};

struct window {
  span_of_time span;
  seams::instant at;      ///< when it was asked for
  std::size_t answer = 0; ///< place in the journal
};

struct windows_of_type {
  std::vector<window> asked;          ///< in order of time covered
  std::vector<span_of_time> gaps;     ///< between the first window's begin and the last one's end
  std::vector<span_of_time> overlaps; ///< asked for by two windows or more; neighbours are joined
};

/// By content type: the lists of content that were answered with 200, first pages only. A list
/// without times is of the 24 hours before (Office 365 Management Activity API reference, "List
/// available content").
auto windows_in(const mock_graph::journal& requests) -> std::map<std::string, windows_of_type>;

} // namespace scenarios::audit
