#include "core/safe_links/administration.hpp"

#include "core/safe_links/comparison.hpp"

#include <algorithm>
#include <utility>

namespace core::safe_links {
namespace {

namespace net = boost::asio;
using seams::failure;
using seams::reaction;

constexpr auto looks_max = 13;
constexpr auto between_looks = seams::duration{std::chrono::seconds{20}};
constexpr auto tries_max = 4;
constexpr auto between_tries = seams::duration{std::chrono::seconds{5}};
constexpr auto pages_max = 1000;
constexpr auto usual_page_size = std::int64_t{5000};

auto reading_cmdlet(subject about) -> std::string {
  return about == subject::policy ? "Get-SafeLinksPolicy"
         : about == subject::rule ? "Get-SafeLinksRule"
                                  : "Get-AtpPolicyForO365";
}

auto kind_name(subject about) -> std::string {
  return about == subject::policy ? "policy" : about == subject::rule ? "rule" : "setting";
}

auto refused(const char* code, std::string text) -> failure {
  return {reaction::stop_and_diagnose, code, std::move(text)};
}

auto is_named(const object& row, std::string_view name) -> bool {
  return same_text(row, "Name", name) || same_text(row, "Guid", name);
}

/// What a request wants an object to be, as settings to compare with.
auto wanted_state(const request& what) -> object {
  auto out = what.values;
  if (what.what->does == verb::enable || what.what->does == verb::disable) {
    out["Enabled"] = what.what->does == verb::enable;
  }
  return out;
}

/// The settings of `wanted` that differ from those of `row`, or that it does not show.
auto that_differ(const object& wanted, const object& row) -> object {
  auto out = object::object();
  for (const auto& [name, value] : wanted.items()) {
    auto one = object::object();
    one[name] = value;
    if (!differences(one, row, true).empty()) {
      out[name] = value;
    }
  }
  return out;
}

/// A rule is switched on and off by cmdlets of its own; Set-SafeLinksRule does not know `Enabled`.
auto steps_of(const request& what, const object& row) -> std::vector<change> {
  auto settings = what;
  auto out = std::vector<change>();
  const auto enabled = settings.values.find("Enabled");
  if (what.what->about == subject::rule && what.what->does == verb::update &&
      enabled != settings.values.end()) {
    const auto on = *enabled == true;
    settings.values.erase("Enabled");
    auto switched = object::object();
    switched["Enabled"] = on;
    if (!differences(switched, row, true).empty()) {
      const auto* other = find_command(on ? "rule enable" : "rule disable");
      out.push_back({std::string(other->cmdlet), parameters_of({other, what.name}), switched});
    }
  }
  settings.values = that_differ(settings.values, row);
  if (what.what->does != verb::update || !settings.values.empty()) {
    out.insert(out.begin(),
               {std::string(what.what->cmdlet), parameters_of(settings), wanted_state(settings)});
  }
  return out;
}

auto has_come_about(const change& what, const std::optional<object>& seen) -> bool {
  return what.wanted ? seen && differences(*what.wanted, *seen, false).empty() : !seen;
}

/// Taken, or nobody knows: what Exchange shows decides.
auto may_show(const seams::result<void>& done) -> bool {
  return done || done.error().next == reaction::retry_later;
}

/// About a change that shows although its answer did not say so.
void remark_on(const failure& why, outcome& out) {
  out.remarks.push_back(why.next == reaction::retry_later
                            ? "The answer was lost (" + why.code + "); it is there, as asked."
                            : "Exchange refused (" + why.code + "), and yet it is as asked.");
}

/// Reports fail without both dates, and yesterday is their newest day: what is not asked for
/// otherwise is all that they reach back to, 7 days in detail and 90 in sum
/// (learn.microsoft.com/powershell/module/exchangepowershell/get-safelinksdetailreport,
/// get-safelinksaggregatereport).
auto with_days(object parameters, subject about, seams::instant now) -> object {
  using std::chrono::days;
  if (about != subject::detail_report && about != subject::aggregate_report) {
    return parameters;
  }
  const auto today = std::chrono::floor<days>(now);
  const auto day = [&](days back) { return seams::to_rfc3339(today - back).substr(0, 10); };
  const auto reach = about == subject::detail_report ? days{7} : days{90};
  for (const auto& [name, value] :
       {std::pair{"StartDate", day(reach)}, std::pair{"EndDate", day(days{1})}}) {
    if (!parameters.contains(name)) {
      parameters[name] = value;
    }
  }
  return parameters;
}

} // namespace

auto administration::as_sent(std::string_view cmdlet, const object& parameters) const
    -> sent_request {
  const auto call = cmdlets_.call_for(cmdlet, parameters);
  return {call.method, call.url, call.body};
}

auto administration::find(subject about, std::string name) -> net::awaitable<found_object> {
  auto parameters = object::object();
  if (about != subject::tenant_switch) {
    parameters["Identity"] = name;
  }
  const auto cmdlet = reading_cmdlet(about);
  const auto printed = co_await cmdlets_.run(cmdlet, parameters);
  if (!printed) {
    co_return printed.error();
  }
  for (const auto& row : printed->rows) {
    if (about == subject::tenant_switch || is_named(row, name)) {
      co_return std::optional<object>(row);
    }
  }
  co_return std::optional<object>();
}

auto administration::find_settled(subject about, std::string name, object wanted)
    -> net::awaitable<found_object> {
  for (auto look = 1;; ++look) {
    auto found = co_await find(about, name);
    const auto settled = found && *found && differences(wanted, **found, false).empty();
    if (!found || settled || look == looks_max) {
      co_return found;
    }
    co_await time_.sleep_for(between_looks, "a change to show on every server of Exchange");
  }
}

auto administration::send(subject about, std::string name, change what, outcome& out)
    -> net::awaitable<seams::result<void>> {
  auto first = std::optional<failure>();
  for (auto tries = 1;; ++tries) {
    const auto done = co_await cmdlets_.run(what.cmdlet, what.parameters);
    if (done) {
      co_return seams::result<void>();
    }
    const auto is_new = done.error().code == "404";
    const auto last = is_new ? looks_max : tries_max;
    first = first ? first : std::optional(done.error());
    if (tries >= last || (!is_new && done.error().next != reaction::retry_later)) {
      co_return *first;
    }
    co_await time_.sleep_for(is_new ? between_looks : between_tries,
                             "Exchange to know the object, or to take a change");
    const auto seen = co_await find(about, name);
    if (!seen) {
      co_return *first;
    }
    if (has_come_about(what, *seen)) {
      remark_on(*first, out);
      co_return seams::result<void>();
    }
  }
}

auto administration::check_priority(const request& what) -> net::awaitable<seams::result<void>> {
  const auto wanted = what.values.find("Priority");
  if (wanted == what.values.end() || !wanted->is_number_integer()) {
    co_return seams::result<void>();
  }
  const auto everything = object::object();
  const auto rules = co_await cmdlets_.run("Get-SafeLinksRule", everything);
  if (!rules) {
    co_return rules.error();
  }
  // A new rule may stand behind all others.
  const auto count = rules->rows.size();
  const auto most = what.what->does == verb::create || count == 0 ? count : count - 1;
  const auto number = wanted->get<std::int64_t>();
  if (number < 0 || (std::cmp_greater(number, most) && !rules->cut)) {
    co_return refused("bad_priority",
                      "the priority " + wanted->dump() + " is not between 0 and " +
                          std::to_string(most) + ", the place of the last rule");
  }
  co_return seams::result<void>();
}

auto administration::perform(const request& what, bool what_if)
    -> net::awaitable<seams::result<outcome>> {
  switch (what.what->does) {
  case verb::list:
    co_return co_await list(what);
  case verb::create:
    co_return co_await create(what, what_if);
  case verb::remove:
    co_return co_await remove(what, what_if);
  case verb::update:
  case verb::enable:
  case verb::disable:
    co_return co_await update(what, what_if);
  }
  co_return outcome();
}

auto administration::list(const request& what) -> net::awaitable<seams::result<outcome>> {
  const auto parameters = with_days(parameters_of(what), what.what->about, time_.wall());
  if (what.what->about == subject::detail_report && !parameters.contains("Page")) {
    co_return co_await list_pages(std::string(what.what->cmdlet), parameters);
  }
  auto printed = co_await cmdlets_.run(std::string(what.what->cmdlet), parameters);
  if (!printed) {
    co_return printed.error();
  }
  auto out = outcome();
  out.rows = std::move(printed->rows);
  out.cut = printed->cut;
  if (!what.name.empty()) {
    std::erase_if(out.rows, [&](const object& row) { return !is_named(row, what.name); });
    if (out.rows.empty()) {
      co_return refused("not_found",
                        "there is no " + kind_name(what.what->about) + " '" + what.name + "'");
    }
  }
  co_return out;
}

auto administration::list_pages(std::string cmdlet, object parameters)
    -> net::awaitable<seams::result<outcome>> {
  auto out = outcome();
  const auto size = parameters.value("PageSize", usual_page_size);
  parameters["PageSize"] = size;
  for (auto page = 1; page <= pages_max; ++page) {
    parameters["Page"] = page;
    auto printed = co_await cmdlets_.run(cmdlet, parameters);
    if (!printed) {
      co_return printed.error();
    }
    const auto count = printed->rows.size();
    std::ranges::move(printed->rows, std::back_inserter(out.rows));
    if (std::cmp_less(count, size)) {
      co_return out;
    }
  }
  out.cut = true;
  co_return out;
}

auto administration::create(const request& what, bool what_if)
    -> net::awaitable<seams::result<outcome>> {
  const auto about = what.what->about;
  const auto wanted = wanted_state(what);
  const auto before = co_await find(about, what.name);
  if (!before) {
    co_return before.error();
  }
  auto out = outcome();
  if (*before) {
    if (const auto wrong = differences(wanted, **before, false); !wrong.empty()) {
      co_return refused("exists",
                        "the " + kind_name(about) + " '" + what.name +
                            "' is there already and differs: " + joined(wrong));
    }
    out.rows.push_back(**before);
    out.remarks.push_back("It was there already, as asked.");
    co_return out;
  }
  if (const auto possible = co_await check_priority(what); !possible) {
    co_return possible.error();
  }
  out.changed = true;
  const auto step = change{std::string(what.what->cmdlet), parameters_of(what), wanted};
  out.changes.push_back(as_sent(step.cmdlet, step.parameters));
  if (what_if) {
    co_return out;
  }
  const auto done = co_await send(about, what.name, step, out);
  auto looking = may_show(done) ? find_settled(about, what.name, wanted) : find(about, what.name);
  const auto after = co_await std::move(looking);
  if (!done && (!after || !*after || !differences(wanted, **after, false).empty())) {
    co_return done.error();
  }
  if (!after) {
    co_return after.error();
  }
  if (!*after || !differences(wanted, **after, false).empty()) {
    co_return refused("not_as_asked",
                      "Exchange took the new " + kind_name(about) + " '" + what.name +
                          "', and minutes later does not show it as asked");
  }
  out.rows.push_back(**after);
  if (!done) {
    remark_on(done.error(), out);
  }
  if (about == subject::policy) {
    out.remarks.push_back("No rule applies it yet: it holds for nobody.");
  }
  co_return out;
}

auto administration::update(const request& what, bool what_if)
    -> net::awaitable<seams::result<outcome>> {
  const auto about = what.what->about;
  const auto wanted = wanted_state(what);
  const auto before = co_await find(about, what.name);
  if (!before) {
    co_return before.error();
  }
  if (!*before) {
    co_return refused("not_found", "there is no " + kind_name(about) + " '" + what.name + "'");
  }
  auto out = outcome();
  if (differences(wanted, **before, true).empty()) {
    out.rows.push_back(**before);
    out.remarks.push_back("It was as asked already.");
    co_return out;
  }
  if (const auto possible = co_await check_priority(what); !possible) {
    co_return possible.error();
  }
  out.changed = true;
  auto done = seams::result<void>();
  for (const auto& one : steps_of(what, **before)) {
    out.changes.push_back(as_sent(one.cmdlet, one.parameters));
    if (!what_if && done) {
      done = co_await send(about, what.name, one, out);
    }
  }
  if (what_if) {
    co_return out;
  }
  auto looking = may_show(done) ? find_settled(about, what.name, wanted) : find(about, what.name);
  const auto after = co_await std::move(looking);
  const auto as_asked = after && *after && differences(wanted, **after, false).empty();
  if (!done && !as_asked) {
    co_return done.error();
  }
  if (!after) {
    co_return after.error();
  }
  if (!as_asked) {
    const auto is = *after ? joined(differences(wanted, **after, false)) : "it is gone";
    co_return refused("not_as_asked",
                      "Exchange took the change of '" + what.name +
                          "', and it does not show: " + is + "; somebody else may have changed it");
  }
  if (!done) {
    remark_on(done.error(), out);
  }
  for (const auto& other : drift(**before, **after, wanted)) {
    out.remarks.push_back("Somebody else changed it meanwhile: " + other + ".");
  }
  out.rows.push_back(**after);
  co_return out;
}

auto administration::check_unused(std::string policy) -> net::awaitable<seams::result<void>> {
  const auto everything = object::object();
  const auto rules = co_await cmdlets_.run("Get-SafeLinksRule", everything);
  if (!rules) {
    co_return rules.error();
  }
  for (const auto& rule : rules->rows) {
    if (same_text(rule, "SafeLinksPolicy", policy)) {
      co_return refused("in_use",
                        "the rule '" + shown(rule.value("Name", object())) +
                            "' applies the policy '" + policy + "': remove the rule first");
    }
  }
  co_return seams::result<void>();
}

auto administration::remove(const request& what, bool what_if)
    -> net::awaitable<seams::result<outcome>> {
  const auto about = what.what->about;
  const auto before = co_await find(about, what.name);
  if (!before) {
    co_return before.error();
  }
  auto out = outcome();
  if (!*before) {
    out.remarks.push_back("There was no " + kind_name(about) + " '" + what.name + "'.");
    co_return out;
  }
  const auto name = (*before)->value("Name", what.name);
  if (about == subject::policy) {
    if (const auto unused = co_await check_unused(name); !unused) {
      co_return unused.error();
    }
  }
  out.changed = true;
  const auto step = change{std::string(what.what->cmdlet), parameters_of(what), std::nullopt};
  out.changes.push_back(as_sent(step.cmdlet, step.parameters));
  if (what_if) {
    co_return out;
  }
  const auto done = co_await send(about, name, step, out);
  const auto after = co_await find(about, name);
  if (!after) {
    co_return after.error();
  }
  if (*after) {
    co_return done ? refused("not_as_asked", "Exchange took the removal, and it is still there")
                   : done.error();
  }
  if (!done) {
    remark_on(done.error(), out);
  }
  co_return out;
}

} // namespace core::safe_links
