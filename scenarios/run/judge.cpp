#include "scenarios/run/judge.hpp"

#include "mock_graph/faults/injector.hpp"
#include "scenarios/run/configured.hpp"
#include "scenarios/run/expectations.hpp"
#include "scenarios/run/feed_views.hpp"
#include "scenarios/run/labels.hpp"
#include "scenarios/run/manners.hpp"
#include "scenarios/run/ocsf_validity.hpp"
#include "scenarios/run/permits.hpp"
#include "scenarios/run/text_search.hpp"
#include "scenarios/run/world_end.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace scenarios::run {
namespace {

using namespace std::chrono_literals;
using mock_graph::faults::fault;
using report::check;
using report::verdict;

/// Pauses of up to five minutes and a poll lie between the end of trouble and the next reading.
constexpr auto recovery = seams::duration{15min};
constexpr auto details_max = std::size_t{5};
/// Records of one feed whose OCSF events are validated: more of the same do not show more, and a
/// world with a kill in it stores what the world without it does.
constexpr auto looked_at_most = std::size_t{50};

auto rests_on(const feed_view& view, const fault& trouble) -> bool {
  const auto& routes = view.routes;
  return mock_graph::faults::covers(trouble.route, "login.token") ||
         std::ranges::any_of(routes, [&](std::string_view route) {
           return !route.empty() && (mock_graph::faults::covers(trouble.route, route) ||
                                     mock_graph::faults::covers(route, trouble.route));
         });
}

/// Whether nothing can be read while the fault lasts.
auto keeps_out(const fault& trouble) -> bool {
  static constexpr auto harmless = std::to_array<fault::kind>({fault::kind::slow,
                                                               fault::kind::ignore_filter,
                                                               fault::kind::ignore_order,
                                                               fault::kind::empty_page,
                                                               fault::kind::long_link});
  const auto narrow =
      trouble.top_above || trouble.skip_above || !trouble.url.empty() || !trouble.holds.empty();
  return !trouble.calls && !narrow && std::ranges::find(harmless, trouble.what) == harmless.end();
}

/// Spans in which the app may not read; a token of before lives on into them, one of after comes
/// when the old one ends, so the span lasts a token's life longer.
auto permission_outages(const model::scenario& what, const feed_view& view) -> std::vector<outage> {
  auto moments = permit_changes(what);
  moments.insert(moments.begin(), what.standing.start);
  auto out = std::vector<outage>();
  for (auto i = std::size_t{0}; i < moments.size(); ++i) {
    const auto next = i + 1 < moments.size() ? moments[i + 1] : seams::instant::max();
    if (!is_permitted(what, view, moments[i])) {
      const auto until =
          next == seams::instant::max() ? next : next + what.standing.token_lifetime + recovery;
      out.push_back({source_name(view.feed, view.source), moments[i], until});
    }
  }
  return out;
}

auto promise(std::string name, std::string expected, const std::vector<std::string>& broken)
    -> check {
  auto out = check();
  out.name = std::move(name);
  out.expected = std::move(expected);
  out.got = broken.empty() ? out.expected : std::to_string(broken.size()) + " against it";
  out.outcome = broken.empty() ? verdict::passed : verdict::failed;
  out.details = {broken.begin(),
                 broken.begin() +
                     static_cast<std::ptrdiff_t>(std::min(broken.size(), details_max))};
  if (broken.size() > details_max) {
    out.details.push_back("and " + std::to_string(broken.size() - details_max) + " more");
  }
  return out;
}

auto kept_secrets(const model::scenario& what, const world& place) -> std::vector<std::string> {
  auto texts = std::vector<std::string>();
  auto names = std::vector<std::string>();
  for (const auto& secret : what.standing.applications.front().secrets) {
    texts.push_back(secret.value);
    names.push_back("the secret named " + secret.name);
  }
  for (const auto& signature : place.mock().issued()) {
    texts.push_back(signature);
    names.emplace_back("an access token");
  }
  auto search = text_search(std::move(texts));
  place.visit_disk([&](std::string_view piece) { search.look_at(piece); });
  auto out = std::vector<std::string>();
  for (auto i = std::size_t{0}; i < names.size(); ++i) {
    if (search.found()[i]) {
      out.push_back("the store holds " + names[i]);
    }
  }
  return out;
}

auto replays_files(const model::scenario& what) -> bool {
  return std::ranges::any_of(what.events, [](const mock_graph::tenant::event& one) {
    return std::holds_alternative<mock_graph::tenant::verbatim_record>(one.what);
  });
}

auto idle_faults(const world& place) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  const auto& faults = place.mock().injected();
  for (auto i = std::size_t{0}; i < faults.faults().size(); ++i) {
    if (faults.fired(i) == 0) {
      const auto& idle = faults.faults()[i];
      out.push_back("fault " + idle.id + " (" + idle.origin + ") never met a call");
    }
  }
  return out;
}

auto end_check(world_end how, const world& place) -> check {
  static constexpr auto words = std::to_array<std::string_view>({"ran to its end",
                                                                 "stands still",
                                                                 "asked too often",
                                                                 "was interrupted",
                                                                 "took too much real time",
                                                                 "broke"});
  auto out = check();
  out.name = "ran_to_its_end";
  out.expected = words[0];
  out.got = words[static_cast<std::size_t>(how)];
  out.at = place.now();
  if (how != world_end::complete) {
    out.outcome = verdict::error;
    out.details.push_back(place.trouble());
  }
  return out;
}

/// A promise that a scenario breaks on purpose holds when it fails and names what it must.
void turn(check& broken, const model::expected_failure& wanted) {
  auto missing = std::vector<std::string>();
  for (const auto& name : wanted.names) {
    const auto named = std::ranges::any_of(broken.details, [&](const std::string& line) {
      return line.find(name) != std::string::npos;
    });
    if (!named) {
      missing.push_back(name);
    }
  }
  const auto held = broken.outcome == verdict::failed && missing.empty();
  broken.name += " fails, as it must";
  broken.expected = "a failure that names each of " + std::to_string(wanted.names.size());
  if (held) {
    broken.outcome = verdict::passed;
    broken.details.clear();
    broken.got = broken.expected;
    return;
  }
  broken.outcome = verdict::failed;
  for (const auto& name : missing) {
    broken.details.push_back("not named: " + name);
  }
}

auto terms_for(const model::scenario& what, const world_plan& plan, world& place) -> reader_terms {
  auto out = reader_terms();
  for (const auto& feed : plan.connector.feeds) {
    for (const auto* view : views_of(feed.name)) {
      const auto barred = permission_outages(what, *view);
      if (barred.empty() || barred.back().until != seams::instant::max()) {
        out.feeds.insert(source_name(view->feed, view->source));
      }
    }
  }
  out.closed_scopes = closed_subscriptions(what);
  out.chance = 2 * slowest_period(plan) + 2min + plan.down_after_fate;
  out.outages = outages_of(what, plan);
  out.declared = place.health();
  return out;
}

} // namespace

auto outages_of(const model::scenario& what, const world_plan& plan) -> std::vector<outage> {
  auto common = std::vector<outage>();
  for (const auto& kill : plan.kills) {
    common.push_back({"", kill.at, kill.at + kill.down_for + recovery});
  }
  auto out = std::vector<outage>();
  for (const auto& feed : plan.connector.feeds) {
    for (const auto* view : views_of(feed.name)) {
      const auto name = source_name(view->feed, view->source);
      for (auto span : common) {
        span.feed = name;
        out.push_back(std::move(span));
      }
      for (auto span : configuration_outages(what, feed.name, recovery)) {
        span.feed = name;
        out.push_back(std::move(span));
      }
      std::ranges::move(permission_outages(what, *view), std::back_inserter(out));
      for (const auto& trouble : what.faults) {
        if (keeps_out(trouble) && rests_on(*view, trouble)) {
          const auto until =
              trouble.until == seams::instant::max() ? trouble.until : trouble.until + recovery;
          out.push_back({name, std::max(trouble.from, what.standing.start), until});
        }
      }
    }
  }
  std::ranges::stable_sort(out, {}, &outage::from);
  return out;
}

auto judge(const model::scenario& what, const world_plan& plan, world& place, world_end how)
    -> judgement {
  auto out = judgement();
  const auto records = place.records();
  const auto health = place.health();
  const auto& requests = place.mock().requests();
  const auto& exchanges = place.log().exchanges();
  out.records = compare(place.mock().book(), records, terms_for(what, plan, place), exchanges);
  auto& checks = out.checks;
  checks.push_back(end_check(how, place));
  checks.push_back(promise("nothing_lost", "every visible record stored", out.records.lost));
  checks.push_back(promise("nothing_doubled", "each record stored once", out.records.doubled));
  checks.push_back(promise("nothing_altered", "bytes as served", out.records.altered));
  checks.push_back(promise("nothing_invented", "only what was visible", out.records.invented));
  checks.push_back(promise("gaps_declared", "each loss declared", out.records.undeclared));
  checks.push_back(
      promise("retry_after_kept", "no request before its time", early_requests(exchanges)));
  checks.push_back(
      promise("tokens_fit", "no request without a token that fits", token_misuse(requests)));
  if (what.acts.empty()) {
    checks.push_back(promise("read_only", "nothing that changes the tenant", writes(requests)));
  }
  checks.push_back(
      promise("no_secret_kept", "no secret and no token in the store", kept_secrets(what, place)));
  checks.push_back(promise("faults_fired", "every fault met a call", idle_faults(place)));
  if (!place.damage_overlooked().empty()) {
    checks.push_back(promise(
        "damage_noticed", "a damaged store is refused and left alone", place.damage_overlooked()));
  }
  checks.push_back(promise(
      "valid_ocsf",
      "every record a valid OCSF event",
      invalid_events(records, plan.kills.empty() ? looked_at_most : 1, replays_files(what))));
  if (what.must_fail) {
    const auto found = std::ranges::find(checks, what.must_fail->promise, &check::name);
    if (found != checks.end()) {
      turn(*found, *what.must_fail);
    }
  }
  auto cases = case_history(records, health, place.roles());
  for (const auto& expected : what.expectations) {
    checks.push_back(check_expectation(
        expected, {records, health, requests, place.acts(), place.mock().effects(), cases}));
  }
  // A death delays a verdict by as long as the connector is down.
  const auto* shown = plan.fate ? nullptr : &place.mock().book();
  auto labelled = judge_labels(what.labels, records, health, cases, shown);
  std::ranges::move(labelled.checks, std::back_inserter(checks));
  out.labels = std::move(labelled.labels);
  return out;
}

} // namespace scenarios::run
