#include "core/connector/credential_watch.hpp"

#include "core/auth/base64.hpp"
#include "core/auth/form.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/feeds/times.hpp"
#include "core/json/slice.hpp"

namespace core {
namespace {

using namespace std::chrono_literals;

constexpr auto look_every = seams::duration{12h};
constexpr auto look_again = seams::duration{1h};
constexpr auto first_warning = seams::duration{30 * 24h};
constexpr auto last_warning = seams::duration{7 * 24h};
constexpr auto hint_length = std::size_t{3};

auto member_text(std::string_view object, std::string_view name) -> std::string {
  const auto slice = json::member(object, name);
  return slice ? json::as_string(*slice).value_or("") : std::string();
}

auto is_in_use(std::string_view listed, const auth::credential& in_use) -> bool {
  if (const auto* pair = std::get_if<auth::key_pair>(&in_use)) {
    const auto thumbprint = member_text(listed, "customKeyIdentifier");
    return auth::from_base64(thumbprint) == pair->certificate().sha1 ||
           thumbprint == pair->portal_thumbprint();
  }
  const auto& secret = std::get<auth::client_secret>(in_use).value;
  const auto hint = member_text(listed, "hint");
  return hint.size() == hint_length && secret.starts_with(hint);
}

auto days_of(seams::duration span) -> std::string {
  const auto days = std::chrono::floor<std::chrono::days>(span).count();
  return days == 0 ? "less than a day" : std::to_string(days) + (days == 1 ? " day" : " days");
}

} // namespace

auto find_credential_end(std::string_view application,
                         const auth::credential& in_use,
                         seams::instant now) -> std::optional<credential_end> {
  const auto certificate = std::holds_alternative<auth::key_pair>(in_use);
  const auto list =
      json::member(application, certificate ? "keyCredentials" : "passwordCredentials");
  auto out = std::optional<credential_end>();
  if (!list) {
    return out;
  }
  json::for_each_element(*list, [&](std::string_view listed) {
    const auto end = feeds::parse_time(member_text(listed, "endDateTime"));
    if (end && *end > now && is_in_use(listed, in_use) && (!out || *end < out->at)) {
      out = credential_end{
          *end, certificate, member_text(listed, "displayName"), member_text(listed, "keyId")};
    }
  });
  return out;
}

auto expiry_remark(const credential_end& end, seams::instant now) -> std::optional<health::remark> {
  const auto left = end.at - now;
  if (left > first_warning) {
    return std::nullopt;
  }
  const auto what = std::string(end.certificate ? "certificate" : "client secret");
  return health::remark{
      "credential_expires",
      left > last_warning ? "within_30_days" : "within_7_days",
      "The " + what + " \"" + end.name + "\" (" + end.id + ") ends on " +
          seams::to_rfc3339(end.at).substr(0, 10) + ", in " + days_of(left) +
          ": make a new one under Certificates & secrets of the app registration and configure it "
          "before then"};
}

auto credential_watch::look() -> boost::asio::awaitable<std::optional<credential_end>> {
  const auto& graph = config_.where.graph;
  if (time_.elapsed() < next_look_ || !tokens_.carries(graph.audience, "Application.Read.All")) {
    co_return std::nullopt;
  }
  next_look_ = time_.elapsed() + look_every;
  auto query = api::call();
  query.url = graph.root + "/v1.0/applications(appId='" + auth::percent_encode(config_.client_id) +
              "')?$select=passwordCredentials,keyCredentials";
  query.bucket = feeds::directory_bucket;
  query.patience = seams::duration::zero();
  const auto answer = co_await api_.send(std::move(query));
  if (!answer && answer.error().next == seams::reaction::retry_later) {
    next_look_ = time_.elapsed() + look_again;
  }
  const auto in_use = config_.credential();
  if (!answer || !in_use) {
    co_return std::nullopt;
  }
  co_return find_credential_end(answer->body, *in_use, time_.wall());
}

} // namespace core
