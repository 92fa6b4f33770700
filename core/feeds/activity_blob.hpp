#pragma once
// The records inside a content blob, sound or not.
#include <optional>
#include <string_view>
#include <vector>

namespace core::feeds {

struct blob_content {
  std::vector<std::string_view> records;
  std::vector<std::string_view> broken; ///< elements that are no JSON objects
};

/// Slices of `body`. A list with an element in it that is no JSON is taken apart, so that one odd
/// record does not keep the others (elastic/integrations issue 9920). Nothing if it is no list, or
/// was cut.
auto open_blob(std::string_view body) -> std::optional<blob_content>;

} // namespace core::feeds
