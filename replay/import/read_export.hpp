#pragma once
// Recognises an exported file by its content and takes its records out.
#include "core/seams/result.hpp"
#include "replay/cassette/read_cassette.hpp"
#include "replay/import/export_item.hpp"

#include <string>
#include <string_view>

namespace replay {

/// The formats that are taken, one a line, for people whose file is none of them.
auto taken_formats() -> std::string_view;

struct read_options {
  std::string feed; ///< for records whose members tell no feed, and for audit records; "" = none
  body_source bodies = {}; ///< of a cassette, beside it; empty: they cannot be read
};

/// The records of a file, in its order. Rows that are none are in `bad`. Fails if the content is of
/// no format that is taken, or no row of it is a record that a feed can serve: `why` says what it
/// looks like, without the file's name.
auto read_export(const std::string& name, std::string bytes, const read_options& how)
    -> seams::result<export_file>;

} // namespace replay
