#pragma once
// What the mock answers instead of data: status, code and message of a Graph error, as a value.
#include <boost/system/result.hpp>

#include <string>
#include <utility>

namespace mock_graph::odata {

/// One Graph error. `code` may be empty: some back ends send it so (WZ-28070, "Top query").
struct api_error {
  api_error() = default;
  api_error(int http_status, std::string error_code, std::string text, bool empty_details = false)
      : status(http_status), code(std::move(error_code)), message(std::move(text)),
        with_details(empty_details) {}

  int status = 400;
  std::string code;
  std::string message;
  bool with_details = false; ///< the body carries `"details":[]` after the message
};

/// Called by `value()` on a failed outcome: a broken invariant of ours, so it ends the run.
[[noreturn]] void throw_exception_from_error(const api_error& error,
                                             const boost::source_location& where);

/// A `T` or the error to answer with.
template <class T> class [[nodiscard]] outcome : public boost::system::result<T, api_error> {
public:
  using boost::system::result<T, api_error>::result;
};

/// 400 `BadRequest`, `Invalid filter clause: <why>` (form: Wazuh issue 28048, riskDetections).
auto invalid_filter(const std::string& why) -> api_error;

/// 400 with an empty code and empty details, `The query specified in the URI is not valid. <why>`
/// (form: Wazuh issue 28070, incidents).
auto invalid_query(const std::string& why) -> api_error;

/// `Could not find a property named '<name>' on type '<type>'.`
auto no_such_property(const std::string& name, const std::string& type) -> std::string;

} // namespace mock_graph::odata
