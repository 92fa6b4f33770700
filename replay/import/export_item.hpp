#pragma once
// What comes out of an exported file: records that a feed can serve, and rows that are kept aside.
#include <cstddef>
#include <string>
#include <vector>

namespace replay {

/// One record of an export, in the form in which its feed serves it.
struct export_item {
  std::string feed;
  std::string table; ///< of advanced hunting, for a feed that reads such tables
  std::string raw;   ///< one JSON object on one line
  std::string file;
  std::size_t line = 1; ///< as for `bad_row`
};

/// A row that is no record: it is named, counted and kept.
struct bad_row {
  std::string file;
  std::size_t line = 1; ///< of a recording: the number of the exchange; 0 if none is to blame
  std::string why;
  std::string text;
};

/// What one file held.
struct export_file {
  std::string name;
  std::string format; ///< in words, for people
  std::vector<export_item> items;
  std::vector<bad_row> bad;
  std::size_t others = 0; ///< exchanges of a recording that hold no records by what they are
};

} // namespace replay
