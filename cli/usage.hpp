#pragma once
// The result of reading what a user typed: a value, or one sentence that says what was expected.
#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include <string>
#include <utility>

namespace cli {

/// Why an argument cannot be used; names the argument, what it was and what was expected.
struct usage_error {
  usage_error() = default;
  explicit usage_error(std::string text) : why(std::move(text)) {}

  std::string why;
};

/// Called by `value()` on a failed result: for tests.
[[noreturn]] void throw_exception_from_error(const usage_error& error,
                                             const boost::source_location& where);

/// A `T` or a `usage_error`.
template <class T> class [[nodiscard]] parsed : public boost::system::result<T, usage_error> {
public:
  using boost::system::result<T, usage_error>::result;
};

} // namespace cli
