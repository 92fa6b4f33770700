#include "scenarios/run/expectations.hpp"

#include "core/clicks/click_book.hpp"
#include "mock_graph/faults/injector.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace scenarios::run {
namespace {

using model::subject;
using nlohmann::json;

constexpr auto shown_max = std::size_t{3};

auto equal(const json& found, const json& wanted) -> bool {
  if (wanted.is_string() && wanted.get<std::string>().starts_with('~')) {
    return found.is_string() &&
           found.get<std::string>().find(wanted.get<std::string>().substr(1)) != std::string::npos;
  }
  if (found.is_boolean() && wanted.is_number()) {
    return wanted == (found.get<bool>() ? 1 : 0);
  }
  if (found.is_number() && wanted.is_boolean()) {
    return found == (wanted.get<bool>() ? 1 : 0);
  }
  return found == wanted;
}

auto matches_path(const json& found, std::string_view path, const json& wanted) -> bool {
  if (found.is_array()) {
    return std::ranges::any_of(found,
                               [&](const json& item) { return matches_path(item, path, wanted); });
  }
  if (path.empty()) {
    return equal(found, wanted);
  }
  if (!found.is_object()) {
    return false;
  }
  for (auto end = path.find('.');; end = path.find('.', end + 1)) {
    const auto member = found.find(std::string(path.substr(0, end)));
    const auto whole = end == std::string_view::npos;
    if (member != found.end() &&
        matches_path(*member, whole ? std::string_view() : path.substr(end + 1), wanted)) {
      return true;
    }
    if (whole) {
      return false;
    }
  }
}

auto within(seams::instant at, const model::expectation& what) -> bool {
  return (!what.from || at >= *what.from) && (!what.by || at <= *what.by);
}

struct tally {
  std::int64_t count = 0;
  std::vector<std::string> near_misses; ///< what was there but did not match
};

auto fits(const core::stored_record& record, const model::expectation& what) -> bool {
  if (what.where.empty()) {
    return true;
  }
  const auto document = json::parse(record.what.raw, nullptr, false);
  return std::ranges::all_of(what.where,
                             [&](const model::condition& one) { return matches(document, one); });
}

auto near_miss(const core::stored_record& record) -> std::string {
  return "stored " + seams::to_rfc3339(record.received_at) + ": " + record.what.raw.substr(0, 400);
}

auto of_feed(std::string_view feed) -> core::record_query {
  auto out = core::record_query();
  out.feed = feed;
  return out;
}

auto count_records(const model::expectation& what, const stored_records& records) -> tally {
  auto out = tally();
  records(of_feed(what.feed), [&](const core::stored_record& record) {
    if (!within(record.received_at, what)) {
      return;
    }
    if (fits(record, what)) {
      ++out.count;
    } else if (out.near_misses.size() < shown_max) {
      out.near_misses.push_back(near_miss(record));
    }
  });
  return out;
}

/// The newest version of one key, and what it comes to.
struct newest_version {
  seams::instant received_at;
  std::string version;
  bool fits = false;
  std::string near_miss; ///< where it does not fit
};

auto count_latest(const model::expectation& what,
                  std::string_view feed,
                  const stored_records& records) -> tally {
  auto latest = std::map<std::string, newest_version>();
  records(of_feed(feed), [&](const core::stored_record& record) {
    if (!within(record.received_at, what)) {
      return;
    }
    const auto [place, fresh] = latest.try_emplace(record.what.key);
    auto& known = place->second;
    if (fresh || std::tie(known.received_at, known.version) <
                     std::tie(record.received_at, record.what.version)) {
      const auto good = fits(record, what);
      known = {record.received_at, record.what.version, good, good ? "" : near_miss(record)};
    }
  });
  auto out = tally();
  for (auto& [key, newest] : latest) {
    if (newest.fits) {
      ++out.count;
    } else if (out.near_misses.size() < shown_max) {
      out.near_misses.push_back(std::move(newest.near_miss));
    }
  }
  return out;
}

auto document_of(const core::clicks::click& one) -> json {
  auto sources = json::array();
  for (const auto from : one.sources) {
    sources.push_back(from == core::clicks::source::hunting ? "hunting" : "audit");
  }
  return {{"time", seams::to_rfc3339(one.at)},
          {"user", one.user},
          {"url", one.url},
          {"workload", one.workload},
          {"action", core::clicks::name_of(one.met)},
          {"clicked_through", one.clicked_through},
          {"network_message_id", one.network_message_id},
          {"teams_message_id", one.teams_message_id},
          {"of_another_tenant", one.of_another_tenant},
          {"sources", std::move(sources)}};
}

/// Clicks as a reader of the store sees them.
auto count_clicks(const model::expectation& what, const stored_records& records) -> tally {
  auto readings = std::vector<core::clicks::reading>();
  records(of_feed("safe_links"), [&](const core::stored_record& record) {
    if (auto reading = core::clicks::read_click(record.what)) {
      readings.push_back(std::move(*reading));
    }
  });
  auto out = tally();
  for (const auto& one : core::clicks::join(std::move(readings))) {
    const auto document = document_of(one);
    const auto holds = std::ranges::all_of(
        what.where, [&](const model::condition& wanted) { return matches(document, wanted); });
    if (holds && within(one.at, what)) {
      ++out.count;
    } else if (out.near_misses.size() < shown_max) {
      out.near_misses.push_back("click " + document.dump());
    }
  }
  return out;
}

/// The cases that stood at `by`.
auto count_cases(const model::expectation& what, case_history& cases) -> tally {
  auto out = tally();
  for (const auto& one : cases.within(what.from, what.by)) {
    if (fits_case(one, what.where)) {
      ++out.count;
    } else if (out.near_misses.size() < shown_max) {
      out.near_misses.push_back("case " + case_document(one).dump());
    }
  }
  return out;
}

auto count_health(const model::expectation& what, const std::vector<core::health_entry>& health)
    -> tally {
  const auto state = what.what == subject::gap ? std::string("gap") : what.state;
  auto out = tally();
  for (const auto& entry : health) {
    const auto fits_state = (what.feed.empty() || entry.feed == what.feed) &&
                            (state.empty() || entry.state == state) &&
                            (what.code.empty() || entry.code == what.code) &&
                            entry.text.find(what.says) != std::string::npos;
    if (fits_state && within(entry.at, what)) {
      ++out.count;
    } else if (out.near_misses.size() < shown_max && what.what == subject::health) {
      out.near_misses.push_back(seams::to_rfc3339(entry.at) + " " + entry.feed + " " + entry.state +
                                " " + entry.code + ": " + entry.text);
    }
  }
  return out;
}

auto count_requests(const model::expectation& what, const mock_graph::journal& requests) -> tally {
  auto out = tally();
  for (const auto& entry : requests) {
    if ((what.route.empty() || mock_graph::faults::covers(what.route, entry.route)) &&
        entry.url.find(what.url) != std::string::npos && within(entry.at, what)) {
      ++out.count;
    }
  }
  return out;
}

void count_document(const model::expectation& what,
                    seams::instant at,
                    const json& document,
                    tally& out) {
  const auto holds = std::ranges::all_of(
      what.where, [&](const model::condition& wanted) { return matches(document, wanted); });
  if (holds && within(at, what)) {
    ++out.count;
  } else if (out.near_misses.size() < shown_max) {
    out.near_misses.push_back(seams::to_rfc3339(at) + " " + document.dump());
  }
}

auto count_acts(const model::expectation& what, const std::vector<act_record>& acts) -> tally {
  auto out = tally();
  for (const auto& one : acts) {
    count_document(what, one.at, one.document, out);
  }
  return out;
}

auto count_effects(const model::expectation& what, const mock_graph::effect_log& effects) -> tally {
  auto out = tally();
  for (const auto& one : effects) {
    count_document(what, one.at, {{"what", one.what}, {"target", one.target}, {"by", one.by}}, out);
  }
  return out;
}

auto count(const model::expectation& what, const evidence& found) -> tally {
  switch (what.what) {
  case subject::alerts:
    return count_latest(what, "alerts", found.records);
  case subject::incidents:
    return count_latest(what, "incidents", found.records);
  case subject::records:
    return count_records(what, found.records);
  case subject::clicks:
    return count_clicks(what, found.records);
  case subject::cases:
    return count_cases(what, found.cases);
  case subject::health:
  case subject::gap:
    return count_health(what, found.health);
  case subject::requests:
    return count_requests(what, found.requests);
  case subject::acts:
    return count_acts(what, found.acts);
  case subject::effects:
    return count_effects(what, found.effects);
  }
  return {};
}

auto range_text(const model::expectation& what) -> std::string {
  if (what.at_most && *what.at_most == what.at_least) {
    return std::to_string(what.at_least);
  }
  if (!what.at_most) {
    return "at least " + std::to_string(what.at_least);
  }
  return (what.at_least > 0 ? std::to_string(what.at_least) + " to " : "at most ") +
         std::to_string(*what.at_most);
}

} // namespace

auto matches(const json& document, const model::condition& wanted) -> bool {
  return matches_path(document, wanted.path, wanted.value);
}

auto check_expectation(const model::expectation& what, const evidence& found) -> report::check {
  const auto got = count(what, found);
  auto out = report::check();
  out.name = what.text;
  out.expected = range_text(what) + (what.by ? " by " + seams::to_rfc3339(*what.by) : "");
  out.got = std::to_string(got.count);
  out.at = what.by;
  out.origin = what.origin;
  const auto held = got.count >= what.at_least && (!what.at_most || got.count <= *what.at_most);
  out.outcome = held ? report::verdict::passed : report::verdict::failed;
  if (!held) {
    if (!what.why.empty()) {
      out.details.push_back("because " + what.why);
    }
    for (const auto& line : got.near_misses) {
      out.details.push_back("there was, without matching: " + line);
    }
  }
  return out;
}

} // namespace scenarios::run
