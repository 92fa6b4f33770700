#include "core/clicks/click_book.hpp"

#include "core/clicks/safe_link.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace core::clicks {
namespace {

using namespace std::chrono_literals;

constexpr auto same_moment = seams::duration{2s};
constexpr auto page_to_override = seams::duration{5min};

/// A click under construction: when its page was met, and when the user went on.
struct draft {
  click so_far;
  std::string who_and_where; ///< user and address, for comparing
  std::optional<seams::instant> page_at;
  std::optional<seams::instant> override_at;
};
using drafts = std::vector<draft>;

auto identity_of(const reading& of) -> std::string {
  auto user = of.user;
  std::ranges::transform(user, user.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return user + "\n" + comparable(of.url);
}

auto draft_of(const reading& of) -> draft {
  auto out = draft();
  out.so_far = {of.at,
                of.user,
                of.url,
                of.workload,
                of.met,
                of.went_on,
                of.network_message_id,
                of.teams_message_id,
                of.of_another_tenant,
                {of.from},
                {of.key}};
  out.who_and_where = identity_of(of);
  (of.went_on ? out.override_at : out.page_at) = of.at;
  return out;
}

void add(draft& to, const reading& of) {
  auto& known = of.went_on ? to.override_at : to.page_at;
  known = known ? std::min(*known, of.at) : of.at;
  to.so_far.at = std::min(to.so_far.at, of.at);
  to.so_far.clicked_through = to.so_far.clicked_through || of.went_on;
  to.so_far.of_another_tenant = to.so_far.of_another_tenant || of.of_another_tenant;
  to.so_far.records.push_back(of.key);
}

auto contradict(const std::string& a, const std::string& b) -> bool {
  return !a.empty() && !b.empty() && a != b;
}

auto from_hunting(const std::vector<reading>& readings) -> drafts {
  auto out = drafts();
  auto groups = std::map<std::string, std::size_t>();
  for (const auto& one : readings) {
    const auto known = one.group.empty() ? groups.end() : groups.find(one.group);
    if (known != groups.end()) {
      add(out[known->second], one);
      continue;
    }
    if (!one.group.empty()) {
      groups[one.group] = out.size();
    }
    out.push_back(draft_of(one));
  }
  return out;
}

auto is_gone_on_from(const draft& page, const reading& step) -> bool {
  return page.page_at && !page.override_at && page.so_far.met == step.met &&
         *page.page_at <= step.at && step.at - *page.page_at <= page_to_override &&
         page.who_and_where == identity_of(step) &&
         page.so_far.network_message_id == step.network_message_id &&
         page.so_far.teams_message_id == step.teams_message_id;
}

/// `readings` in order of time.
auto from_audit(const std::vector<reading>& readings) -> drafts {
  auto out = drafts();
  auto latest = std::map<std::string, std::vector<std::size_t>>();
  for (const auto& one : readings) {
    auto& same = latest[identity_of(one)];
    const auto page =
        !one.went_on ? same.rend() : std::find_if(same.rbegin(), same.rend(), [&](std::size_t at) {
          return is_gone_on_from(out[at], one);
        });
    if (page != same.rend()) {
      add(out[*page], one);
      continue;
    }
    same.push_back(out.size());
    out.push_back(draft_of(one));
  }
  return out;
}

auto distance(const std::optional<seams::instant>& a, const std::optional<seams::instant>& b)
    -> seams::duration {
  return a && b ? seams::duration(std::chrono::abs(*a - *b)) : seams::duration::max();
}

/// How far apart two drafts are in time, or nothing if they cannot be one click.
auto nearness(const draft& hunted, const draft& audited) -> std::optional<seams::duration> {
  const auto& a = hunted.so_far;
  const auto& b = audited.so_far;
  if (a.met != b.met || contradict(a.network_message_id, b.network_message_id) ||
      contradict(a.teams_message_id, b.teams_message_id)) {
    return std::nullopt;
  }
  const auto apart = std::min(distance(hunted.page_at, audited.page_at),
                              distance(hunted.override_at, audited.override_at));
  return apart <= same_moment ? std::optional(apart) : std::nullopt;
}

void merge(click& into, const click& other) {
  into.clicked_through = into.clicked_through || other.clicked_through;
  into.of_another_tenant = into.of_another_tenant || other.of_another_tenant;
  into.sources.insert(into.sources.end(), other.sources.begin(), other.sources.end());
  into.records.insert(into.records.end(), other.records.begin(), other.records.end());
  const auto fill = [](std::string& known, const std::string& more) {
    known = known.empty() ? more : known;
  };
  fill(into.workload, other.workload);
  fill(into.network_message_id, other.network_message_id);
  fill(into.teams_message_id, other.teams_message_id);
}

/// Merges what belongs together into `hunted`; gives back what is left of `audited`.
auto match(drafts& hunted, const drafts& audited) -> drafts {
  auto by_identity = std::map<std::string, std::vector<std::size_t>>();
  for (auto i = std::size_t{0}; i < hunted.size(); ++i) {
    by_identity[hunted[i].who_and_where].push_back(i);
  }
  auto pairs = std::vector<std::tuple<seams::duration, std::size_t, std::size_t>>();
  for (auto j = std::size_t{0}; j < audited.size(); ++j) {
    for (const auto i : by_identity[audited[j].who_and_where]) {
      if (const auto apart = nearness(hunted[i], audited[j])) {
        pairs.emplace_back(*apart, i, j);
      }
    }
  }
  std::ranges::sort(pairs);
  auto taken_hunted = std::vector<bool>(hunted.size());
  auto taken_audited = std::vector<bool>(audited.size());
  for (const auto& [apart, i, j] : pairs) {
    if (!taken_hunted[i] && !taken_audited[j]) {
      taken_hunted[i] = taken_audited[j] = true;
      merge(hunted[i].so_far, audited[j].so_far);
    }
  }
  auto rest = drafts();
  for (auto j = std::size_t{0}; j < audited.size(); ++j) {
    if (!taken_audited[j]) {
      rest.push_back(audited[j]);
    }
  }
  return rest;
}

} // namespace

auto join(std::vector<reading> readings) -> std::vector<click> {
  std::ranges::stable_sort(readings, {}, &reading::at);
  const auto middle = std::ranges::stable_partition(
      readings, [](const reading& one) { return one.from == source::hunting; });
  const auto audit = std::vector<reading>(middle.begin(), middle.end());
  readings.erase(middle.begin(), middle.end());
  auto found = from_hunting(readings);
  for (auto& alone : match(found, from_audit(audit))) {
    found.push_back(std::move(alone));
  }
  auto out = std::vector<click>();
  for (auto& one : found) {
    out.push_back(std::move(one.so_far));
  }
  std::ranges::stable_sort(out, {}, &click::at);
  return out;
}

auto clicks_of(std::span<const stored_record> records) -> std::vector<click> {
  auto readings = std::vector<reading>();
  for (const auto& one : records) {
    auto said = one.what.feed == "safe_links" ? read_click(one.what) : std::nullopt;
    if (said) {
      readings.push_back(std::move(*said));
    }
  }
  return join(std::move(readings));
}

} // namespace core::clicks
