#include "scenarios/model/event_draft.hpp"

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;

const auto access_words = std::vector<std::string>{"success", "failure", "notApplied"};
const auto risk_levels = std::vector<std::string>{"none", "low", "medium", "high"};
const auto risk_states = std::vector<std::string>{
    "none", "confirmedSafe", "remediated", "dismissed", "atRisk", "confirmedCompromised"};
const auto risk_timings =
    std::vector<std::string>{"notDefined", "realtime", "nearRealtime", "offline"};
const auto audit_results = std::vector<std::string>{"success", "failure", "timeout"};
constexpr auto error_code_max = std::int64_t{9'999'999};
constexpr auto sign_ins_max = std::int64_t{10'000'000};

/// The usual riskDetail of a state (members of the enumeration; graph-directory sheet, 3.4).
auto usual_detail(const std::string& state) -> std::string {
  return state == "dismissed"              ? "adminDismissedAllRiskForUser"
         : state == "remediated"           ? "userPerformedSecuredPasswordChange"
         : state == "confirmedCompromised" ? "adminConfirmedUserCompromised"
         : state == "confirmedSafe"        ? "adminConfirmedSigninSafe"
                                           : "none";
}

void read_sign_ins(event_draft& with) {
  with.each("sign_in", [&](table_reader& read) {
    auto what = tenant::sign_in();
    const auto take = [&](const char* key, std::string& member) {
      member = read.text(key).value_or(member);
    };
    const auto [id, at] = with.begin(read, event_kind::sign_in, "sign-in");
    what.id = id;
    what.user = with.user(read, "user");
    what.device = with.device(read);
    take("app", what.app);
    take("client_app", what.client_app);
    take("ip", what.ip);
    take("city", what.city);
    take("state", what.state);
    take("country", what.country);
    what.error_code = read.whole("error_code", 0, error_code_max).value_or(0);
    take("failure_reason", what.failure_reason);
    take("mfa", what.mfa);
    what.conditional_access =
        read.word("conditional_access", access_words).value_or(what.conditional_access);
    what.risk_level = read.word("risk_level", risk_levels).value_or(what.risk_level);
    what.risk_state = read.word("risk_state", risk_states).value_or(what.risk_state);
    what.risk_events = read.texts("risk_events");
    what.interactive = read.flag("interactive").value_or(true);
    what.count = static_cast<std::uint64_t>(read.whole("count", 1, sign_ins_max).value_or(1));
    what.over = read.span("over").value_or(seams::duration{});
    what.visible_after = read.span("visible_after");
    with.end(read, at, std::move(what));
  });
}

auto read_target(event_draft& with, reading& shared, const node& table)
    -> tenant::directory_target {
  auto read = table_reader(shared, table, "directory_change.target");
  auto out = tenant::directory_target();
  if (read.raw("user") != nullptr) {
    out.user = with.user(read, "user");
  } else {
    (void)read.text("user");
    out.name = read.text("name", need::required).value_or("");
  }
  (void)read.text("name");
  out.type = read.text("type").value_or("User");
  for (const auto& [key, member] :
       {std::pair{"old", &out.old_values}, std::pair{"new", &out.new_values}}) {
    auto values = read.free(key);
    if (values.is_object()) {
      *member = std::move(values);
    } else if (!values.is_null()) {
      shared.complain(read.at(key), in_quotes(key) + " is no table", "{ property = value, ... }");
    }
  }
  read.finish();
  return out;
}

void read_directory_changes(event_draft& with) {
  with.each("directory_change", [&](table_reader& read) {
    auto what = tenant::directory_change();
    const auto [id, at] = with.begin(read, event_kind::other, "directory-change");
    what.id = id;
    what.activity = read.text("activity", need::required).value_or("");
    what.category = read.text("category").value_or("");
    what.operation = read.text("operation").value_or("");
    what.by_app = read.text("by_app").value_or("");
    if (read.raw("by") != nullptr) {
      what.by_user = with.user(read, "by");
    } else {
      (void)read.text("by");
    }
    if (what.by_user.empty() == what.by_app.empty()) {
      read.shared().complain(
          read.at(), "[[directory_change]] needs one who did it", "exactly one of by and by_app");
    }
    what.ip = read.text("ip").value_or("");
    what.service = read.text("service").value_or(what.service);
    what.result = read.word("result", audit_results).value_or(what.result);
    what.reason = read.text("reason").value_or("");
    what.visible_after = read.span("visible_after");
    for (const auto* table : read.tables("target")) {
      what.targets.push_back(read_target(with, read.shared(), *table));
    }
    with.end(read, at, std::move(what));
  });
}

void read_risks(event_draft& with) {
  with.each("risk", [&](table_reader& read) {
    auto what = tenant::risk();
    const auto [id, at] = with.begin(read, event_kind::risk, "risk");
    what.id = id;
    what.user = with.user(read, "user");
    what.type = read.text("type").value_or(what.type);
    what.level = read.word("level", risk_levels).value_or(what.level);
    what.state = read.word("state", risk_states).value_or(what.state);
    what.detail = read.text("detail").value_or(usual_detail(what.state));
    what.timing = read.word("timing", risk_timings).value_or(what.timing);
    what.sign_in = with.earlier(read, "sign_in", {event_kind::sign_in}, "sign-in", at);
    what.ip = read.text("ip").value_or("");
    what.visible_after = read.span("visible_after");
    with.end(read, at, std::move(what));
  });
  with.each("risk_change", [&](table_reader& read) {
    auto what = tenant::risk_change();
    const auto [id, at] = with.begin(read, event_kind::other, "risk-change");
    what.of = with.earlier(read, "of", {event_kind::risk}, "risk", at, need::required);
    what.state = read.word("state", risk_states, need::required).value_or("");
    what.detail = read.text("detail").value_or(usual_detail(what.state));
    with.end(read, at, std::move(what));
  });
}

} // namespace

void read_identity(event_draft& with) {
  read_sign_ins(with);
  read_directory_changes(with);
  read_risks(with);
}

} // namespace scenarios::model
