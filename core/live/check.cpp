#include "core/live/check.hpp"

#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/feeds/permission_hint.hpp"
#include "core/http/error_body.hpp"
#include "core/json/check.hpp"
#include "core/live/health_line.hpp"
#include "core/store/sqlite_store.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include <map>
#include <set>

namespace core::live {
namespace {

namespace net = boost::asio;
using namespace std::chrono_literals;

constexpr auto look_back = seams::duration{1h};
constexpr auto look_again = seams::duration{10ms};
constexpr auto for_ever = seams::duration{24h};
constexpr auto login_takes = seams::duration{2s};

auto changes_the_tenant(const seams::request& query) -> bool {
  return query.url.find("/activity/feed/subscriptions/start") != std::string::npos ||
         query.url.find("/activity/feed/subscriptions/stop") != std::string::npos;
}

/// What a call asks for, whatever its window or page: where, and how the body begins.
auto subject_of(const seams::request& query) -> std::string {
  constexpr auto table_or_cmdlet = std::size_t{56};
  return query.method + " " + query.url.substr(0, query.url.find('?')) + " " +
         query.body.substr(0, table_or_cmdlet);
}

auto is_good(const seams::response& answer) -> bool {
  return answer.status / 100 == 2 && !answer.body_undecodable &&
         (answer.body.empty() || json::check(answer.body));
}

/// Lets a feed speak until it would ask a second time for what it has got, and changes nothing.
class brief_transport final : public seams::transport {
public:
  brief_transport(seams::transport& inner, seams::clock& time) : inner_(inner), time_(time) {}

  auto exchange(seams::request query) -> net::awaitable<seams::result<seams::response>> override {
    const auto subject = subject_of(query);
    would_change = would_change || changes_the_tenant(query);
    if (changes_the_tenant(query) || got_.contains(subject) || got_.size() >= subjects_max) {
      has_all_ = true;
      co_await time_.sleep_for(for_ever, "the end of the check");
      co_return seams::failure(seams::reaction::retry_later, "no_answer", "the check has ended");
    }
    const auto call = query.method + " " + query.url.substr(0, query.url.find('?'));
    ++under_way_;
    last_at_ = time_.elapsed();
    auto answer = co_await inner_.exchange(std::move(query));
    --under_way_;
    last_at_ = time_.elapsed();
    note(subject, call, answer);
    co_return answer;
  }

  /// Nothing more is to come: another source of the feed may still be at the login.
  [[nodiscard]] auto enough() const -> bool {
    return has_all_ && under_way_ == 0 && time_.elapsed() - last_at_ >= login_takes;
  }
  /// Something was read.
  [[nodiscard]] auto well() const -> bool { return !got_.empty(); }
  /// Why the first of the calls that were never let in was not.
  [[nodiscard]] auto refusal() const -> std::optional<seams::failure> {
    return refused_.empty() ? std::nullopt : std::optional(refused_.begin()->second);
  }

  bool would_change = false; ///< a call that changes the tenant was held back
  std::string last;          ///< the last call and its answer

private:
  /// Tables, cmdlets, subscriptions: more of them than a feed has.
  static constexpr auto subjects_max = std::size_t{12};

  void note(const std::string& subject,
            const std::string& call,
            const seams::result<seams::response>& answer) {
    if (!answer) {
      last = call + ": " + answer.error().why;
      return;
    }
    last = call + " answered " + std::to_string(answer->status);
    if (is_good(*answer)) {
      got_.insert(subject);
      refused_.erase(subject);
    } else if (answer->status == 401 || answer->status == 403) {
      const auto words = http::read_error(*answer);
      const auto code = words.code.empty() ? std::to_string(answer->status) : words.code;
      refused_[subject] = {
          seams::reaction::stop_and_diagnose, code, last + " " + code + ": " + words.message};
    }
  }

  seams::transport& inner_;
  seams::clock& time_;
  std::set<std::string> got_;
  std::map<std::string, seams::failure> refused_;
  int under_way_ = 0;
  seams::duration last_at_{};
  bool has_all_ = false;
};

/// One feed under check, with all that it works with.
class probe {
public:
  probe(const connector_config& config,
        feed_options options,
        seams::clock& time,
        seams::choices& chance,
        seams::transport& wire,
        auth::token_source& tokens)
      : time_(time), options_(std::move(options)), wire_(wire, time),
        api_(config, time, chance, wire_, tokens), scratch_(open_sqlite_store(":memory:", "")) {
    options_.first_look_back = std::min(options_.first_look_back, look_back);
    if (scratch_) {
      const auto with = feeds::tools{config, time, api_, **scratch_};
      source_ = feeds::make_feed(options_, with);
    }
  }

  /// Reads until there is something to say.
  auto run(seams::duration limit) -> net::awaitable<void> {
    using namespace net::experimental::awaitable_operators;
    if (!source_) {
      outcome_ = scratch_ ? seams::failure() : scratch_.error();
      co_return;
    }
    co_await (poll() || enough(limit));
  }

  [[nodiscard]] auto verdict() const -> feed_verdict {
    auto out = feed_verdict{options_.name, "ok", "", wire_.last, ""};
    if (outcome_ && !*outcome_) {
      const auto why =
          feeds::with_permission_hint(outcome_->error(), *feeds::find_feed(options_.name));
      out = {options_.name, std::string(health::state_of(why)), why.code, why.why, ""};
    } else if (outcome_ && (*outcome_)->odd) {
      const auto& odd = *(*outcome_)->odd;
      out = {options_.name, odd.state, odd.code, odd.text, ""};
    } else if (const auto refused = outcome_ ? std::nullopt : wire_.refusal()) {
      const auto why = feeds::with_permission_hint(*refused, *feeds::find_feed(options_.name));
      out = {options_.name, std::string(health::state_of(why)), why.code, why.why, ""};
    } else if (wire_.would_change) {
      out.code = "not_started";
      out.text += "; the subscription is not started, which the connector does by itself";
    } else if (!outcome_ && !wire_.well()) {
      out.state = "service_unavailable";
      out.code = "no_answer";
      out.text = wire_.last.empty() ? "no answer from the login" : wire_.last;
    }
    out.text = on_one_line(std::move(out.text));
    out.remedy = remedy_for(out.feed, out.state, out.code);
    return out;
  }

private:
  auto poll() -> net::awaitable<void> { outcome_ = co_await source_->poll(); }

  auto enough(seams::duration limit) -> net::awaitable<void> {
    const auto until = time_.elapsed() + limit;
    while (!wire_.enough() && time_.elapsed() < until) {
      co_await time_.sleep_for(look_again, "an answer to the check");
    }
  }

  seams::clock& time_;
  feed_options options_;
  brief_transport wire_;
  api::api_client api_;
  seams::result<std::unique_ptr<store>> scratch_;
  std::unique_ptr<feeds::feed> source_;
  std::optional<seams::result<feeds::poll_report>> outcome_;
};

using probes = std::vector<std::unique_ptr<probe>>;

auto run_from(probes& all, std::size_t index, seams::duration limit) -> net::awaitable<void> {
  using namespace net::experimental::awaitable_operators;
  if (index + 1 == all.size()) {
    co_await all[index]->run(limit);
  } else {
    co_await (all[index]->run(limit) && run_from(all, index + 1, limit));
  }
}

} // namespace

auto check_feeds(connector_config config,
                 seams::clock& time,
                 seams::choices& chance,
                 seams::transport& wire,
                 seams::duration limit) -> net::awaitable<std::vector<feed_verdict>> {
  auto tokens = auth::token_source(config, time, chance, wire);
  auto all = probes();
  for (const auto& options : config.feeds) {
    all.push_back(std::make_unique<probe>(config, options, time, chance, wire, tokens));
  }
  if (!all.empty()) {
    co_await run_from(all, 0, limit);
  }
  auto out = std::vector<feed_verdict>();
  for (const auto& one : all) {
    out.push_back(one->verdict());
  }
  co_return out;
}

auto run_check(const settings& what, const outside& given, seams::duration limit)
    -> seams::result<std::vector<feed_verdict>> {
  auto config = ready_config(what, given.env);
  if (!config) {
    return config.error();
  }
  auto roots = roots_of(what);
  if (!roots) {
    return roots.error();
  }
  auto world = live_world(given, std::move(*roots));
  auto out = std::vector<feed_verdict>();
  auto thrown = std::exception_ptr();
  net::co_spawn(
      world.context(),
      check_feeds(std::move(*config), world.time(), world.chance(), world.network(), limit),
      [&](const std::exception_ptr& why, std::vector<feed_verdict> verdicts) {
        thrown = why;
        out = std::move(verdicts);
      });
  world.context().run();
  if (thrown) {
    std::rethrow_exception(thrown);
  }
  return out;
}

} // namespace core::live
