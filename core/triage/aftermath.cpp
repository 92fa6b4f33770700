#include "core/triage/aftermath.hpp"

#include "core/seams/letters.hpp"
#include "core/triage/words.hpp"

#include <fmt/format.h>

#include <set>

namespace core::triage {
namespace {

/// AADSTS numbers (graph-directory-mail-actions sheet, 3.2;
/// learn.microsoft.com/entra/identity-platform/reference-error-codes).
auto is_second_factor_failure(std::int64_t error) -> bool {
  return error == 500121;
}

/// Whoever gets that far has the password: a second factor is asked for or failed, a policy stands
/// in the way, or the password has run out.
auto fits(std::int64_t error) -> bool {
  return error == 0 || error == 500121 || error == 50074 || error == 50076 || error == 53003 ||
         error == 50055;
}

auto is_wrong_password(std::int64_t error) -> bool {
  return error == 50126 || error == 50034 || error == 50053;
}

/// "203.0.113.0/24" or the first 48 bits of IPv6, as far as text shows them.
auto network_of(const std::string& address) -> std::string {
  if (!holds(address, ":")) {
    return address.substr(0, address.rfind('.'));
  }
  auto colons = 0;
  for (auto i = std::size_t{0}; i < address.size(); ++i) {
    colons += address[i] == ':' ? 1 : 0;
    if (colons == 3) {
      return address.substr(0, i);
    }
  }
  return address;
}

auto where_from(const sign_in& one) -> std::string {
  return fmt::format("{} from {}{}",
                     one.user,
                     one.address.empty() ? "an unknown address" : one.address,
                     one.country.empty() ? "" : " (" + one.country + ")");
}

auto sign_of(const sign_in& one, std::string rule, std::string says, bool grave) -> sign {
  return {one.user, one.at, std::move(rule), std::move(says), one.address, "", grave, {one.from}};
}

/// When an admin took back the risk of a user at an address.
using absolutions = std::map<std::pair<std::string, std::string>, seams::instant>;

auto is_absolved(const absolutions& absolved, const sign_in& one) -> bool {
  const auto found = absolved.find({one.user, one.address});
  return found != absolved.end() && one.at <= found->second;
}

auto is_worrying(const std::string& level) -> bool {
  return level == "medium" || level == "high";
}

/// Sign-ins of one user, oldest first.
void read_user_sign_ins(std::span<const sign_in> mine,
                        const absolutions& absolved,
                        std::vector<sign>& out) {
  auto countries = std::set<std::string>();
  auto networks = std::set<std::string>();
  for (const auto& one : mine) {
    if (one.error != 0) {
      continue;
    }
    if (is_worrying(one.risk) && !is_absolved(absolved, one)) {
      const auto says = fmt::format("{}, risk {}", where_from(one), one.risk);
      out.push_back(sign_of(one, "risky_sign_in", says, one.risk == "high"));
    }
    if (!one.country.empty() && !countries.empty() && !countries.contains(one.country)) {
      out.push_back(sign_of(one, "new_country", where_from(one), false));
    } else if (!one.address.empty() && !networks.empty() &&
               !networks.contains(network_of(one.address))) {
      out.push_back(sign_of(one, "new_network", where_from(one), false));
    }
    if (!one.country.empty()) {
      countries.insert(one.country);
    }
    if (!one.address.empty()) {
      networks.insert(network_of(one.address));
    }
  }
}

/// The first moment at which `least` of `times` lie within `window`, or nothing; sorted input.
auto first_burst(const std::vector<const sign_in*>& times,
                 seams::duration window,
                 std::int64_t least) -> const sign_in* {
  const auto count = static_cast<std::size_t>(least);
  for (auto i = count; i <= times.size(); ++i) {
    if (times[i - 1]->at - times[i - count]->at <= window) {
      return times[i - 1];
    }
  }
  return nullptr;
}

/// Somebody who has the password, but not from where its owner works. Without a past nobody can
/// say.
auto is_foreign(std::span<const sign_in> mine, const sign_in& what) -> bool {
  const auto worked = [&](const sign_in& one) { return one.error == 0 && one.at < what.at; };
  const auto from_there = [&](const sign_in& one) {
    return worked(one) && network_of(one.address) == network_of(what.address);
  };
  return std::ranges::any_of(mine, worked) && std::ranges::none_of(mine, from_there);
}

/// A sign-in from where the account never worked, after many prompts from there: slowly, so that
/// no burst shows.
auto accepted_prompt(std::span<const sign_in> mine,
                     const std::vector<const sign_in*>& failures,
                     const settings& how) -> const sign_in* {
  for (const auto& one : mine) {
    const auto prompts = std::ranges::count_if(failures, [&](const sign_in* failed) {
      return failed->at <= one.at && one.at - failed->at <= how.prompting &&
             network_of(failed->address) == network_of(one.address);
    });
    if (one.error == 0 && prompts >= how.mfa_prompts && is_foreign(mine, one)) {
      return &one;
    }
  }
  return nullptr;
}

void read_factor_failures(std::span<const sign_in> mine,
                          const settings& how,
                          std::vector<sign>& out) {
  auto failures = std::vector<const sign_in*>();
  for (const auto& one : mine) {
    if (is_second_factor_failure(one.error)) {
      failures.push_back(&one);
    }
  }
  const auto* hit = first_burst(failures, how.burst, how.mfa_failures);
  hit = hit != nullptr ? hit : accepted_prompt(mine, failures, how);
  if (hit != nullptr) {
    auto found = sign_of(*hit, "mfa_failures", "", is_foreign(mine, *hit));
    for (const auto* one : failures) {
      found.from.push_back(one->from);
    }
    found.says = fmt::format("{}, {} of them", where_from(*hit), failures.size());
    settle(found.from);
    out.push_back(std::move(found));
  }
}

/// Many wrong passwords from an address, then one that fits from there, of an account that did not
/// sign in from there before. Wrong ones of accounts that are at home there do not count: people
/// mistype at their own desks. Slow guessing counts for accounts that work elsewhere.
class guesses_at_address {
public:
  guesses_at_address(const evidence& known, const settings& how) : known_(known), how_(how) {}

  /// In order of time.
  void see(const sign_in& one, std::vector<sign>& out) {
    const auto home = at_home_since_.find(one.user);
    const auto is_home = home != at_home_since_.end();
    if (is_wrong_password(one.error)) {
      if (!is_home) {
        wrong_.push_back(&one);
      }
      return;
    }
    const auto needed = guessed_from(one);
    if (needed != wrong_.end() && (!is_home || home->second >= (*needed)->at)) {
      out.push_back(guess(one, wrong_.end() - needed));
      wrong_.clear();
    }
    if (one.error == 0) {
      at_home_since_.try_emplace(one.user, one.at);
    }
  }

private:
  using wrong_ones = std::vector<const sign_in*>;

  /// The first of the wrong ones that are enough, or end.
  [[nodiscard]] auto guessed_from(const sign_in& one) const -> wrong_ones::const_iterator {
    const auto within = [&](seams::duration window, std::int64_t least) {
      const auto first = std::ranges::lower_bound(wrong_, one.at - window, {}, &sign_in::at);
      return wrong_.end() - first >= least ? first : wrong_.end();
    };
    const auto quick = within(how_.guessing, how_.wrong_passwords);
    const auto foreign = quick == wrong_.end() && is_foreign(sign_ins_of(known_, one.user), one);
    return foreign ? within(how_.slow_guessing, how_.slow_wrong_passwords) : quick;
  }

  [[nodiscard]] auto guess(const sign_in& one, std::ptrdiff_t count) const -> sign {
    const auto stopped = one.error == 0 ? "" : fmt::format(", stopped by error {}", one.error);
    const auto says = fmt::format("{} after {} wrong ones{}", where_from(one), count, stopped);
    auto found = sign_of(one, "password_guessed", says, true);
    found.from.push_back(wrong_.back()->from);
    settle(found.from);
    return found;
  }

  const evidence& known_;
  const settings& how_;
  wrong_ones wrong_;
  std::map<std::string, seams::instant> at_home_since_;
};

void read_guesses(const evidence& known, const settings& how, std::vector<sign>& out) {
  auto by_address = std::map<std::string, std::vector<const sign_in*>>();
  for (const auto& one : known.sign_ins) {
    if (!one.address.empty() && (fits(one.error) || is_wrong_password(one.error))) {
      by_address[one.address].push_back(&one);
    }
  }
  for (auto& [address, all] : by_address) {
    std::ranges::sort(all, [](const auto* a, const auto* b) {
      return std::tie(a->at, *a) < std::tie(b->at, *b);
    });
    auto guesses = guesses_at_address(known, how);
    for (const auto* one : all) {
      guesses.see(*one, out);
    }
  }
}

void read_risks(const evidence& known, std::vector<sign>& out) {
  for (const auto& one : known.risks) {
    const auto open = one.state == "atrisk" || one.state == "confirmedcompromised";
    if (!open || !(is_worrying(one.level) || one.state == "confirmedcompromised")) {
      continue;
    }
    const auto grave = one.level == "high" || one.state == "confirmedcompromised";
    const auto says =
        fmt::format("{}, level {}{}", one.user, one.level, one.type.empty() ? "" : ", " + one.type);
    const auto at = one.type.empty() ? one.updated : one.at;
    out.push_back({one.user, at, "account_risk", says, one.address, "", grave, {one.from}});
  }
}

/// The tenant's own: of its people, of the senders of its internal mail, and as configured.
auto own_domains(const evidence& known, const settings& how) -> std::set<std::string> {
  auto out = std::set<std::string>(how.own_domains.begin(), how.own_domains.end());
  for (const auto& one : known.people) {
    if (one.from.feed == "users" && !one.guest) {
      out.insert(domain_of(one.user));
    }
  }
  for (const auto& one : known.messages) {
    if (one.way == direction::internal) {
      out.insert(domain_of(one.sender));
    }
  }
  return out;
}

/// Whether mail goes to anybody outside. Who changes a mailbox is no stranger to it.
auto leads_outside(const change& one, const std::set<std::string>& own) -> bool {
  return std::ranges::any_of(one.targets, [&](const std::string& target) {
    const auto domain = domain_of(target);
    return !domain.empty() && domain != domain_of(one.user) && domain != domain_of(one.by) &&
           !own.contains(domain);
  });
}

/// The one account whose mailbox a record calls `one.user`: by id, name, or the part before the
/// '@'. Without exactly one the name stands as it is.
auto account_of(const evidence& known, const change& one) -> std::string {
  if (holds(one.user, "@")) {
    return one.user;
  }
  const auto is_called = [&](const std::string& account) {
    return account.substr(0, account.find('@')) == one.user;
  };
  auto accounts = std::set<std::string>();
  for (const auto& person : known.people) {
    if (person.id == one.user || person.name == one.user || is_called(person.user)) {
      accounts.insert(person.user);
    }
  }
  if (accounts.empty() && is_called(one.by)) {
    accounts.insert(one.by);
  }
  return accounts.size() == 1 ? *accounts.begin() : one.user;
}

auto hides(const change& one, const settings& how) -> bool {
  return std::ranges::any_of(how.hiding_folders,
                             [&](const auto& part) { return holds(one.folder, part); });
}

void read_single_changes(const evidence& known, const settings& how, std::vector<sign>& out) {
  const auto own = own_domains(known, how);
  const auto add = [&](const change& one, std::string rule, std::string what, bool grave) {
    const auto named = one.detail.empty() ? "" : fmt::format(" '{}'", one.detail);
    const auto user = account_of(known, one);
    const auto says = fmt::format("{}{}{}", user, named, what);
    out.push_back(
        {user,
         one.at,
         std::move(rule),
         says,
         one.address,
         one.targets.empty() ? one.detail : fmt::format("{}", fmt::join(one.targets, ", ")),
         grave,
         {one.from}});
  };
  for (const auto& one : known.changes) {
    const auto to = fmt::format(" to {}", fmt::join(one.targets, ", "));
    switch (one.what) {
    case change_kind::forwarding_rule:
      add(one, "forwarding_rule", to, leads_outside(one, own));
      break;
    case change_kind::moving_rule:
      if (hides(one, how)) {
        add(one, "hiding_rule", "", false);
      }
      break;
    case change_kind::hiding_rule:
      add(one, "hiding_rule", "", false);
      break;
    case change_kind::mailbox_forwarding:
      add(one, "mailbox_forwarding", to, leads_outside(one, own));
      break;
    case change_kind::app_consent:
      add(one, "app_consent", "", false);
      break;
    default:
      break;
    }
  }
}

/// Whether the account signed in from there before.
auto is_familiar(const evidence& known, const change& what) -> bool {
  const auto mine = sign_ins_of(known, what.user);
  return std::ranges::any_of(mine, [&](const sign_in& one) {
    return one.error == 0 && one.at + std::chrono::hours(24) < what.at &&
           network_of(one.address) == network_of(what.address);
  });
}

/// A mail program fills its folders after its owner passed the second factor from that address.
auto is_new_phone(const evidence& known, const change& what, const settings& how) -> bool {
  const auto client = seams::lower_case(what.detail);
  const auto synchronises = std::ranges::any_of(
      how.sync_clients, [&](const std::string& name) { return holds(client, name); });
  return synchronises && what.what == change_kind::mail_read_all &&
         std::ranges::any_of(sign_ins_of(known, what.user), [&](const sign_in& one) {
           return one.second_factor && one.error == 0 && !is_worrying(one.risk) &&
                  one.address == what.address && one.at <= what.at &&
                  what.at - one.at <= how.sign_run;
         });
}

/// Reading counts only from where the account did not work before: a mail program that
/// synchronises its folders reads everything, too.
void read_mail_reading(const evidence& known, const settings& how, std::vector<sign>& out) {
  auto since = std::map<std::string, std::pair<seams::instant, std::int64_t>>();
  for (const auto& one : known.changes) {
    const auto counts =
        one.what == change_kind::mail_read || one.what == change_kind::mail_read_all;
    if (!counts || is_familiar(known, one) || is_new_phone(known, one, how)) {
      continue;
    }
    auto& [start, sum] = since[one.user + " " + one.address];
    if (sum < 0 && one.at - start <= how.reading) {
      continue;
    }
    if (sum <= 0 || one.at - start > how.reading) {
      start = one.at;
      sum = 0;
    }
    sum += one.amount;
    const auto known_past = !sign_ins_of(known, one.user).empty();
    if (sum >= how.mails_read || (one.what == change_kind::mail_read_all && known_past)) {
      const auto says =
          fmt::format("{} from {}, {}",
                      one.user,
                      one.address,
                      one.what == change_kind::mail_read_all ? std::string("a whole folder")
                                                             : fmt::format("{} mails", sum));
      out.push_back({one.user, one.at, "mass_mail_read", says, one.address, "", false, {one.from}});
      sum = -1;
    }
  }
}

/// Mail that the account sent: to many within a short time.
void read_mail_sending(const evidence& known, const settings& how, std::vector<sign>& out) {
  struct sent {
    seams::instant at;
    const message* what;
  };
  auto by_sender = std::map<std::string, std::vector<sent>>();
  for (const auto& one : known.messages) {
    const auto leaves = one.way == direction::internal || one.way == direction::outbound;
    if (leaves && one.at && !one.recipient.empty() && one.id.starts_with("mail:")) {
      by_sender[one.sender].push_back({*one.at, &one});
    }
  }
  for (auto& [sender, all] : by_sender) {
    std::ranges::sort(all, [](const sent& a, const sent& b) {
      return std::tie(a.at, *a.what) < std::tie(b.at, *b.what);
    });
    for (auto first = std::size_t{0}, last = std::size_t{0}; last < all.size(); ++last) {
      while (all[last].at - all[first].at > how.reading) {
        ++first;
      }
      const auto count = static_cast<std::int64_t>(last - first + 1);
      if (count >= how.recipients_written) {
        const auto& one = *all[last].what;
        const auto says = fmt::format("{} wrote to {} recipients", sender, count);
        out.push_back(
            {sender, all[first].at, "mail_sent_onward", says, "", one.subject, false, {one.from}});
        break;
      }
    }
  }
}

auto is_abuse(const sign* one) -> bool {
  return one->rule == "hiding_rule" || one->rule == "app_consent" ||
         one->rule == "mass_mail_read" || one->rule == "mail_sent_onward";
}

auto comes_from_elsewhere(const std::vector<const sign*>& signs) -> bool {
  return std::ranges::any_of(signs, [](const sign* one) {
    return one->rule == "new_country" || one->rule == "new_network";
  });
}

/// Of the rules that the signs belong to, each once, as it is summed up in a case.
auto weight_of(const std::vector<const sign*>& signs, const settings& how) -> std::int64_t {
  auto names = std::set<std::string>();
  auto sum = std::int64_t{0};
  for (const auto* one : signs) {
    const auto* row = how.rule(one->rule);
    if (row != nullptr && row->on && names.insert(one->rule).second) {
      sum += row->weight;
    }
  }
  return sum;
}

/// Whether two things that intruders do follow from the very network that is new.
auto is_abused_from_new_network(const std::vector<const sign*>& signs) -> bool {
  return std::ranges::any_of(signs, [&](const sign* came) {
    auto abuses = std::set<std::string>();
    for (const auto* one : signs) {
      if (is_abuse(one) && one->at >= came->at &&
          network_of(one->address) == network_of(came->address)) {
        abuses.insert(one->rule);
      }
    }
    return came->rule == "new_network" && abuses.size() >= 2;
  });
}

} // namespace

auto sign_ins_of(const evidence& known, const std::string& user) -> std::span<const sign_in> {
  const auto range = std::ranges::equal_range(known.sign_ins, user, {}, &sign_in::user);
  return {range.begin(), range.end()};
}

auto signs_of(const evidence& known, const settings& how) -> std::vector<sign> {
  auto absolved = absolutions();
  for (const auto& one : known.risks) {
    if (!one.address.empty() && (one.state == "dismissed" || one.state == "confirmedsafe")) {
      auto& until = absolved[{one.user, one.address}];
      until = std::max(until, one.updated);
    }
  }
  auto out = std::vector<sign>();
  for (auto at = known.sign_ins.begin(); at != known.sign_ins.end();) {
    const auto mine = sign_ins_of(known, at->user);
    read_user_sign_ins(mine, absolved, out);
    read_factor_failures(mine, how, out);
    at += static_cast<std::ptrdiff_t>(mine.size());
  }
  read_guesses(known, how, out);
  read_risks(known, out);
  read_single_changes(known, how, out);
  read_mail_reading(known, how, out);
  read_mail_sending(known, how, out);
  settle(out);
  return out;
}

auto runs_of(const std::vector<sign>& signs, const settings& how) -> std::vector<sign_run> {
  auto out = std::vector<sign_run>();
  for (const auto& one : signs) {
    const auto goes_on = !out.empty() && out.back().user == one.user &&
                         one.at - out.back().signs.back()->at <= how.sign_run;
    if (!goes_on) {
      out.push_back({one.user, {}});
    }
    out.back().signs.push_back(&one);
  }
  return out;
}

auto stands_alone(const sign_run& run, const settings& how) -> bool {
  const auto& signs = run.signs;
  if (std::ranges::any_of(signs, &sign::grave)) {
    return true;
  }
  const auto is_coming_in = [](const sign* one) {
    return one->rule == "new_country" || one->rule == "risky_sign_in" ||
           one->rule == "account_risk" || one->rule == "mfa_failures";
  };
  if (std::any_of(std::ranges::find_if(signs, is_coming_in), signs.end(), is_abuse)) {
    return true;
  }
  return comes_from_elsewhere(signs) &&
         (weight_of(signs, how) >= how.malicious_from || is_abused_from_new_network(signs));
}

auto is_aftermath(const sign& what, seams::instant since, const settings& how) -> bool {
  const auto& rule = what.rule;
  const auto window =
      rule == "app_consent" ? how.after_consent
      : rule == "forwarding_rule" || rule == "hiding_rule" || rule == "mailbox_forwarding"
          ? how.after_rule
      : rule == "mass_mail_read" || rule == "mail_sent_onward" ? how.after_mail
                                                               : how.after_sign_in;
  return what.at >= since && what.at - since <= window;
}

} // namespace core::triage
