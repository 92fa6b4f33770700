#pragma once
// Takes an action: shows what it would send, or sends each change once and proves its effect.
#include "core/actions/act_log.hpp"
#include "core/actions/planners.hpp"

#include <atomic>
#include <functional>

namespace core::actions {

struct act_options {
  std::size_t most_users = 10;
  std::size_t most_mailboxes = 50;
  bool again = false;   ///< repeats what an act before this one did a moment ago
  std::string password; ///< for `reset_password`; "" = one that nobody learns
  seams::duration wait = std::chrono::minutes{15}; ///< for the end of machine actions
};

/// One step with how it ended; of a proposal there is no end yet.
struct step_report {
  step what;
  std::optional<outcome> end;
};

struct act_report {
  std::string act; ///< its id, "" for a proposal
  act_request what;
  std::vector<step_report> steps;
  bool interrupted = false;
  std::optional<seams::failure> broken_off; ///< the log took no more: nothing was sent after that

  /// Every step is done, or was so already; of a proposal: none is known to be impossible.
  [[nodiscard]] auto well() const -> bool;
};

/// All that a runner works with outlives it.
struct act_world {
  const connector_config& config;
  seams::clock& time;
  seams::choices& chance;
  api::api_client& api;
  auth::token_source& tokens;
  const std::atomic<bool>& interrupted;
};

/// Nothing that changes the tenant is sent if a permission is missing ("permission_missing"; tokens
/// whose roles cannot be read count as granted), if the act reaches more than the options allow
/// ("too_many_users", "too_many_mailboxes"), or without a target ("no_target") or a message
/// ("no_message").
///
/// Each change is sent once. What the tenant shows afterwards decides whenever the answer does not:
/// no answer, a refusal that may mean "already so", an action of somebody else under way.
class act_runner {
public:
  act_runner(act_world with, act_options how) : with_(with), how_(std::move(how)) {}

  /// Told of the id of an act as soon as the log holds it, before anything is sent.
  void when_begun(std::function<void(const std::string& act)> hear) { begun_ = std::move(hear); }
  /// Told of each step as soon as it is planned or has ended.
  void when_heard(std::function<void(const step_report&)> hear) { hear_ = std::move(hear); }

  /// Only reads.
  auto propose(act_request what) -> boost::asio::awaitable<seams::result<act_report>>;

  /// What `resume` would do.
  auto propose_rest(std::string act, store& records)
      -> boost::asio::awaitable<seams::result<act_report>>;

  /// A new act, logged in `records`. Fails as above, and when the log cannot be begun.
  auto perform(act_request what, store& records)
      -> boost::asio::awaitable<seams::result<act_report>>;

  /// Goes on with an act that the log holds: what has its end is left alone, what may have been
  /// sent is looked up first. Fails with "password_needed" if the act was given a password and the
  /// options hold none.
  auto resume(std::string act, store& records) -> boost::asio::awaitable<seams::result<act_report>>;

private:
  struct run; ///< one act with its log, under way

  [[nodiscard]] auto reading() const -> tools {
    return {with_.config, with_.time, with_.api, with_.tokens};
  }
  /// The request with all its targets, once it is known to be allowed.
  auto prepare(act_request what) -> boost::asio::awaitable<seams::result<act_request>>;
  [[nodiscard]] auto check_reach(const action_facts& facts, std::size_t count) const
      -> seams::result<void>;
  auto check_permissions(const action_facts& facts) -> boost::asio::awaitable<seams::result<void>>;
  auto show(act_request what, std::map<std::string, step_history> known)
      -> boost::asio::awaitable<seams::result<act_report>>;
  /// What the log knows of an act, ready to be gone on with.
  auto recall(const std::string& act, store& records) -> seams::result<run>;
  auto go(run& under_way) -> boost::asio::awaitable<void>;
  auto take_target(run& under_way, std::string target)
      -> boost::asio::awaitable<seams::result<void>>;
  auto take_step(run& under_way, step next) -> boost::asio::awaitable<seams::result<void>>;
  auto settle_unsent(run& under_way, step& next, const step_history& history)
      -> boost::asio::awaitable<seams::result<std::optional<outcome>>>;
  auto settle_lost(run& under_way, const std::string& target, const std::vector<step>& steps)
      -> seams::result<void>;
  auto reversed_lately(run& under_way, const step& of) -> seams::result<bool>;
  auto settle_by_history(run& under_way, step& next, const step_history& before)
      -> boost::asio::awaitable<std::optional<outcome>>;
  auto send(run& under_way, step& next, bool sent_before)
      -> boost::asio::awaitable<seams::result<outcome>>;
  auto attempt(run& under_way, step& next, bool sent_before)
      -> boost::asio::awaitable<seams::result<std::optional<outcome>>>;
  auto look_again(const run& under_way, const step& of, seams::duration pause)
      -> boost::asio::awaitable<seams::result<std::optional<step>>>;
  auto has_effect(const run& under_way, step& of, int looks)
      -> boost::asio::awaitable<seams::result<bool>>;
  auto follow(const step& of) -> boost::asio::awaitable<outcome>;
  auto conclude(run& under_way, const step& over, outcome end) -> seams::result<void>;
  void tell(run& under_way, const step& over, outcome end);
  auto call_of(const step& of) -> api::call;

  act_world with_;
  act_options how_;
  std::function<void(const std::string& act)> begun_;
  std::function<void(const step_report&)> hear_;
};

} // namespace core::actions
