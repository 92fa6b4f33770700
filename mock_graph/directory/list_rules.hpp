#pragma once
// What every list of directory objects takes.
#include "mock_graph/odata/options.hpp"

namespace mock_graph::directory {

/// Options of GET /users, /groups, /devices: 100 a page unless asked, at most 999 (directory sheet,
/// 2.3).
inline auto directory_limits() -> odata::rules {
  using odata::option;
  auto limits = odata::rules();
  limits.allowed = {option::filter,
                    option::top,
                    option::skip_token,
                    option::count,
                    option::order_by,
                    option::select};
  limits.top_default = 100;
  limits.top_max = 999;
  limits.when_over = odata::over_top::page_text;
  return limits;
}

} // namespace mock_graph::directory
