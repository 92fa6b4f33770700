#include "core/actions/act_runner.hpp"

#include "core/actions/advice.hpp"
#include "core/actions/find_messages.hpp"
#include "core/permissions/permission_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace core::actions {
namespace {

namespace net = boost::asio;
using namespace std::chrono_literals;
using nlohmann::json;
using seams::failure;
using seams::reaction;

/// Looks at what a lost answer has done, and sendings of one step.
constexpr auto looks_max = 6;
constexpr auto sendings_max = 3;
/// Directories are eventually consistent: a look right after a change may be old. The pause doubles
/// from look to look, so that the last one comes two minutes after the change.
constexpr auto before_a_look = seams::duration{2s};
constexpr auto shows_within = seams::duration{126s};
/// A step without a state to read is not repeated within that time: somebody pressed twice.
constexpr auto lately = seams::duration{2min};
constexpr auto first_poll = seams::duration{5s};
constexpr auto longest_poll = seams::duration{30s};

auto needs_text(const need& what) -> std::string {
  auto out = std::string(what.any_of.front());
  for (auto i = std::size_t{1}; i < what.any_of.size() && !what.any_of[i].empty(); ++i) {
    out += (i == 1 ? " (or " : ", ") + std::string(what.any_of[i]);
  }
  out += what.any_of[1].empty() ? "" : ")";
  return out + " of " + std::string(permissions::portal_group(*permissions::owner_of(what.of)));
}

/// Notes in the log of an act that somebody gave the password.
constexpr auto given_password = "password_given";

auto is_over(ending how) -> bool {
  return how == ending::done || how == ending::already;
}

auto is_over(const step_history& known) -> bool {
  return known.how && is_over(*known.how);
}

auto unlogged(const failure& why) -> std::string {
  return "the log takes nothing more, and so nothing more is sent: " + why.why;
}

/// What `of` stands for in a later plan.
auto same_step(std::vector<step>& steps, const std::string& id) -> step* {
  const auto found = std::ranges::find(steps, id, &step::id);
  return found == steps.end() ? nullptr : &*found;
}

} // namespace

struct act_runner::run {
  act_report report;
  act_log log;
  std::map<std::string, step_history> known;

  auto next_entry(const std::string& step_id) -> int { return ++known[step_id].entries; }
};

auto act_report::well() const -> bool {
  return !interrupted && !broken_off && std::ranges::all_of(steps, [](const step_report& one) {
    return one.end ? is_over(one.end->how) : !one.what.problem;
  });
}

auto act_runner::check_permissions(const action_facts& facts)
    -> net::awaitable<seams::result<void>> {
  auto missing = std::string();
  for (const auto& one : facts.needs) {
    if (one.any_of.front().empty()) {
      continue;
    }
    const auto& audience = with_.config.where.of(one.of).audience;
    if (audience.empty()) {
      co_return failure(reaction::stop_and_diagnose,
                        "not_in_this_cloud",
                        "the cloud " + with_.config.where.name + " does not offer " +
                            std::string(facts.name));
    }
    const auto token = co_await with_.tokens.token(audience);
    if (!token) {
      co_return token.error();
    }
    const auto granted = with_.tokens.granted();
    const auto roles = granted.find(audience);
    if (roles != granted.end() && !satisfies(roles->second, one)) {
      missing += (missing.empty() ? "" : ", ") + needs_text(one);
    }
  }
  if (!missing.empty()) {
    co_return failure(reaction::stop_and_diagnose,
                      "permission_missing",
                      std::string(facts.name) + " needs " + missing +
                          " as application permission with admin consent; nothing was sent");
  }
  co_return seams::result<void>();
}

auto act_runner::prepare(act_request what) -> net::awaitable<seams::result<act_request>> {
  const auto* facts = find_action(what.name);
  if (facts == nullptr) {
    co_return failure(
        reaction::stop_and_diagnose, "unknown_action", "there is no action called " + what.name);
  }
  if (const auto allowed = co_await check_permissions(*facts); !allowed) {
    co_return allowed.error();
  }
  const auto looking = reading();
  auto whole = co_await find_messages(looking, std::move(what));
  if (!whole) {
    co_return whole.error();
  }
  if (const auto within = check_reach(*facts, targets_of(*whole).size()); !within) {
    co_return within.error();
  }
  co_return whole;
}

auto act_runner::check_reach(const action_facts& facts, std::size_t count) const
    -> seams::result<void> {
  if (count == 0) {
    return failure(reaction::stop_and_diagnose,
                   "no_target",
                   fmt::format("{} has no target: it takes {}", facts.name, facts.target));
  }
  const auto users = facts.counts == reach::users;
  const auto most = users                              ? how_.most_users
                    : facts.counts == reach::mailboxes ? how_.most_mailboxes
                                                       : count;
  if (count > most) {
    return failure(reaction::stop_and_diagnose,
                   users ? "too_many_users" : "too_many_mailboxes",
                   fmt::format("{} reaches {} {}, and {} are allowed: {} {} allows it; nothing was "
                               "sent",
                               facts.name,
                               count,
                               users ? "users" : "mailboxes",
                               most,
                               users ? "--max-users" : "--max-mailboxes",
                               count));
  }
  return {};
}

auto act_runner::propose(act_request what) -> net::awaitable<seams::result<act_report>> {
  auto nothing_known = std::map<std::string, step_history>();
  co_return co_await show(std::move(what), std::move(nothing_known));
}

auto act_runner::propose_rest(std::string act, store& records)
    -> net::awaitable<seams::result<act_report>> {
  auto under_way = recall(act, records);
  if (!under_way) {
    co_return under_way.error();
  }
  co_return co_await show(std::move(under_way->report.what), std::move(under_way->known));
}

/// The plan without what the log knows to be over.
auto act_runner::show(act_request what, std::map<std::string, step_history> known)
    -> net::awaitable<seams::result<act_report>> {
  auto whole = co_await prepare(std::move(what));
  if (!whole) {
    co_return whole.error();
  }
  auto out = act_report();
  out.what = std::move(*whole);
  for (const auto& target : targets_of(out.what)) {
    if (with_.interrupted) {
      out.interrupted = true;
      break;
    }
    const auto looking = reading();
    auto steps = co_await plan(looking, out.what, target);
    if (!steps) {
      auto one = unplanned(target, explained(out.what, steps.error()));
      steps = std::vector{std::move(one)};
    }
    for (auto& one : *steps) {
      if (is_over(known[one.id])) {
        continue;
      }
      out.steps.push_back({std::move(one), std::nullopt});
      if (hear_) {
        hear_(out.steps.back());
      }
    }
  }
  co_return out;
}

auto act_runner::perform(act_request what, store& records)
    -> net::awaitable<seams::result<act_report>> {
  if (what.name == "reset_password" && !how_.password.empty()) {
    what.parameters.emplace_back(given_password, std::vector<std::string>{"yes"});
  }
  auto whole = co_await prepare(std::move(what));
  if (!whole) {
    co_return whole.error();
  }
  auto under_way = run{{}, act_log(records, with_.time), {}};
  under_way.report.act = seams::draw_guid(with_.chance, "the id of an act");
  under_way.report.what = std::move(*whole);
  const auto begun = under_way.log.begin(under_way.report.act, under_way.report.what);
  if (!begun) {
    co_return begun.error();
  }
  if (begun_) {
    begun_(under_way.report.act);
  }
  co_await go(under_way);
  co_return std::move(under_way.report);
}

auto act_runner::recall(const std::string& act, store& records) -> seams::result<run> {
  auto out = run{{}, act_log(records, with_.time), {}};
  auto what = out.log.request_of(act);
  if (!what) {
    return what.error();
  }
  auto known = out.log.history_of(act);
  if (!known) {
    return known.error();
  }
  out.report.act = act;
  out.report.what = std::move(*what);
  out.known = std::move(*known);
  return out;
}

auto act_runner::resume(std::string act, store& records)
    -> net::awaitable<seams::result<act_report>> {
  auto under_way = recall(act, records);
  if (!under_way) {
    co_return under_way.error();
  }
  const auto given = !values_of(under_way->report.what.parameters, given_password).empty();
  if (given && how_.password.empty()) {
    co_return failure(reaction::stop_and_diagnose,
                      "password_needed",
                      "the act was given a password, which no log holds: name its variable with "
                      "--password-env");
  }
  auto whole = co_await prepare(std::move(under_way->report.what));
  if (!whole) {
    co_return whole.error();
  }
  under_way->report.what = std::move(*whole);
  co_await go(*under_way);
  co_return std::move(under_way->report);
}

auto act_runner::go(run& under_way) -> net::awaitable<void> {
  for (const auto& target : targets_of(under_way.report.what)) {
    if (with_.interrupted) {
      under_way.report.interrupted = true;
      co_return;
    }
    if (const auto taken = co_await take_target(under_way, target); !taken) {
      under_way.report.broken_off = taken.error();
      co_return;
    }
  }
  under_way.report.interrupted = with_.interrupted && !under_way.report.well();
}

auto act_runner::take_target(run& under_way, std::string target)
    -> net::awaitable<seams::result<void>> {
  const auto looking = reading();
  auto steps = co_await plan(looking, under_way.report.what, target);
  if (!steps) {
    const auto why = explained(under_way.report.what, steps.error());
    const auto one = unplanned(target, why);
    co_return conclude(under_way, one, {ending::failed, why.code, why.why});
  }
  if (const auto settled = settle_lost(under_way, target, *steps); !settled) {
    co_return settled.error();
  }
  for (auto& one : *steps) {
    if (const auto taken = co_await take_step(under_way, std::move(one)); !taken) {
      co_return taken.error();
    }
  }
  co_return seams::result<void>();
}

/// Steps that an earlier process sent without learning the answer, and that no plan asks for any
/// more, have worked.
auto act_runner::settle_lost(run& under_way,
                             const std::string& target,
                             const std::vector<step>& steps) -> seams::result<void> {
  for (const auto& [id, history] : std::map(under_way.known)) {
    if (history.open && history.target == target &&
        std::ranges::find(steps, id, &step::id) == steps.end()) {
      auto over = step();
      over.id = id;
      over.target = target;
      over.does = "was sent before";
      const auto noted = conclude(under_way, over, {ending::done, "", lost_but_done()});
      if (!noted) {
        return noted;
      }
    }
  }
  return {};
}

auto act_runner::take_step(run& under_way, step next) -> net::awaitable<seams::result<void>> {
  const auto history = under_way.known[next.id];
  if (is_over(history)) {
    co_return seams::result<void>(); // by this act, before it was resumed
  }
  auto settled = co_await settle_unsent(under_way, next, history);
  if (!settled) {
    co_return settled.error();
  }
  if (*settled) {
    co_return conclude(under_way, next, std::move(**settled));
  }
  auto end = co_await send(under_way, next, history.open);
  if (!end) {
    tell(under_way, next, {ending::unknown, end.error().code, unlogged(end.error())});
    co_return end.error();
  }
  co_return conclude(under_way, next, std::move(*end));
}

/// How a step ends that needs no sending; nothing if it does.
auto act_runner::settle_unsent(run& under_way, step& next, const step_history& history)
    -> net::awaitable<seams::result<std::optional<outcome>>> {
  if (history.open) {
    auto settled = co_await settle_by_history(under_way, next, history);
    if (settled) {
      co_return settled;
    }
  }
  if (next.already) {
    const auto reversed = reversed_lately(under_way, next);
    if (!reversed) {
      co_return reversed.error();
    }
    if (!*reversed) {
      co_return std::optional(outcome{ending::already, "", "it was so before"});
    }
  }
  if (next.problem) {
    co_return std::optional(outcome{ending::failed, next.problem->code, next.problem->why});
  }
  if (!next.repeats || how_.again || history.open) {
    co_return std::optional<outcome>();
  }
  const auto before = under_way.log.lately(under_way.report.what.name, next.id, lately);
  if (!before) {
    co_return before.error();
  }
  if (!*before) {
    co_return std::optional<outcome>();
  }
  const auto at = seams::to_rfc3339((*before)->at);
  if (!(*before)->open) {
    co_return std::optional(outcome{ending::already, "", "done at " + at + "; --again repeats it"});
  }
  auto settled = co_await settle_by_history(under_way, next, **before);
  if (settled && settled->how == ending::done) {
    settled = outcome{ending::already, "", "sent at " + at + " by an act that was cut off"};
  }
  co_return settled;
}

/// Whether an act before this one did the opposite a moment ago.
auto act_runner::reversed_lately(run& under_way, const step& of) -> seams::result<bool> {
  const auto& [action, step_id] = of.reverse;
  if (step_id.empty()) {
    return false;
  }
  const auto found = under_way.log.lately(action, step_id, lately);
  return found ? seams::result<bool>(found->has_value()) : seams::result<bool>(found.error());
}

/// What became of a sending whose answer nobody knows; nothing if it did not arrive.
auto act_runner::settle_by_history(run& under_way, step& next, const step_history& before)
    -> net::awaitable<std::optional<outcome>> {
  const auto lost = outcome{ending::done, "", lost_but_done()};
  if (next.already || (!next.basis.empty() && next.basis != before.basis)) {
    co_return lost;
  }
  const auto may_show_yet = with_.time.wall() - before.at < shows_within;
  if (next.problem || !next.repeats || !may_show_yet) {
    co_return std::optional<outcome>();
  }
  const auto effect = co_await has_effect(under_way, next, looks_max);
  if (!effect) {
    co_return outcome{ending::unknown, effect.error().code, effect.error().why};
  }
  co_return *effect ? std::optional(lost) : std::nullopt;
}

auto act_runner::conclude(run& under_way, const step& over, outcome end) -> seams::result<void> {
  const auto entry = under_way.next_entry(over.id);
  const auto noted =
      under_way.log.conclude(under_way.report.act, under_way.report.what, over, end, entry);
  under_way.known[over.id].open = false;
  if (!noted) {
    end = {ending::unknown,
           noted.error().code,
           std::string(name_of(end.how)) + ", but " + unlogged(noted.error())};
  }
  tell(under_way, over, std::move(end));
  return noted;
}

void act_runner::tell(run& under_way, const step& over, outcome end) {
  under_way.report.steps.push_back({over, std::move(end)});
  if (hear_) {
    hear_(under_way.report.steps.back());
  }
}

/// Sends until the effect is there, or it is known why not. A failure is one of the log.
auto act_runner::send(run& under_way, step& next, bool sent_before)
    -> net::awaitable<seams::result<outcome>> {
  auto last = outcome{ending::unknown, "no_answer", "no answer came"};
  for (auto sent = 0; sent < sendings_max; ++sent) {
    auto end = co_await attempt(under_way, next, sent_before || sent > 0);
    if (!end) {
      co_return end.error();
    }
    if (*end) {
      co_return std::move(**end);
    }
    last = {
        ending::unknown, "no_effect", "accepted or unanswered, and the tenant does not show it"};
  }
  co_return last;
}

/// One sending; nothing if it has to be repeated.
auto act_runner::attempt(run& under_way, step& next, bool sent_before)
    -> net::awaitable<seams::result<std::optional<outcome>>> {
  if (next.provisional) {
    auto fresh = co_await look_again(under_way, next, before_a_look);
    if (!fresh) {
      co_return std::optional(outcome{ending::failed, fresh.error().code, fresh.error().why});
    }
    if (!*fresh || (*fresh)->provisional) {
      co_return std::optional<outcome>(); // the change before it does not show yet
    }
    next = std::move(**fresh);
  }
  if (!next.follow.empty()) {
    co_return std::optional(co_await follow(next));
  }
  next.request_id = seams::draw_guid(with_.chance, "client-request-id");
  const auto noted = under_way.log.intend(
      under_way.report.act, under_way.report.what, next, under_way.next_entry(next.id));
  if (!noted) {
    co_return noted.error();
  }
  auto what = call_of(next);
  const auto answer = co_await with_.api.send(std::move(what));
  if (answer && next.asynchronous) {
    next.follow = text_in(json::parse(answer->body, nullptr, false), "id");
    co_return std::optional(co_await follow(next));
  }
  if (answer && !next.read_back) {
    co_return std::optional(outcome{ending::done, std::to_string(answer->status), next.does});
  }
  if (!answer && is_throttling(answer.error())) {
    co_return std::optional(outcome{ending::failed, answer.error().code, answer.error().why});
  }
  const auto refused = !answer && answer.error().next == reaction::stop_and_diagnose;
  const auto effect = co_await has_effect(under_way, next, refused ? 1 : looks_max);
  if (!next.follow.empty()) {
    co_return std::optional(co_await follow(next));
  }
  if (effect && *effect) {
    if (refused && !sent_before) {
      co_return std::optional(outcome{ending::already, "", "somebody else did it meanwhile"});
    }
    co_return std::optional(outcome{ending::done, "", answer ? next.does : lost_but_done()});
  }
  if (refused) {
    const auto why = explained(under_way.report.what, answer.error());
    co_return std::optional(outcome{ending::failed, why.code, why.why});
  }
  if (!effect) {
    const auto& why = answer ? effect.error() : answer.error();
    co_return std::optional(outcome{ending::unknown, why.code, why.why});
  }
  co_return std::optional<outcome>();
}

/// The step in a plan made now; nothing if there is nothing left to do.
auto act_runner::look_again(const run& under_way, const step& of, seams::duration pause)
    -> net::awaitable<seams::result<std::optional<step>>> {
  co_await with_.time.sleep_for(pause, "a change to show in the tenant");
  const auto targets = targets_of(under_way.report.what);
  const auto one_of_many = std::ranges::find(targets, of.target) != targets.end();
  auto target = one_of_many ? of.target : targets.front(); // shared by all, such as a policy
  const auto looking = reading();
  auto steps = co_await plan(looking, under_way.report.what, std::move(target));
  if (!steps) {
    co_return steps.error();
  }
  auto* found = same_step(*steps, of.id);
  co_return found == nullptr ? std::optional<step>() : std::optional(std::move(*found));
}

/// Whether the tenant shows the change. What is under way is put into `of.follow`.
auto act_runner::has_effect(const run& under_way, step& of, int looks)
    -> net::awaitable<seams::result<bool>> {
  for (auto pause = before_a_look; looks > 0; --looks, pause *= 2) {
    const auto now = co_await look_again(under_way, of, pause);
    if (!now) {
      co_return now.error();
    }
    if (!*now || (*now)->already || (!of.basis.empty() && (*now)->basis != of.basis)) {
      co_return true;
    }
    if (!(*now)->follow.empty()) {
      of.follow = (*now)->follow;
      co_return false;
    }
    if (of.read_back) {
      of = **now; // somebody wrote over it: the next sending starts from what is there
    }
  }
  co_return false;
}

/// Polls a machine action to its end ("Machine action": Succeeded, Failed, TimeOut, Cancelled).
auto act_runner::follow(const step& of) -> net::awaitable<outcome> {
  if (of.follow.empty()) {
    co_return outcome{ending::unknown, "answer_malformed", "the answer names no machine action"};
  }
  const auto until = with_.time.elapsed() + how_.wait;
  const auto looking = reading();
  auto pause = first_poll;
  for (;;) {
    auto url = with_.config.where.endpoint.root + "/api/machineactions/" + segment(of.follow);
    const auto action = co_await read_object(looking, workload::endpoint, std::move(url));
    const auto status = action ? text_in(*action, "status") : action.error().code;
    if (status == "Succeeded") {
      co_return outcome{ending::done, status, of.does};
    }
    if (status == "Failed" || status == "TimeOut" || status == "Cancelled") {
      co_return outcome{
          ending::failed, status, "the machine action " + of.follow + " ended with " + status};
    }
    const auto refused = !action && action.error().next == reaction::stop_and_diagnose;
    if (refused || with_.time.elapsed() >= until || with_.interrupted) {
      const auto why = !action               ? "its state cannot be read: " + action.error().why
                       : status == "Pending" ? "it has not begun: the device may be off"
                                             : std::string("it is under way");
      co_return outcome{ending::pending,
                        status,
                        "the machine action " + of.follow + " is not at its end; " + why +
                            "; resume the act later"};
    }
    co_await with_.time.sleep_for(pause, "the end of a machine action");
    pause = std::min(pause * 2, longest_poll);
  }
}

/// What is sent for a step: with its request id, and the secret in its place.
auto act_runner::call_of(const step& of) -> api::call {
  auto out = of.call;
  out.fields.emplace_back("client-request-id", of.request_id);
  const auto at = out.body.find(secret_mark);
  if (at != std::string::npos) {
    auto secret = how_.password.empty() ? drawn_password(with_.chance) : how_.password;
    const auto quoted = json(secret).dump(-1, ' ', false, json::error_handler_t::replace);
    auto in_body = quoted.substr(1, quoted.size() - 2);
    out.body.replace(at, secret_mark.size(), in_body);
    out.secrets = {std::move(secret), std::move(in_body)};
  }
  return out;
}

} // namespace core::actions
