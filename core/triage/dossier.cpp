#include "core/triage/dossier.hpp"

#include "core/seams/letters.hpp"
#include "core/triage/words.hpp"

#include <fmt/format.h>

#include <set>
#include <tuple>

namespace core::triage {
namespace {

auto person_of(const evidence& known, const std::string& user) -> const person* {
  const auto found = std::ranges::lower_bound(known.people, user, {}, &person::user);
  return found == known.people.end() || found->user != user ? nullptr : &*found;
}

/// Null for no id, too.
auto device_named(const evidence& known, const std::string& id) -> const device* {
  const auto found = std::ranges::lower_bound(known.devices, id, {}, &device::id);
  return id.empty() || found == known.devices.end() || found->id != id ? nullptr : &*found;
}

auto exposure_by(const click& one) -> exposure {
  if (one.went_on) {
    return exposure::clicked_through;
  }
  switch (one.met) {
  case clicks::action::allowed:
    return exposure::clicked_before_verdict;
  case clicks::action::blocked:
  case clicks::action::blocked_by_tenant:
    return exposure::link_blocked;
  case clicks::action::scan_pending:
    return exposure::pending_scan;
  case clicks::action::error_page:
    return exposure::click_failed;
  case clicks::action::unknown:
    break;
  }
  return exposure::unknown;
}

auto received_at(const letter& mail) -> std::optional<seams::instant> {
  auto out = std::optional<seams::instant>();
  for (const auto* one : mail.facts) {
    if (one->at && (!out || *one->at < *out)) {
      out = one->at;
    }
  }
  return out;
}

/// Whether the person works elsewhere, and never signed in from where the click came from.
auto is_strange_to(const evidence& known, const click& one) -> bool {
  const auto mine = sign_ins_of(known, one.user);
  const auto from_there = [&](const sign_in& entry) { return entry.address == one.address; };
  const auto elsewhere = [&](const sign_in& entry) {
    return entry.error == 0 && !entry.address.empty() && entry.at < one.at && !from_there(entry);
  };
  return std::ranges::any_of(mine, elsewhere) && std::ranges::none_of(mine, from_there);
}

/// Addresses that look like a scanner's: several people's links were opened from there the moment
/// their mail arrived, and all of them are known to work elsewhere. People in chats are as quick,
/// and without sign-ins nobody can say where anybody works.
auto likely_scanners(const cluster& what, const evidence& known, const settings& how)
    -> std::set<std::string> {
  auto out = std::set<std::string>();
  if (std::ranges::find(known.gaps, "sign_ins", &gap::feed) != known.gaps.end()) {
    return out;
  }
  auto arrivals = std::map<std::string, seams::instant>();
  for (const auto* mail : what.letters) {
    const auto at = received_at(*mail);
    if (at && mail->id.starts_with("mail:")) {
      arrivals[mail->id] = *at;
    }
  }
  auto people = std::map<std::string, std::set<std::string>>();
  auto spoilt = std::set<std::string>();
  for (const auto* one : what.clicks) {
    const auto arrival = arrivals.find(one->message);
    const auto at_once = arrival != arrivals.end() && one->at >= arrival->second &&
                         one->at - arrival->second <= how.scanner_delay;
    if (!at_once || one->went_on || !is_strange_to(known, *one)) {
      spoilt.insert(one->address);
    }
    people[one->address].insert(one->user);
  }
  for (const auto& [address, whose] : people) {
    if (!address.empty() && !spoilt.contains(address) &&
        static_cast<std::int64_t>(whose.size()) >= how.scanner_clicks) {
      out.insert(address);
    }
  }
  return out;
}

/// Where links of a case are judged, clicks on its other links do not count.
void sort_clicks(dossier& file) {
  const auto judged_link = [](const std::string& thing) { return thing.starts_with("url:"); };
  const auto only_judged = std::ranges::any_of(file.what.judged, judged_link);
  const auto likely = likely_scanners(file.what, file.known, file.how);
  const auto& scanners = file.how.scanner_addresses;
  for (const auto* one : file.what.clicks) {
    const auto counts = !only_judged || has(file.what.judged, one->url) || one->went_on ||
                        one->met == clicks::action::blocked ||
                        one->met == clicks::action::scan_pending;
    if (std::ranges::find(scanners, one->address) != scanners.end() && !one->address.empty()) {
      file.by_scanners.push_back(one);
      continue;
    }
    if (counts) {
      file.clicks.push_back(one);
    }
    if (counts && likely.contains(one->address)) {
      file.like_scanners.push_back(one);
    }
  }
}

using user_map = std::map<std::string, affected_user>;

auto user_in(user_map& users, const std::string& name) -> affected_user& {
  auto& out = users[name];
  out.user = name;
  return out;
}

void add_recipients(const dossier& file, user_map& users) {
  for (const auto* mail : file.what.letters) {
    for (const auto* one : mail->facts) {
      if (one->recipient.empty() || mail->way == direction::outbound) {
        continue;
      }
      const auto place = last_place(*mail, one->recipient);
      if (place == delivery::blocked || one->recipient == mail->sender) {
        continue;
      }
      auto& user = user_in(users, one->recipient);
      if (place != delivery::unknown) {
        user.how = std::max(user.how, exposure::delivered_only);
      }
      const auto at = received_at(*mail);
      user.since = user.since && at ? std::min(*user.since, *at) : at ? at : user.since;
      user.from.push_back(one->from);
    }
  }
}

/// Whether stopped clicks would show: they are in the audit log whatever else is readable.
auto clicks_are_read(const evidence& known) -> bool {
  return std::ranges::none_of(known.gaps, [](const gap& one) {
    return one.feed == "safe_links" && !one.why.starts_with("allowed clicks");
  });
}

/// A click alert says that the person clicked. Where the click itself is in no record, the alert
/// may say how it ended; otherwise it was allowed, as a page in its way would be on record.
auto exposure_by(const alert& one, const std::string& user, const dossier& file) -> exposure {
  const auto title = seams::lower_case(one.title);
  if (holds(title, "clicked through") && one.users.size() == 1) {
    return exposure::clicked_through;
  }
  const auto clicked = std::ranges::any_of(file.known.clicks, [&](const click& entry) {
    return entry.user == user && has(file.what.judged, entry.url);
  });
  const auto tells_click =
      holds(title, "malicious url click was detected") && one.users.size() == 1;
  const auto was_allowed = has(one.allowed, user) || (tells_click && clicks_are_read(file.known));
  return was_allowed && !clicked ? exposure::clicked_before_verdict : exposure::unknown;
}

/// A click alert about one person, of whose clicks no record is there: that the message arrived is
/// not all, and what they met is not known.
auto hides_a_click(const alert& one, const std::string& user, const dossier& file) -> bool {
  return is_click_alert(one.title) && one.users.size() == 1 &&
         std::ranges::none_of(file.what.clicks,
                              [&](const click* entry) { return entry->user == user; });
}

void add_alerted(const dossier& file, user_map& users) {
  for (const auto* one : file.what.alerts) {
    for (const auto& name : one->users) {
      auto& user = user_in(users, name);
      if (user.how == exposure::delivered_only && hides_a_click(*one, name, file)) {
        user.how = exposure::unknown;
      }
      user.how = std::max(user.how, exposure_by(*one, name, file));
      user.since = user.since ? user.since : one->created;
      user.from.push_back(one->from);
    }
  }
}

void add_clickers(const dossier& file, user_map& users) {
  auto worst = std::map<std::string, const click*>();
  for (const auto* one : file.clicks) {
    auto& user = user_in(users, one->user);
    append(user.from, one->from);
    auto& known = worst[one->user];
    if (known == nullptr || exposure_by(*one) > exposure_by(*known)) {
      known = one;
    }
  }
  for (const auto& [name, one] : worst) {
    auto& user = users.at(name);
    user.how = std::max(user.how, exposure_by(*one));
    user.since = one->at;
    user.address = one->address;
    std::tie(user.device, user.device_why) = device_of(file.known, *one, file.how);
  }
}

void add_context(const dossier& file, affected_user& user) {
  const auto privilege = privilege_of(file.known, user.user, file.how);
  if (!privilege.empty()) {
    user.context.push_back("privileged: " + privilege);
  }
  const auto by_scanner = [&](const click* one) { return one->user == user.user; };
  if (std::ranges::any_of(file.like_scanners, by_scanner)) {
    user.context.emplace_back("perhaps opened by a scanner");
  }
  if (user.since && is_away(file.known, user.user, *user.since)) {
    user.context.emplace_back("out of office");
  }
  const auto* found = person_of(file.known, user.user);
  if (found != nullptr && found->guest) {
    user.context.emplace_back("guest");
  }
  if (found != nullptr && found->synced) {
    user.context.emplace_back("mastered on-premises");
  }
}

} // namespace

auto device_of(const evidence& known, const click& one, const settings& how)
    -> std::pair<device_state, std::string> {
  if (one.address.empty()) {
    return {device_state::unknown, "the click names no address"};
  }
  auto nearest = seams::duration::max();
  auto managed = std::set<bool>();
  auto name = std::string();
  for (const auto& entry : sign_ins_of(known, one.user)) {
    const auto apart = seams::duration(std::chrono::abs(entry.at - one.at));
    if (entry.address != one.address || apart > how.device_sign_in || entry.error != 0) {
      continue;
    }
    auto says = entry.managed;
    const auto* device = device_named(known, entry.device);
    if (device != nullptr) {
      says = says.value_or(false) || device->managed;
    }
    if (says) {
      managed.insert(*says);
    }
    if (apart < nearest) {
      nearest = apart;
      name = device != nullptr ? device->name : entry.system;
    }
  }
  if (managed.size() != 1) {
    return {device_state::unknown,
            managed.empty() ? "no sign-in from " + one.address + " tells the device"
                            : "managed and unmanaged devices signed in from " + one.address};
  }
  const auto is_managed = *managed.begin();
  return {is_managed ? device_state::managed : device_state::unmanaged,
          fmt::format("sign-in from {} on {}{}",
                      one.address,
                      is_managed ? "a managed device" : "a device that is not managed",
                      name.empty() ? "" : " (" + name + ")")};
}

auto is_away(const evidence& known, const std::string& user, seams::instant at) -> bool {
  const auto* who = person_of(known, user);
  if (who == nullptr) {
    return false;
  }
  auto last_is_always = false;
  for (const auto& one : std::ranges::equal_range(known.absences, who->id, {}, &absence::person)) {
    last_is_always = one.always;
    if (one.from_when && one.until && *one.from_when <= at && at < *one.until) {
      return true;
    }
  }
  return last_is_always;
}

auto privilege_of(const evidence& known, const std::string& user, const settings& how)
    -> std::string {
  const auto privileged = [&](const std::string& text) {
    const auto said = seams::lower_case(text);
    return std::ranges::any_of(how.privileged_words,
                               [&](const std::string& word) { return holds(said, word); });
  };
  auto roles = std::set<std::string>();
  const auto changes = std::ranges::equal_range(known.changes, user, {}, &change::user);
  for (const auto& one : changes) {
    if (one.what == change_kind::role_added && privileged(one.detail)) {
      roles.insert(one.detail);
    } else if (one.what == change_kind::role_removed) {
      roles.erase(one.detail);
    }
  }
  if (!roles.empty()) {
    return *roles.begin();
  }
  const auto* who = person_of(known, user);
  return who != nullptr && privileged(who->title) ? who->title : std::string();
}

auto make_dossier(const evidence& known, const standings& judged, const settings& how, cluster what)
    -> dossier {
  auto file = dossier{known, judged, how, std::move(what), {}, {}, {}, {}, {}, {}};
  sort_clicks(file);
  auto users = user_map();
  add_recipients(file, users);
  add_alerted(file, users);
  add_clickers(file, users);
  for (auto& [name, user] : users) {
    add_context(file, user);
    settle(user.from);
    file.users.push_back(std::move(user));
  }
  std::ranges::stable_sort(file.users, std::ranges::greater(), &affected_user::how);
  return file;
}

} // namespace core::triage
