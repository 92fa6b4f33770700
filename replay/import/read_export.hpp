#pragma once
// Recognises an exported file by its content and takes its records out.
#include "core/seams/result.hpp"
#include "replay/import/export_item.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// The formats that are taken, one a line, for people whose file is none of them.
auto taken_formats() -> std::string_view;

/// Bodies of the answers that a HAR file recorded, each an export of its own.
using har_reader = std::function<seams::result<std::vector<std::string>>(std::string_view har)>;

struct read_options {
  std::string feed;    ///< for records whose members tell no feed, and for audit records; "" = none
  har_reader har = {}; ///< empty: a HAR file is refused
};

/// The records of a file, in its order. Rows that are none are in `bad`. Fails if the content is of
/// no format that is taken, or no row of it is a record that a feed can serve: `why` says what it
/// looks like, without the file's name.
auto read_export(const std::string& name, std::string bytes, const read_options& how)
    -> seams::result<export_file>;

} // namespace replay
