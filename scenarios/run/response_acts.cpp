#include "core/actions/act_runner.hpp"
#include "core/actions/case_requests.hpp"
#include "scenarios/run/acts.hpp"
#include "scenarios/run/case_history.hpp"

#include <algorithm>
#include <iterator>

namespace scenarios::run {
namespace {

namespace actions = core::actions;
namespace net = boost::asio;
using nlohmann::json;

const auto never_interrupted = std::atomic<bool>(false);

/// One [[act]] with all that it needs.
struct taking {
  const model::planned_act& what;
  const act_tools& with;
  act_session& session;
  act_sink sink;

  void tell(json document) {
    document["run"] = what.run;
    sink({with.time.wall(), std::move(document)});
  }
};

auto limits_of(const model::planned_action& what) -> actions::act_options {
  auto out = actions::act_options();
  out.most_users = what.most_users.value_or(out.most_users);
  out.most_mailboxes = what.most_mailboxes.value_or(out.most_mailboxes);
  out.wait = what.wait.value_or(out.wait);
  out.again = what.again;
  return out;
}

auto prospect_of(const actions::step& what) -> std::string {
  return what.problem ? what.problem->code : what.already ? "already" : "would_change";
}

auto document_of(const actions::step_report& one) -> json {
  auto out = json{{"target", one.what.target}, {"step", one.what.id}, {"does", one.what.does}};
  if (one.end) {
    out["result"] = actions::name_of(one.end->how);
    out["code"] = one.end->code;
    out["text"] = one.end->text;
  } else {
    const auto& call = one.what.call;
    out["result"] = "proposed";
    out["code"] = prospect_of(one.what);
    out["text"] = one.what.problem ? one.what.problem->why : "";
    out["request"] = {{"method", call.method}, {"url", call.url}, {"body", call.body}};
  }
  return out;
}

auto runner_of(taking& under_way, std::string action) -> actions::act_runner {
  const auto& with = under_way.with;
  auto out = actions::act_runner({with.config,
                                  with.time,
                                  with.chance,
                                  under_way.session.api,
                                  under_way.session.tokens,
                                  never_interrupted},
                                 limits_of(under_way.what.action));
  out.when_heard([&under_way, action = std::move(action)](const actions::step_report& one) {
    auto document = document_of(one);
    document["action"] = action;
    under_way.tell(std::move(document));
  });
  return out;
}

void tell_refusal(taking& under_way,
                  const std::string& action,
                  const seams::result<actions::act_report>& end) {
  if (!end) {
    under_way.tell({{"action", action},
                    {"result", "refused"},
                    {"code", end.error().code},
                    {"text", end.error().why}});
  }
}

auto take(taking& under_way, actions::act_request what) -> net::awaitable<void> {
  const auto name = what.name;
  auto runner = runner_of(under_way, name);
  if (under_way.what.what_if) {
    const auto end = co_await runner.propose(std::move(what));
    tell_refusal(under_way, name, end);
    co_return;
  }
  const auto end = co_await runner.perform(std::move(what), under_way.with.records);
  tell_refusal(under_way, name, end);
}

/// What is in the store by now, as triage sees it.
auto cases_now(const act_tools& with) -> std::vector<core::triage::triage_case> {
  const auto health = with.records.health();
  const auto records = stored_records([&](const core::record_query& wanted, const auto& sink) {
    (void)with.records.read(wanted, [&](const core::stored_record& one) {
      sink(one);
      return true;
    });
  });
  const auto known = health ? *health : std::vector<core::health_entry>();
  return case_history(records, known, std::nullopt).within(std::nullopt, std::nullopt);
}

auto take_case(taking& under_way) -> net::awaitable<void> {
  const auto& action = under_way.what.action;
  const auto cases = cases_now(under_way.with);
  const auto found =
      std::ranges::find_if(cases, [&](const auto& one) { return fits_case(one, action.of_case); });
  if (found == cases.end()) {
    under_way.tell({{"result", "refused"}, {"code", "no_such_case"}, {"text", "no case fits"}});
    co_return;
  }
  for (auto& one : actions::requests_of(*found)) {
    std::ranges::copy(action.parameters, std::back_inserter(one.parameters));
    co_await take(under_way, std::move(one));
  }
}

/// The act of the newest entry in the log, "" if there is none.
auto last_act(core::store& records) -> std::string {
  auto out = std::string();
  auto query = core::record_query();
  query.feed = actions::log_feed;
  query.after = 0;
  (void)records.read(query, [&](const core::stored_record& one) {
    out = one.what.key.substr(0, one.what.key.find('/'));
    return true;
  });
  return out;
}

auto resume(taking& under_way) -> net::awaitable<void> {
  auto& records = under_way.with.records;
  auto act = last_act(records);
  const auto asked = actions::act_log(records, under_way.with.time).request_of(act);
  const auto name = asked ? asked->name : std::string();
  auto runner = runner_of(under_way, name);
  const auto end = co_await runner.resume(std::move(act), records);
  tell_refusal(under_way, name, end);
}

/// The action that is named, with the Message-IDs of the mails that are.
auto request_from(const model::planned_act& what, const mock_graph::tenant::tenant& tenant)
    -> actions::act_request {
  auto out = actions::act_request();
  out.name = what.run.substr(model::action_prefix.size());
  out.parameters = what.action.parameters;
  auto ids = std::vector<std::string>();
  for (const auto& mail : what.action.mails) {
    if (const auto* found = tenant.find_mail(mail)) {
      ids.push_back(found->internet_message_id);
    }
  }
  out.parameters.emplace_back("internet_message_ids", std::move(ids));
  return out;
}

} // namespace

auto carry_out_actions(const model::planned_act& what,
                       const act_tools& with,
                       act_session& session,
                       act_sink sink) -> boost::asio::awaitable<void> {
  auto under_way = taking{what, with, session, std::move(sink)};
  if (what.run == model::case_act) {
    co_await take_case(under_way);
  } else if (what.run == model::resume_act) {
    co_await resume(under_way);
  } else {
    auto request = request_from(what, with.tenant);
    co_await take(under_way, std::move(request));
  }
}

} // namespace scenarios::run
