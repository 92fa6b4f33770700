#pragma once
// A request URL as real clients write it: `$` or `%24`, raw blanks, quotes and bars, `+` for a
// blank. A URL library would refuse several of these; the services do not.
#include "mock_graph/odata/error.hpp"
#include "mock_graph/odata/target_path.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::odata {

struct parameter {
  std::string name;  ///< percent-decoded: `%24filter` is `$filter`
  std::string value; ///< percent-decoded, '+' read as a blank
  std::string raw;   ///< `name=value` as it came
};

struct target {
  std::string scheme; ///< lower case; empty when the URL began with '/' (as in a $batch part)
  std::string host;   ///< lower case
  std::string port;   ///< empty when not written
  std::string raw_path;
  std::vector<segment> path;
  std::vector<parameter> query; ///< in order; empty ones (`?&a=b`) are skipped
};

constexpr auto url_bytes_max = std::size_t{16} * 1024;
constexpr auto parameters_max = std::size_t{100};

/// Reads an absolute http or https URL, or one that begins with '/'. A fragment is dropped. Errors:
/// 414 when longer than `bytes_max`, 400 for anything malformed or more than 100 parameters [texts
/// inferred].
auto read_target(std::string_view url, std::size_t bytes_max = url_bytes_max) -> outcome<target>;

/// The value of the first parameter of that name, in any case.
auto find_parameter(const target& in, std::string_view name) -> std::optional<std::string_view>;

/// That value as a number; nothing if it is absent or none.
auto find_number(const target& in, std::string_view name) -> std::optional<std::uint64_t>;

/// The first `$` option given twice, as written the second time.
auto duplicate_option(const target& in) -> std::optional<std::string>;

/// The request's own URL with `option` replaced or added: an @odata.nextLink, which repeats the
/// request's options and keeps its scheme and host. `$skip` and `$skiptoken` drive each other out.
/// What the client left unencoded and a URL may not hold comes out encoded.
auto link_with(const target& request, std::string_view option, std::string_view content)
    -> std::string;

} // namespace mock_graph::odata
