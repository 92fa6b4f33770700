#pragma once
// How an expected failure travels: a value that says what to do next, never an exception.
#include <boost/system/result.hpp>

#include <string>
#include <utility>

namespace seams {

/// What the caller should do. A new member exists only when some code acts on it.
enum class reaction {
  retry_later,       ///< the peer or the network may recover by itself
  renew_token,       ///< the token was refused: get another one, then repeat the same call once
  stop_and_diagnose, ///< only a person can mend it: stop asking, say what is wrong
  skip_record        ///< one item is beyond saving: record the loss, go on with the others
};

/// Why something did not work. `code` is for programs ("connection_reset", "AADSTS7000222",
/// "AF20055"), `why` for people. Neither ever holds a secret or a token.
struct failure {
  failure() = default;
  failure(reaction r, std::string machine_code, std::string text)
      : next(r), code(std::move(machine_code)), why(std::move(text)) {}

  reaction next{};
  std::string code;
  std::string why;
};

/// Called by `value()` on a failed result: a broken invariant of ours, so it ends the run.
[[noreturn]] void throw_exception_from_error(const failure& error,
                                             const boost::source_location& where);

/// A `T` or a `failure`. Test with `if (!r)` before `*r`; `value()` is for tests.
template <class T> class [[nodiscard]] result : public boost::system::result<T, failure> {
public:
  using boost::system::result<T, failure>::result;
};

} // namespace seams
