#include "scenarios/model/readers.hpp"

#include <algorithm>
#include <array>

namespace scenarios::model {
namespace {

constexpr auto count_max = std::int64_t{1'000'000'000};

const auto subjects = std::array{std::pair{"alerts", subject::alerts},
                                 std::pair{"incidents", subject::incidents},
                                 std::pair{"records", subject::records},
                                 std::pair{"clicks", subject::clicks},
                                 std::pair{"cases", subject::cases},
                                 std::pair{"health", subject::health},
                                 std::pair{"requests", subject::requests},
                                 std::pair{"gap", subject::gap},
                                 std::pair{"acts", subject::acts},
                                 std::pair{"effects", subject::effects}};

/// The words of core::health::monitor.
const auto states = std::vector<std::string>{"ok",
                                             "authentication_failed",
                                             "insufficient_permissions",
                                             "not_licensed",
                                             "retired_api",
                                             "subscription_disabled",
                                             "throttled",
                                             "service_unavailable",
                                             "bad_answer",
                                             "store_failed",
                                             "request_refused",
                                             "schema_drift",
                                             "delayed",
                                             "empty_results",
                                             "wrong_region",
                                             "clock_skew",
                                             "credential_expires",
                                             "stalled",
                                             "gap"};

const auto promises = std::vector<std::string>{"nothing_lost",
                                               "nothing_doubled",
                                               "nothing_altered",
                                               "nothing_invented",
                                               "gaps_declared",
                                               "retry_after_kept",
                                               "tokens_fit",
                                               "read_only",
                                               "no_secret_kept",
                                               "faults_fired",
                                               "valid_ocsf"};

/// `alerts = 2` or `alerts = { at_least = 1, at_most = 3 }`.
void read_count(table_reader& read, const char* key, expectation& out) {
  const auto* found = read.raw(key);
  if (found->value.what == node::kind::text) {
    read.shared().complain(found->value.at,
                           in_quotes(key) + " is text",
                           "a whole number or { at_least = n, at_most = m }");
    return;
  }
  if (found->value.what != node::kind::table) {
    const auto count = read.whole(key, 0, count_max).value_or(0);
    out.at_least = count;
    out.at_most = count;
    return;
  }
  auto range = table_reader(read.shared(), found->value, "expect.COUNT");
  out.at_least = range.whole("at_least", 0, count_max).value_or(0);
  out.at_most = range.whole("at_most", 0, count_max);
  if (out.at_most && *out.at_most < out.at_least) {
    range.shared().complain(range.at("at_most"), "\"at_most\" is less than \"at_least\"");
  }
  if (found->value.members.empty()) {
    range.shared().complain(found->value.at, in_quotes(key) + " is empty", "at_least, at_most");
  }
  range.finish();
}

/// `within = "15m"` and `of = "c1"`: until fifteen minutes after c1.
void read_bounds(table_reader& read, expectation& out) {
  out.from = read.moment("from");
  out.by = read.moment("by");
  const auto within = read.span("within");
  const auto of = read.placed_text_of("of");
  if (within.has_value() != of.has_value()) {
    read.shared().complain(read.at(), "\"within\" and \"of\" belong together");
  }
  if (!within || !of) {
    return;
  }
  if (out.by) {
    read.shared().complain(read.at("by"), "\"by\" and \"within\" say the same thing twice");
  }
  const auto found = read.shared().ids.find(of->text);
  if (found != read.shared().ids.end()) {
    out.by = found->second.at + *within;
    return;
  }
  read.shared().check_known(*of,
                            "event",
                            read.shared().ids_of({event_kind::message,
                                                  event_kind::click,
                                                  event_kind::burst,
                                                  event_kind::audit,
                                                  event_kind::audit_burst,
                                                  event_kind::sign_in,
                                                  event_kind::risk,
                                                  event_kind::other}));
}

auto describe(const expectation& what, std::string_view name) -> std::string {
  auto out = std::string(name);
  out += what.feed.empty() ? "" : " of " + what.feed;
  out += what.state.empty() ? "" : " " + what.state;
  out += what.code.empty() ? "" : " " + what.code;
  out += what.says.empty() ? "" : " saying \"" + what.says + "\"";
  out += what.route.empty() ? "" : " to " + what.route;
  out += what.url.empty() ? "" : " with " + in_quotes(what.url);
  return out + describe(what.where);
}

/// What narrows a count, and for which subjects it means something.
struct qualifier {
  const char* key;
  std::vector<subject> of;
};

void check_qualifiers(table_reader& read, subject what, const std::string& name) {
  static const auto qualifiers =
      std::array{qualifier{"where",
                           {subject::alerts,
                            subject::incidents,
                            subject::records,
                            subject::clicks,
                            subject::cases,
                            subject::acts,
                            subject::effects}},
                 qualifier{"feed", {subject::records, subject::health, subject::gap}},
                 qualifier{"state", {subject::health}},
                 qualifier{"code", {subject::health, subject::gap}},
                 qualifier{"says", {subject::health, subject::gap}},
                 qualifier{"route", {subject::requests}},
                 qualifier{"url", {subject::requests}}};
  for (const auto& one : qualifiers) {
    const auto* found = read.raw(one.key);
    if (found != nullptr && std::ranges::find(one.of, what) == one.of.end()) {
      read.shared().complain(found->at,
                             in_quotes(one.key) + " means nothing for " + in_quotes(name));
    }
  }
}

auto feeds_of(const scenario& what) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : what.feeds) {
    out.push_back(one.name);
  }
  if (!what.acts.empty()) {
    out.emplace_back("actions"); // the log of acts
  }
  return out;
}

/// Where a call can have gone: also to places that no fault can be put on.
auto called_routes() -> std::vector<std::string> {
  auto out = std::vector<std::string>(routes().begin(), routes().end());
  out.insert(out.end(), {"graph.unknown", "activity.unknown", "foreign"});
  return out;
}

void read_expectation(table_reader& read, scenario& out) {
  auto one = expectation();
  one.origin = read.origin();
  auto named = 0;
  auto name = std::string();
  for (const auto& [key, what] : subjects) {
    if (read.raw(key) != nullptr) {
      ++named;
      name = key;
      one.what = what;
      read_count(read, key, one);
    }
  }
  if (named != 1) {
    read.shared().complain(read.at(),
                           "[[expect]] names " + std::to_string(named) + " things",
                           "exactly one of alerts, incidents, records, clicks, cases, health, "
                           "requests, gap, acts, effects");
  }
  one.feed = read.word("feed", feeds_of(out)).value_or("");
  one.where = read_conditions(read);
  one.state = read.word("state", states).value_or("");
  one.code = read.text("code").value_or("");
  one.says = read.text("says").value_or("");
  one.route = read.word("route", called_routes()).value_or("");
  one.url = read.text("url").value_or("");
  read_bounds(read, one);
  if (named == 1) {
    check_qualifiers(read, one.what, name);
  }
  one.why = read.text("why").value_or("");
  one.text = describe(one, name);
  read.finish();
  out.expectations.push_back(std::move(one));
}

} // namespace

auto read_conditions(table_reader& read) -> std::vector<condition> {
  const auto* found = read.raw("where");
  if (found == nullptr) {
    return {};
  }
  if (found->value.what != node::kind::table) {
    read.shared().complain(found->value.at, "\"where\" is no table", R"({ "path" = value, ... })");
    return {};
  }
  auto out = std::vector<condition>();
  for (const auto& one : found->value.members) {
    out.push_back({one.name, to_json(one.value)});
  }
  return out;
}

auto describe(const std::vector<condition>& where) -> std::string {
  auto out = std::string();
  for (const auto& one : where) {
    out += " with " + one.path + " = " + one.value.dump();
  }
  return out;
}

void read_expectations(table_reader& top, scenario& out) {
  for (const auto* table : top.tables("expect")) {
    auto read = table_reader(top.shared(), *table, "expect");
    read_expectation(read, out);
  }
  if (const auto* table = top.table("expect_failure")) {
    auto read = table_reader(top.shared(), *table, "expect_failure");
    auto one = expected_failure();
    one.promise = read.word("promise", promises, need::required).value_or("");
    one.names = read.texts("names");
    read.finish();
    out.must_fail = std::move(one);
  }
}

} // namespace scenarios::model
