#include "core/toml_reading/node.hpp"

#include <algorithm>

namespace core::toml_reading {

auto node::find(std::string_view name) const -> const member* {
  const auto found = std::find_if(
      members.begin(), members.end(), [name](const member& one) { return one.name == name; });
  return found == members.end() ? nullptr : &*found;
}

auto to_text(node::kind what) -> std::string_view {
  switch (what) {
  case node::kind::text:
    return "text";
  case node::kind::whole:
    return "a whole number";
  case node::kind::real:
    return "a number with a fraction";
  case node::kind::flag:
    return "true or false";
  case node::kind::stamp:
    return "a date and time";
  case node::kind::list:
    return "a list";
  case node::kind::table:
    return "a table";
  }
  return "";
}

} // namespace core::toml_reading
