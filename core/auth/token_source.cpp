#include "core/auth/token_source.hpp"

#include "core/auth/assertion.hpp"
#include "core/auth/clock_skew.hpp"
#include "core/auth/diagnosis.hpp"
#include "core/auth/form.hpp"
#include "core/auth/token_claims.hpp"
#include "core/http/error_body.hpp"
#include "core/http/retry_after.hpp"
#include "core/http/within.hpp"
#include "core/json/check.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <array>

namespace core::auth {
namespace {

using namespace std::chrono_literals;
using seams::reaction;

/// MSAL treats a cached token as expired five minutes early (identity sheet, 6.4).
constexpr auto early = seams::duration{5min};
/// A repaired secret heals by itself within this time, and the login is not hammered.
constexpr auto refusal_kept = seams::duration{60s};
constexpr auto look_again = seams::duration{100ms};
/// How close to its end a token still serves while its renewal fails.
constexpr auto last_use = seams::duration{60s};
/// The shortest back-off from a login in trouble is that of this attempt: four to eight seconds.
constexpr auto first_back_off = 3U;
/// Tokens live up to 28 hours (continuous access evaluation); longer ones are not believed.
constexpr auto life_s_max = std::int64_t{100'000};

constexpr auto jwt_bearer =
    std::string_view("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");

/// A token that lives shorter than twice `early` is renewed at half its life.
auto renewal_after(seams::duration life) -> seams::duration {
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
    const auto now = time_.elapsed();
    if (!slot.token.empty() && now < slot.renew_at) {
      co_return slot.token;
    }
    const auto refused_still = slot.refusal && now < slot.refusal_until;
    if (refused_still || (trouble_ && now < rested_at_)) {
      if (!slot.token.empty() && now < slot.good_until) {
        co_return slot.token;
      }
      co_return refused_still ? *slot.refusal : *trouble_;
    }
    if (!slot.asking.expired() || (!welcome_ && !asking_.expired())) {
      co_await time_.sleep_for(look_again, "a token that another feed asked for");
    } else {
      co_await request(audience);
    }
  }
}

void token_source::refused(const std::string& audience,
                           const std::string& token,
                           std::optional<std::string> claims) {
  auto& slot = entries_[audience];
  if (slot.token == token) {
    slot.token.clear();
    slot.claims = std::move(claims);
  }
}

auto token_source::carries(const std::string& audience, std::string_view role) const -> bool {
  const auto slot = entries_.find(audience);
  return slot != entries_.end() && slot->second.roles &&
         std::ranges::find(*slot->second.roles, role) != slot->second.roles->end();
}

auto token_source::granted() const -> std::map<std::string, std::set<std::string>> {
  auto out = std::map<std::string, std::set<std::string>>();
  for (const auto& [audience, slot] : entries_) {
    if (slot.roles) {
      out.emplace(audience, std::set(slot.roles->begin(), slot.roles->end()));
    }
  }
  return out;
}

auto token_source::endpoint() const -> std::string {
  return config_.where.login + "/" + config_.tenant_id + "/oauth2/v2.0/token";
}

auto token_source::prove(const credential& with) -> proof_text {
  if (const auto* secret = std::get_if<client_secret>(&with)) {
    return {secret->value, {}};
  }
  const auto about = assertion_facts{config_.client_id,
                                     endpoint(),
                                     seams::draw_guid(chance_, "id of a client assertion"),
                                     time_.wall() + clock_offset_};
  return {{}, make_assertion(std::get<key_pair>(with), config_.assertion, about)};
}

auto token_source::request_for(const std::string& audience,
                               const entry& slot,
                               const proof_text& proof) -> seams::request {
  const auto scope = audience + "/.default";
  auto form = std::vector<form_field>{
      {"grant_type", "client_credentials"}, {"client_id", config_.client_id}, {"scope", scope}};
  if (proof.assertion.empty()) {
    form.push_back({"client_secret", proof.secret});
  } else {
    form.push_back({"client_assertion_type", jwt_bearer});
    form.push_back({"client_assertion", proof.assertion});
  }
  if (slot.claims) {
    form.push_back({"claims", *slot.claims});
  }
  auto query = seams::request();
  query.method = "POST";
  query.url = endpoint();
  query.fields.set("Content-Type", "application/x-www-form-urlencoded");
  query.fields.set("Accept", "application/json");
  query.fields.set("User-Agent", "offtenant");
  query.fields.set("client-request-id", seams::draw_guid(chance_, "client-request-id"));
  query.body = encode_form(form);
  return query;
}

auto token_source::dated_wrong(const seams::result<seams::response>& answer) -> bool {
  const auto before = clock_offset_;
  if (answer) {
    clock_offset_ = offset_by(answer->fields, time_.wall()).value_or(clock_offset_);
  }
  return answer && answer->status >= 400 && clock_offset_ != before &&
         http::read_error(*answer).code == "AADSTS700024";
}

auto token_source::request(const std::string& audience) -> boost::asio::awaitable<void> {
  auto& slot = entries_[audience];
  slot.refusal.reset();
  const auto with = config_.credential();
  if (!with) {
    auto why = with.error();
    why.code = why.code.empty() ? "secret_unavailable" : why.code;
    remember(slot, std::move(why), refusal_kept);
    co_return;
  }
  const auto mine = std::make_shared<under_way>();
  slot.asking = mine;
  asking_ = mine;
  for (auto first = true;; first = false) {
    const auto proof = prove(*with);
    auto query = request_for(audience, slot, proof);
    const auto answer =
        co_await http::exchange_within(time_, wire_, std::move(query), config_.answer_limit);
    if (!dated_wrong(answer) || !first) {
      take(slot, answer, *with, proof);
      co_return;
    }
  }
}

/// Whether the answer held a token.
auto token_source::keep(entry& slot, const seams::response& answer) -> bool {
  const auto body = std::string_view(answer.body);
  if (answer.status != 200 || answer.body_undecodable || !json::check(body)) {
    return false;
  }
  const auto token = json::member(body, "access_token");
  auto text = token ? json::as_string(*token) : std::nullopt;
  const auto fits = [](char c) { return c > ' ' && c < '\x7f'; }; // it goes into a header
  if (!text || text->empty() || !std::ranges::all_of(*text, fits)) {
    return false;
  }
  const auto life_s =
      std::clamp(number_of(body, "expires_in").value_or(600), std::int64_t{1}, life_s_max);
  const auto life = seams::duration{std::chrono::seconds{life_s}};
  const auto claims = read_token(*text);
  slot.roles = claims ? std::optional(claims->roles) : std::nullopt;
  slot.token = std::move(*text);
  slot.renew_at = time_.elapsed() + renewal_after(life);
  slot.good_until = std::max(slot.renew_at, time_.elapsed() + life - last_use);
  slot.claims.reset();
  return true;
}

void token_source::take(entry& slot,
                        const seams::result<seams::response>& answer,
                        const credential& with,
                        const proof_text& proof) {
  if (!answer) {
    rest(slot, answer.error(), {});
    return;
  }
  if (keep(slot, *answer)) {
    troubles_in_row_ = 0;
    trouble_.reset();
    welcome_ = true;
    return;
  }
  take_refusal(slot, *answer, with, proof);
}

void token_source::take_refusal(entry& slot,
                                const seams::response& answer,
                                const credential& with,
                                const proof_text& proof) {
  const auto encoded = percent_encode(proof.secret);
  const auto secrets = std::array<std::string_view, 3>{proof.secret, encoded, proof.assertion};
  const auto words = http::read_error(answer, secrets);
  const auto about = refused_request{
      config_.tenant_id, config_.client_id, config_.where.name, &with, clock_offset_, expires_};
  const auto meaning = diagnose(words, about);
  const auto status = std::to_string(answer.status);
  const auto asked =
      http::retry_after(answer.fields, time_.wall()).value_or(seams::duration::zero());
  if (answer.status == 429 || answer.status == 408 || answer.status >= 500 ||
      answer.status == 200 || meaning.passing) {
    auto why = seams::failure(reaction::retry_later,
                              answer.status == 429 ? "429" : "login_unavailable",
                              "the login answered " + status +
                                  (answer.status == 200 ? " without a token" : ""));
    rest(slot, std::move(why), asked);
    return;
  }
  const auto nameless = words.code.empty();
  auto why = seams::failure(reaction::stop_and_diagnose,
                            nameless ? "login_refused" : words.code,
                            nameless && words.message.empty() ? "the login answered " + status
                                                              : meaning.advice);
  const auto span = std::max(asked, refusal_kept);
  if (!meaning.of_one_api || asked > seams::duration::zero()) {
    trouble_ = why; // the same app would be refused for every other API too
    rested_at_ = std::max(rested_at_, time_.elapsed() + span);
  }
  remember(slot, std::move(why), span);
}

void token_source::remember(entry& slot, seams::failure why, seams::duration at_least) {
  welcome_ = false;
  slot.refusal = std::move(why);
  slot.refusal_until = time_.elapsed() + at_least;
}

/// Trouble of the login is everybody's: no audience asks again before the pause has passed.
void token_source::rest(entry& slot, seams::failure why, seams::duration asked) {
  ++troubles_in_row_;
  const auto own = http::back_off(first_back_off + troubles_in_row_ - 1, chance_);
  trouble_ = why;
  rested_at_ = std::max(rested_at_, time_.elapsed() + std::max(asked, own));
  remember(slot, std::move(why), rested_at_ - time_.elapsed());
}

} // namespace core::auth
