#include "core/api/api_client.hpp"

#include "core/http/error_body.hpp"
#include "core/http/retry_after.hpp"
#include "core/http/within.hpp"
#include "core/json/check.hpp"

#include <algorithm>

namespace core::api {
namespace {

using seams::failure;
using seams::reaction;

/// With the pauses between them, some minutes: then the poll ends, and the next one resumes.
constexpr auto tries_max = 5U;

auto is_throttle(const seams::response& answer, const http::error_words& words) -> bool {
  return answer.status == 429 || words.code == "AF429";
}

auto describe(const seams::response& answer, const http::error_words& words) -> std::string {
  return "the service answered " + std::to_string(answer.status) +
         (words.code.empty() ? "" : " " + words.code) +
         (words.message.empty() ? "" : ": " + words.message);
}

} // namespace

auto api_client::audience_of(workload which) const -> const std::string& {
  return which == workload::graph ? config_.where.graph : config_.where.management;
}

void api_client::pause(workload which, seams::duration span) {
  auto& until = paused_until_[static_cast<std::size_t>(which)];
  until = std::max(until, time_.elapsed() + span);
}

auto api_client::wait_for(workload which) -> boost::asio::awaitable<void> {
  const auto& until = paused_until_[static_cast<std::size_t>(which)];
  while (time_.elapsed() < until) {
    co_await time_.sleep_for(until - time_.elapsed(), "the end of a pause the service asked for");
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
  return out;
}

auto api_client::send(call what) -> boost::asio::awaitable<seams::result<seams::response>> {
  auto renewed = false;
  auto last = failure();
  for (auto attempt = 1U; attempt <= tries_max; ++attempt) {
    co_await wait_for(what.of);
    const auto token = co_await tokens_.token(audience_of(what.of));
    if (!token) {
      co_return token.error();
    }
    co_await wait_for(what.of);
    auto query = request_for(what, *token);
    auto answer =
        co_await http::exchange_within(time_, wire_, std::move(query), config_.answer_limit);
    const auto unauthorised = answer && answer->status == 401;
    if (answer && (answer->status == 401 || answer->status == 403)) {
      tokens_.refused(audience_of(what.of), *token);
    }
    auto outcome = judge(what, std::move(answer), attempt);
    if (unauthorised && !renewed) {
      renewed = true;
      continue;
    }
    if (outcome.final) {
      co_return std::move(*outcome.final);
    }
    last = std::move(outcome.trouble);
    if (attempt < tries_max && last.code != "429" && last.code != "AF429") {
      co_await time_.sleep_for(http::back_off(attempt, chance_), "the next try of a call");
    }
  }
  co_return last;
}

auto api_client::throttled(workload which,
                           const seams::response& answer,
                           std::string code,
                           unsigned attempt) -> verdict {
  pause(which,
        http::retry_after(answer.fields, time_.wall())
            .value_or(http::back_off(attempt + 2, chance_)));
  return {std::nullopt,
          failure(reaction::retry_later, std::move(code), "the service asks for fewer requests")};
}

auto api_client::judge(const call& what, seams::result<seams::response> answer, unsigned attempt)
    -> verdict {
  if (!answer) {
    return {std::nullopt, answer.error()};
  }
  if (answer->status >= 200 && answer->status < 300) {
    if (answer->body_undecodable) {
      return {std::nullopt,
              failure(reaction::retry_later, "answer_malformed", "the body cannot be decoded")};
    }
    const auto sound = answer->body.empty() ? seams::result<void>() : json::check(answer->body);
    if (!sound) {
      return {std::nullopt,
              failure(reaction::retry_later,
                      "answer_malformed",
                      "a success whose body is no JSON: " + sound.error().why)};
    }
    return {std::move(answer), {}};
  }
  const auto words = http::read_error(*answer);
  if (is_throttle(*answer, words)) {
    return throttled(what.of, *answer, words.code == "AF429" ? "AF429" : "429", attempt);
  }
  if (answer->status >= 500) {
    if (const auto asked = http::retry_after(answer->fields, time_.wall())) {
      pause(what.of, *asked);
    }
    return {
        std::nullopt,
        failure(reaction::retry_later, std::to_string(answer->status), describe(*answer, words))};
  }
  const auto code = words.code.empty() ? std::to_string(answer->status) : words.code;
  auto why = failure(reaction::stop_and_diagnose, code, describe(*answer, words));
  return {seams::result<seams::response>(std::move(why)), {}};
}

} // namespace core::api
