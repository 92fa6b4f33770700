#include "mock_graph/directory/user_book.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/directory/kept_object.hpp"
#include "mock_graph/tenant/sign_in_rules.hpp"

namespace mock_graph::directory {
namespace {

using json = nlohmann::ordered_json;
using tenant::user_change;

/// Accounts that no scenario creates are a year old when it starts.
constexpr auto usual_age = std::chrono::days{365};
constexpr auto usual_count = std::size_t{11};

auto user_text(const std::string& value) -> json {
  return value.empty() ? json() : json(value);
}

/// The moment itself, or that of the account's creation if it never came.
auto since_creation(const tenant::user& who, const tenant::standing& state, seams::instant moment)
    -> std::string {
  const auto created = who.from == seams::instant::min() ? state.start - usual_age : who.from;
  const auto at = moment == seams::instant::min() ? created : moment;
  return seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
}

auto render_user(const tenant::user& who, const tenant::standing& state) -> json {
  auto out = json();
  out["businessPhones"] = json::array();
  out["displayName"] = who.display_name;
  out["givenName"] = nullptr;
  out["jobTitle"] = user_text(who.job_title);
  out["mail"] = who.upn;
  out["mobilePhone"] = nullptr;
  out["officeLocation"] = nullptr;
  out["preferredLanguage"] = nullptr;
  out["surname"] = nullptr;
  out["userPrincipalName"] = who.upn;
  out["id"] = who.object_id;
  out["accountEnabled"] = who.enabled;
  out["createdDateTime"] = since_creation(who, state, seams::instant::min());
  out["department"] = user_text(who.department);
  out["lastPasswordChangeDateTime"] = since_creation(who, state, who.password_set);
  out["onPremisesSyncEnabled"] = who.synced ? json(true) : json();
  out["proxyAddresses"] = json::array({"SMTP:" + who.upn});
  out["signInSessionsValidFromDateTime"] = since_creation(who, state, who.sessions_from);
  out["userType"] = who.guest ? "Guest" : "Member";
  return out;
}

auto story_of_account(const tenant::user& who, const std::string& origin) -> std::string {
  return "account of " + who.name + (origin.empty() ? "" : " (" + origin + ")");
}

} // namespace

auto user_properties() -> const std::vector<std::string>& {
  static const auto names = [] {
    auto out = std::vector<std::string>();
    const auto sample = render_user({}, {});
    for (const auto& [name, value] : sample.items()) {
      out.push_back(name);
    }
    return out;
  }();
  return names;
}

auto usual_user_properties() -> const std::vector<std::string>& {
  static const auto names =
      std::vector<std::string>(user_properties().begin(), user_properties().begin() + usual_count);
  return names;
}

user_book::user_book(tenant::tenant& owner, ledger& book) : owner_(owner), log_("users", book) {
  const auto start = owner.state().start;
  for (const auto& who : owner.state().users) {
    if (who.from <= start) {
      create(who, start);
      continue;
    }
    owner.later().at(who.from, [this, who](seams::instant at) {
      create(who, at + owner_.state().delays.directory);
    });
  }
}

void user_book::create(const tenant::user& who, seams::instant visible) {
  accounts_[who.name] = who;
  log_.put(who.object_id, render_user(who, owner_.state()), visible, story_of_account(who, ""));
}

void user_book::on(const tenant::event& what) {
  if (const auto* record = std::get_if<tenant::verbatim_record>(&what.what)) {
    const auto kept =
        record->feed == "users" ? read_kept_object(record->raw, user_properties()) : std::nullopt;
    if (kept) {
      log_.put(kept->id, kept->document, what.at, "record of " + record->origin);
    }
    return;
  }
  const auto* how = std::get_if<user_change>(&what.what);
  if (how == nullptr) {
    return;
  }
  now_ = what.at + owner_.state().delays.directory;
  happened_ = what.at;
  for (const auto& name : how->users) {
    const auto found = accounts_.find(name);
    if (found != accounts_.end()) {
      change(found->second, *how, story_of_account(found->second, what.origin));
    }
  }
}

void user_book::change(tenant::user& who, const user_change& how, const std::string& story) {
  const auto take = [&](const char* name, std::string& member) {
    const auto found = how.set.find(name);
    member = found == how.set.end() ? member : found->second;
  };
  take("display_name", who.display_name);
  take("job_title", who.job_title);
  take("department", who.department);
  tenant::apply_access(how.what, happened_, who);
  if (how.what == user_change::act::deleted || how.what == user_change::act::purged) {
    const auto* reason = how.what == user_change::act::deleted ? "changed" : "deleted";
    log_.remove(who.object_id, reason, now_, story);
    return;
  }
  log_.put(who.object_id, render_user(who, owner_.state()), now_, story);
}

auto user_book::find(std::string_view id_or_upn, seams::instant as_of) const -> std::string {
  if (log_.log().find(id_or_upn, as_of) != nullptr) {
    return std::string(id_or_upn);
  }
  for (const auto& [name, who] : accounts_) {
    if (seams::equal_ignoring_case(who.upn, id_or_upn)) {
      return log_.log().find(who.object_id, as_of) == nullptr ? "" : who.object_id;
    }
  }
  return {};
}

} // namespace mock_graph::directory
