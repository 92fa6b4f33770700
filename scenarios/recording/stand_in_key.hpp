#pragma once
// The key that decides what stands for whom.
#include "core/seams/result.hpp"

#include <string>

namespace scenarios::recording {

struct key_of_stand_ins {
  std::string text;
  bool made_file = false; ///< the file was not there and is now
};

/// Without a path: one that nobody has. Else the file's, without its line end; a file that is not
/// there is made, readable by its owner only. Fails with "bad_key" (fewer than 16 bytes, more than
/// 4096, not to be read) and "unwritable".
auto stand_in_key(const std::string& path) -> seams::result<key_of_stand_ins>;

} // namespace scenarios::recording
