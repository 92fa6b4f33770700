#include "core/adapters/socket/answer_parser.hpp"

#include <algorithm>

namespace core::adapters {
namespace {

/// What a peer announces is believed up to here; more room is made when the bytes come.
constexpr auto reserve_bytes_max = std::uint64_t{4} * 1024 * 1024;

} // namespace

answer_parser::answer_parser(const answer_limits& limits, bool without_body) {
  header_limit(limits.header_bytes);
  body_limit(limits.body_bytes);
  skip(without_body);
}

void answer_parser::on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) {
  into_.body.reserve(static_cast<std::size_t>(std::min(length.value_or(0), reserve_bytes_max)));
}

auto answer_parser::on_body_impl(string_view body, error_code&) -> std::size_t {
  into_.body.append(body.data(), body.size());
  return body.size();
}

} // namespace core::adapters
