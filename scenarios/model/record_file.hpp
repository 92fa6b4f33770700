#pragma once
// Records in a file, word for word.
#include <cstddef>
#include <string>
#include <vector>

namespace scenarios::model {

struct file_record {
  std::string raw; ///< exactly the bytes of one JSON object
  std::size_t line = 1;
};

struct record_file {
  std::vector<file_record> records;
  std::string wrong; ///< what is the matter with the file; "" if nothing
};

/// Reads NDJSON, a JSON array, a page `{"value": [...]}`, an answer of a hunting query
/// `{"results": [...]}` or one object, at most 256 MiB. Blank lines are skipped; anything that is
/// no object is an error that names its line, and the records around it are given all the same. A
/// file without any record is an error.
auto read_record_file(const std::string& path) -> record_file;

/// The same for text in hand, where no record at all is no error: a day may have none.
auto slice_records(const std::string& text) -> record_file;

} // namespace scenarios::model
