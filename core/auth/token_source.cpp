#include "core/auth/token_source.hpp"

#include "core/auth/diagnosis.hpp"
#include "core/auth/form.hpp"
#include "core/http/error_body.hpp"
#include "core/http/retry_after.hpp"
#include "core/http/within.hpp"
#include "core/json/check.hpp"
#include "core/json/slice.hpp"

#include <algorithm>

namespace core::auth {
namespace {

using namespace std::chrono_literals;
using seams::reaction;

/// MSAL treats a cached token as expired five minutes early (identity sheet, 6.4).
constexpr auto early = seams::duration{5min};
/// A repaired secret heals by itself within this time, and the login is not hammered.
constexpr auto refusal_kept = seams::duration{60s};
constexpr auto look_again = seams::duration{100ms};

/// A token that lives shorter than twice `early` is renewed at half its life.
auto renewal_after(std::int64_t expires_in) -> seams::duration {
  const auto life = seams::duration{std::chrono::seconds{expires_in}};
  return std::max(life - early, life / 2);
}

auto number_of(std::string_view body, std::string_view name) -> std::optional<std::int64_t> {
  const auto slice = json::member(body, name);
  if (!slice) {
    return std::nullopt;
  }
  const auto text = json::as_string(*slice); // v1 answers write numbers as strings
  return json::as_int64(text ? std::string_view(*text) : *slice);
}

} // namespace

auto token_source::token(std::string audience)
    -> boost::asio::awaitable<seams::result<std::string>> {
  for (;;) {
    auto& slot = entries_[audience];
    if (!slot.token.empty() && time_.elapsed() < slot.renew_at) {
      co_return slot.token;
    }
    if (slot.refusal && time_.elapsed() < slot.refusal_until) {
      co_return *slot.refusal;
    }
    if (slot.under_way) {
      co_await time_.sleep_for(look_again, "a token that another feed asked for");
    } else {
      co_await request(audience);
    }
  }
}

void token_source::refused(const std::string& audience, const std::string& token) {
  auto& slot = entries_[audience];
  if (slot.token == token) {
    slot.token.clear();
  }
}

auto token_source::request(const std::string& audience) -> boost::asio::awaitable<void> {
  auto& slot = entries_[audience];
  slot.token.clear();
  slot.refusal.reset();
  const auto secret = config_.client_secret();
  if (!secret) {
    remember(slot, secret.error(), refusal_kept);
    co_return;
  }
  auto query = seams::request();
  query.method = "POST";
  query.url = config_.where.login + "/" + config_.tenant_id + "/oauth2/v2.0/token";
  query.fields.set("Content-Type", "application/x-www-form-urlencoded");
  query.fields.set("Accept", "application/json");
  query.fields.set("client-request-id", seams::draw_guid(chance_, "client-request-id"));
  query.body = encode_form({{"grant_type", "client_credentials"},
                            {"client_id", config_.client_id},
                            {"scope", audience + "/.default"},
                            {"client_secret", *secret}});
  slot.under_way = true;
  const auto answer =
      co_await http::exchange_within(time_, wire_, std::move(query), config_.answer_limit);
  slot.under_way = false;
  take(slot, answer);
}

void token_source::take(entry& slot, const seams::result<seams::response>& answer) {
  if (!answer) {
    remember(slot, answer.error(), 5s);
    return;
  }
  const auto body = std::string_view(answer->body);
  const auto readable = !answer->body_undecodable && json::check(body).has_value();
  if (answer->status == 200 && readable) {
    const auto token = json::member(body, "access_token");
    const auto text = token ? json::as_string(*token) : std::nullopt;
    if (text && !text->empty()) {
      slot.token = *text;
      slot.renew_at = time_.elapsed() + renewal_after(number_of(body, "expires_in").value_or(600));
      return;
    }
  }
  const auto words = http::read_error(*answer);
  const auto pause = http::retry_after(answer->fields, time_.wall());
  const auto busy = answer->status == 429 || answer->status >= 500 || answer->status == 200 ||
                    words.code == "temporarily_unavailable";
  if (busy) {
    auto why = seams::failure(reaction::retry_later,
                              answer->status == 429 ? "429" : "login_unavailable",
                              "the login answered " + std::to_string(answer->status));
    remember(slot, std::move(why), pause.value_or(http::back_off(4, chance_)));
    return;
  }
  remember(slot,
           seams::failure(reaction::stop_and_diagnose, words.code, diagnose(words)),
           pause.value_or(refusal_kept));
}

void token_source::remember(entry& slot, seams::failure why, seams::duration at_least) {
  slot.refusal = std::move(why);
  slot.refusal_until = time_.elapsed() + at_least;
}

} // namespace core::auth
