#include "core/permissions/review.hpp"

#include "core/feeds/feed_table.hpp"
#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace core::permissions {
namespace {

using seams::equal_ignoring_case;

auto carries(const review_input& what, owner of, std::string_view role) -> bool {
  return std::ranges::any_of(what.tokens, [&](const token_roles& token) {
    return token.of == of && std::ranges::any_of(token.roles, [&](const std::string& one) {
             return equal_ignoring_case(one, role);
           });
  });
}

/// The row of that permission, API and state; made if there is none.
auto row_for(review_result& out, std::string_view name, owner of, standing state) -> finding& {
  const auto found = std::ranges::find_if(out.findings, [&](const finding& one) {
    return one.state == state && one.of == of && equal_ignoring_case(one.permission, name);
  });
  if (found != out.findings.end()) {
    return *found;
  }
  auto row = finding();
  row.permission = name;
  row.of = of;
  row.state = state;
  if (const auto* known = find_permission(name)) {
    row.permission = known->name;
    row.writes = known->writes;
  }
  return out.findings.emplace_back(std::move(row));
}

auto grant_advice(std::string_view name, owner of) -> std::string {
  return "App registration, API permissions, Add a permission, " + std::string(portal_group(of)) +
         ", Application permissions: add " + std::string(name) + ", then grant admin consent";
}

void need(const review_input& what,
          const feeds::feed_facts& feed,
          owner of,
          std::string_view role,
          review_result& out,
          standing without = standing::missing) {
  const auto wider = feeds::wider_role(role);
  const auto by_wider = !carries(what, of, role) && !wider.empty() && carries(what, of, wider);
  const auto held = by_wider ? wider : role;
  const auto state = carries(what, of, held) ? standing::granted : without;
  auto& row = row_for(out, held, of, state);
  row.feeds.emplace_back(feed.name);
  row.advice = state == standing::granted ? "" : grant_advice(row.permission, of);
  if (state == standing::reduced) {
    row.advice =
        "without it the feed has its second source alone, which shows less; to have all: " +
        row.advice;
  }
}

auto needs_directory_role(std::string_view role) -> bool {
  const auto* known = find_permission(role);
  return known != nullptr && known->needs_directory_role;
}

/// Whether the tokens open that source of the feed; a directory role counts as missing only where
/// it is known that there is none.
auto is_open(const review_input& what, const feeds::other_source& other) -> bool {
  const auto* of = owner_of(other.api);
  const auto no_role = what.directory_roles && what.directory_roles->empty();
  return of != nullptr && std::ranges::all_of(other.permissions, [&](std::string_view role) {
           return carries(what, *of, role) && !(no_role && needs_directory_role(role));
         });
}

/// The best source that the tokens open besides the feed's own, or null; its roles are in use then.
auto best_other(const review_input& what, const feeds::feed_facts& feed, review_result& out)
    -> const feeds::other_source* {
  const auto found = std::ranges::find_if(
      feed.others, [&](const feeds::other_source& one) { return is_open(what, one); });
  if (found == feed.others.end()) {
    return nullptr;
  }
  for (const auto role : found->permissions) {
    need(what, feed, *owner_of(found->api), role, out);
  }
  return &*found;
}

void need_all_of(const review_input& what, const feeds::feed_facts& feed, review_result& out) {
  const auto* of = owner_of(feed.api);
  if (of == nullptr) {
    return;
  }
  const auto has = [&](std::string_view role) { return carries(what, *of, role); };
  const auto own = std::ranges::all_of(feed.permissions, has);
  const auto* second = best_other(what, feed, out);
  if (second != nullptr && second->shows_the_same && !own) {
    return;
  }
  const auto other = std::ranges::find_if(feed.instead, has);
  if (!own && other != feed.instead.end()) {
    need(what, feed, *of, *other, out);
    return;
  }
  for (const auto role : feed.permissions) {
    need(what, feed, *of, role, out, second != nullptr ? standing::reduced : standing::missing);
  }
}

/// Directory roles count as known only where they could be read.
void need_besides(const review_input& what, const feeds::feed_facts& feed, review_result& out) {
  if (feed.also.empty()) {
    return;
  }
  auto line = std::string(feed.name) + " also needs " + std::string(feed.also);
  const auto of_directory = std::ranges::any_of(feed.permissions, needs_directory_role);
  if (of_directory && what.directory_roles) {
    line += what.directory_roles->empty() ? "; the app has no directory role" : "; the app is";
    auto sign = std::string(" ");
    for (const auto& role : *what.directory_roles) {
      line += sign + role;
      sign = ", ";
    }
  }
  out.besides.push_back(std::move(line));
}

void misfiled(std::string_view name, const permission& known, owner found, review_result& out) {
  auto& row = row_for(out, name, known.of, standing::misfiled);
  row.advice = "filed under " + std::string(portal_group(found)) + ", but it belongs to " +
               std::string(portal_group(known.of));
}

/// Not needed, but put to use: the connector warns of the end of its credential.
void note_registration(const review_input& what, review_result& out) {
  constexpr auto role = std::string_view("Application.Read.All");
  if (carries(what, owner::graph, role)) {
    row_for(out, role, owner::graph, standing::granted).feeds = {
        "warnings of expiring credentials"};
  }
}

void note_granted(const review_input& what, review_result& out) {
  const auto is_needed = [&](owner of, std::string_view role) {
    return std::ranges::any_of(out.findings, [&](const finding& one) {
      return one.of == of && one.state == standing::granted &&
             equal_ignoring_case(one.permission, role);
    });
  };
  for (const auto& token : what.tokens) {
    for (const auto& role : token.roles) {
      const auto* known = find_permission(role);
      if (known != nullptr && known->of != token.of) {
        misfiled(role, *known, token.of, out);
      } else if (!is_needed(token.of, role)) {
        auto& row = row_for(out, role, token.of, standing::unused);
        row.advice = row.writes ? "no enabled feed needs it, and it allows changes: remove it"
                                : "no enabled feed needs it: remove it";
      }
    }
  }
}

void note_listed(const review_input& what, review_result& out) {
  for (const auto& [name, under] : what.listed) {
    const auto* known = find_permission(name);
    if (known == nullptr) {
      continue;
    }
    if (known->delegated_only) {
      row_for(out, name, known->of, standing::delegated_only).advice =
          "exists for signed-in users only: an app's own token never carries it";
    } else if (known->of != under) {
      misfiled(name, *known, under, out);
    }
  }
}

} // namespace

auto review_result::complete() const -> bool {
  return std::ranges::none_of(findings,
                              [](const finding& one) { return one.state == standing::missing; });
}

auto review(const review_input& what) -> review_result {
  auto out = review_result();
  for (const auto& name : what.feeds) {
    if (const auto* feed = feeds::find_feed(name)) {
      need_all_of(what, *feed, out);
      need_besides(what, *feed, out);
    }
  }
  note_registration(what, out);
  note_granted(what, out);
  note_listed(what, out);
  std::ranges::sort(out.findings, {}, [](const finding& one) {
    return std::tuple(one.of, one.state, std::string_view(one.permission));
  });
  return out;
}

auto to_word(standing state) -> std::string_view {
  static constexpr auto words = std::to_array<std::string_view>(
      {"granted", "missing", "reduced", "unused", "misfiled", "delegated_only"});
  return words[static_cast<std::size_t>(state)];
}

} // namespace core::permissions
