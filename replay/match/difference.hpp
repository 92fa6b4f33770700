#pragma once
// In what two requests differ, field by field, in words for people.
#include "replay/match/request_shape.hpp"

#include <optional>
#include <string>
#include <vector>

namespace replay {

struct difference {
  std::optional<std::size_t> closest; ///< index of the exchange; nothing on an empty tape
  std::vector<std::string> fields;    ///< "parameter $top: asked '999', recorded '500'"
};

/// Method, host, each segment of the path, each parameter, each member of the body; nothing for
/// what is equal. Long values are cut.
auto differences(const request_shape& asked, const request_shape& recorded)
    -> std::vector<std::string>;

} // namespace replay
