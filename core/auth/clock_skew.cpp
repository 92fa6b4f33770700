#include "core/auth/clock_skew.hpp"

#include "core/http/retry_after.hpp"

namespace core::auth {
namespace {

using namespace std::chrono_literals;

constexpr auto offset_least = seams::duration{30s};
constexpr auto offset_most = seams::duration{24h};

} // namespace

auto offset_by(const seams::headers& fields, seams::instant now) -> std::optional<seams::duration> {
  const auto text = fields.find("Date");
  const auto date = text ? http::parse_http_date(*text) : std::nullopt;
  if (!date) {
    return std::nullopt;
  }
  const auto offset = *date - now;
  const auto size = std::chrono::abs(offset);
  return size < offset_least || size > offset_most ? seams::duration{} : offset;
}

auto clock_text(seams::duration offset) -> std::string {
  const auto minutes = std::chrono::round<std::chrono::minutes>(std::chrono::abs(offset)).count();
  if (offset == seams::duration::zero()) {
    return "this machine's clock is right";
  }
  const auto size = minutes == 0   ? std::string("less than a minute")
                    : minutes == 1 ? std::string("1 minute")
                                   : std::to_string(minutes) + " minutes";
  return "this machine's clock is " + size + (offset > seams::duration{} ? " behind" : " ahead");
}

} // namespace core::auth
