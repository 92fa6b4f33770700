#include "mock_graph/odata/error.hpp"

#include <stdexcept>

namespace mock_graph::odata {

void throw_exception_from_error(const api_error& error, const boost::source_location& where) {
  throw std::logic_error("value() of a failed outcome at " + std::string(where.file_name()) + ":" +
                         std::to_string(where.line()) + ": " + error.message);
}

auto invalid_filter(const std::string& why) -> api_error {
  return {400, "BadRequest", "Invalid filter clause: " + why};
}

auto invalid_query(const std::string& why) -> api_error {
  return {400, "", "The query specified in the URI is not valid. " + why, true};
}

auto no_such_property(const std::string& name, const std::string& type) -> std::string {
  return "Could not find a property named '" + name + "' on type '" + type + "'.";
}

} // namespace mock_graph::odata
