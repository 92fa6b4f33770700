#include "core/seams/result.hpp"

#include <stdexcept>

namespace seams {

void throw_exception_from_error(const failure& error, const boost::source_location& where) {
  throw std::logic_error("value() of a failed result at " + std::string(where.file_name()) + ":" +
                         std::to_string(where.line()) + ": " + error.code + ": " + error.why);
}

} // namespace seams
