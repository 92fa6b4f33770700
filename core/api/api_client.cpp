#include "core/api/api_client.hpp"

#include "core/api/refused_token.hpp"
#include "core/auth/claims_challenge.hpp"
#include "core/auth/clock_skew.hpp"
#include "core/http/error_body.hpp"
#include "core/http/retry_after.hpp"
#include "core/http/within.hpp"
#include "core/json/check.hpp"

#include <algorithm>

namespace core::api {
namespace {

using namespace std::chrono_literals;
using seams::failure;
using seams::reaction;

/// With the pauses between them, less than a minute: then the poll ends, and the next one resumes.
constexpr auto troubles_max = 5U;
/// Throttling gives more tries, as each of them waits as long as the service asked.
constexpr auto throttles_max = 10U;
/// A service that keeps asking for short pauses is left alone longer from this time on.
constexpr auto short_pauses_max = 8U;

/// "GET https://graph.microsoft.com/v1.0/users": the query may hold what is none of a reader's
/// business.
auto call_name(const call& what) -> std::string {
  return what.method + " " + what.url.substr(0, what.url.find_first_of("?#"));
}

auto describe(const call& what, const seams::response& answer, const http::error_words& words)
    -> std::string {
  return call_name(what) + " answered " + std::to_string(answer.status) +
         (words.code.empty() ? "" : " " + words.code) +
         (words.message.empty() ? "" : ": " + words.message);
}

/// The service's own code; a 404 is one whatever word comes with it, save for AF numbers.
auto code_of(const seams::response& answer, const http::error_words& words) -> std::string {
  const auto plain = words.code.empty() || (answer.status == 404 && !words.code.starts_with("AF"));
  return plain ? std::to_string(answer.status) : words.code;
}

/// No byte of the call reached the service.
auto was_never_sent(const seams::result<seams::response>& answer) -> bool {
  return !answer &&
         (answer.error().code == "connect_failed" || answer.error().code == "tls_failed");
}

auto check_body(const seams::response& answer) -> std::optional<failure> {
  if (answer.body_undecodable) {
    return failure(reaction::retry_later, "answer_malformed", "the body cannot be decoded");
  }
  if (const auto sound = json::check(answer.body); !answer.body.empty() && !sound) {
    return failure(reaction::retry_later,
                   "answer_malformed",
                   "a success whose body is no JSON: " + sound.error().why);
  }
  return std::nullopt;
}

} // namespace

auto api_client::audience_of(workload which) const -> const std::string& {
  return config_.where.of(which).audience;
}

auto api_client::clock_offset(workload which) const -> seams::duration {
  return offsets_[static_cast<std::size_t>(which)];
}

void api_client::pause(standing& at, seams::duration span, failure why) {
  const auto until = time_.elapsed() + span;
  if (until < at.paused_until) {
    return;
  }
  const auto end = std::chrono::ceil<std::chrono::seconds>(time_.wall() + span);
  why.why += "; it may go on at " + seams::to_rfc3339(end);
  at.paused_until = until;
  at.paused_for = std::move(why);
}

auto api_client::rest_of_pause(const call& what) -> seams::duration {
  return std::max(standing_of(what).paused_until - time_.elapsed(), seams::duration::zero());
}

auto api_client::wait_out_pause(const call& what) -> boost::asio::awaitable<bool> {
  for (;;) {
    const auto rest = rest_of_pause(what);
    if (rest == seams::duration::zero()) {
      co_return true;
    }
    if (rest > what.patience) {
      co_return false;
    }
    if (hear_) {
      hear_({what.feed, rest, standing_of(what).paused_for});
    }
    co_await time_.sleep_for(rest, "the end of a pause the service asked for");
  }
}

auto api_client::take_turn(const call& what) -> boost::asio::awaitable<void> {
  if (what.spacing == seams::duration::zero()) {
    co_return;
  }
  auto& next = standing_of(what).next_turn;
  const auto wait = std::max(next - time_.elapsed(), seams::duration::zero());
  next = time_.elapsed() + wait + what.spacing;
  if (wait > seams::duration::zero()) {
    co_await time_.sleep_for(wait, "the next turn in a throttling budget");
  }
}

auto api_client::request_for(const call& what, const std::string& token) -> seams::request {
  auto out = seams::request();
  out.method = what.method;
  out.url = what.url;
  out.body = what.body;
  out.fields.set("Authorization", "Bearer " + token);
  out.fields.set("Accept", "application/json");
  out.fields.set("User-Agent", "offtenant");
  out.fields.set("client-request-id", seams::draw_guid(chance_, "client-request-id"));
  if (what.of == workload::graph) {
    out.fields.set("Prefer", "include-unknown-enum-members");
  }
  if (!what.body.empty()) {
    out.fields.set("Content-Type", "application/json");
  }
  for (const auto& [name, value] : what.fields) {
    out.fields.set(name, value);
  }
  return out;
}

auto api_client::send(call what) -> boost::asio::awaitable<seams::result<seams::response>> {
  auto so_far = tries();
  if (config_.where.of(what.of).root.empty()) {
    co_return failure(reaction::stop_and_diagnose,
                      "not_in_this_cloud",
                      "the cloud " + config_.where.name + " does not offer this API");
  }
  for (;;) {
    if (!co_await wait_out_pause(what)) {
      co_return standing_of(what).paused_for;
    }
    co_await take_turn(what);
    const auto token = co_await tokens_.token(audience_of(what.of));
    if (rest_of_pause(what) > seams::duration::zero()) {
      continue; // somebody else was throttled while the token was fetched
    }
    auto said = verdict();
    if (!token) {
      said = {token.error().next == reaction::retry_later ? step::trouble : step::done,
              token.error()};
    } else {
      auto query = request_for(what, *token);
      auto answer =
          co_await http::exchange_within(time_, wire_, std::move(query), config_.answer_limit);
      said = judge(what, answer, *token);
      const auto good = answer && answer->status >= 200 && answer->status < 300;
      const auto enough = said.next == step::done ||
                          (what.even_broken && so_far.troubles + 1 >= troubles_max &&
                           said.why.code == "answer_malformed" && !answer->body_undecodable);
      if (good && enough) {
        co_return answer;
      }
      if (what.once && said.next == step::trouble && !was_never_sent(answer)) {
        co_return std::move(said.why);
      }
    }
    if (!goes_on(said, what, so_far)) {
      co_return std::move(said.why);
    }
    if (said.next == step::trouble) {
      co_await time_.sleep_for(http::back_off(so_far.troubles, chance_), "the next try of a call");
    }
  }
}

auto api_client::goes_on(const verdict& said, const call& what, tries& so_far) -> bool {
  switch (said.next) {
  case step::done:
    return false;
  case step::renew:
    return !std::exchange(so_far.renewed, true);
  case step::throttled:
    return ++so_far.throttles < throttles_max && rest_of_pause(what) <= what.patience;
  case step::trouble:
    return ++so_far.troubles < troubles_max;
  }
  return false;
}

void api_client::note_throttle(standing& at, std::optional<seams::duration> asked, failure why) {
  const auto row = ++at.throttles_in_row;
  auto span = asked.value_or(seams::duration::zero());
  if (!asked) {
    span = http::back_off(row + 2, chance_);
  } else if (row > short_pauses_max) {
    span = std::max(span, http::back_off(row - short_pauses_max, chance_));
  }
  pause(at, span, std::move(why));
}

void api_client::note_date(workload which, const seams::response& answer) {
  auto& offset = offsets_[static_cast<std::size_t>(which)];
  offset = auth::offset_by(answer.fields, time_.wall()).value_or(offset);
}

auto api_client::judge(const call& what,
                       const seams::result<seams::response>& answer,
                       const std::string& token) -> verdict {
  if (!answer) {
    auto why = answer.error();
    why.why = call_name(what) + ": " + why.why;
    return {step::trouble, std::move(why)};
  }
  note_date(what.of, *answer);
  if (answer->status < 200 || answer->status >= 300) {
    return judge_refusal(what, *answer, token);
  }
  standing_of(what).throttles_in_row = 0;
  if (auto wrong = check_body(*answer)) {
    wrong->why = call_name(what) + ": " + wrong->why;
    return {step::trouble, std::move(*wrong)};
  }
  return {step::done, {}};
}

auto api_client::judge_refusal(const call& what,
                               const seams::response& answer,
                               const std::string& token) -> verdict {
  const auto which = what.of;
  auto secrets = std::vector<std::string_view>{token};
  secrets.insert(secrets.end(), what.secrets.begin(), what.secrets.end());
  const auto words = http::read_error(answer, secrets);
  const auto asked = http::retry_after(answer.fields, time_.wall());
  auto& at = standing_of(what);
  if (answer.status == 429 || words.code == "AF429") {
    note_throttle(at,
                  asked,
                  failure(reaction::retry_later,
                          words.code == "AF429" ? "AF429" : "429",
                          call_name(what) + " is throttled"));
    return {step::throttled, at.paused_for};
  }
  if (asked) {
    const auto answered = call_name(what) + " answered " + std::to_string(answer.status);
    pause(at, *asked, failure(reaction::retry_later, "retry_after", answered));
  }
  if (answer.status >= 500 || answer.status == 408) {
    return {step::trouble,
            failure(reaction::retry_later,
                    std::to_string(answer.status),
                    describe(what, answer, words))};
  }
  if (answer.status == 401 || answer.status == 403) {
    tokens_.refused(audience_of(which), token, auth::claims_challenge(answer.fields));
  }
  if (answer.status == 401) {
    if (auto misplaced = explain_refused_token(which, config_.where, words, token)) {
      return {step::renew, std::move(*misplaced)};
    }
  }
  auto why =
      failure(reaction::stop_and_diagnose, code_of(answer, words), describe(what, answer, words));
  return {answer.status == 401 ? step::renew : step::done, std::move(why)};
}

} // namespace core::api
