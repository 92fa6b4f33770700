#pragma once
// What `offtenant import` is asked for.
#include <string>
#include <vector>

namespace cli {

struct import_options {
  std::vector<std::string> files; ///< exports, at least one
  std::string folder;             ///< where the fixture goes; new, or empty
  std::string name;               ///< what the fixture calls itself; "" = as the folder
  std::string feed;               ///< for records that tell no feed; "" = none
  std::string key;                ///< file with the key of the stand-ins; "" = drawn anew
  bool keep_names = false;
};

} // namespace cli
