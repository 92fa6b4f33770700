#include "mock_graph/identity/identity_book.hpp"

#include "mock_graph/tenant/sign_in_rules.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::identity {
namespace {

using tenant::entra_licence;

auto version_of(const nlohmann::ordered_json& document,
                seams::instant updated,
                seams::instant visible_at) -> entity_version {
  auto out = entity_version();
  out.id = document["id"].get<std::string>();
  out.updated = updated;
  out.visible_at = visible_at;
  out.raw = document.dump();
  out.document = nlohmann::json(document);
  return out;
}

auto rank(const std::string& level) -> std::ptrdiff_t {
  static constexpr auto levels =
      std::to_array<std::string_view>({"none", "hidden", "low", "medium", "high"});
  return std::ranges::find(levels, level) - levels.begin();
}

} // namespace

identity_book::identity_book(tenant::tenant& owner, ledger& book)
    : tenant_(owner), sign_ins_({"sign_ins", "createdDateTime", ""}, book),
      directory_audits_({"directory_audits", "activityDateTime", ""}, book),
      risk_detections_({"risk_detections", "lastUpdatedDateTime", "lastUpdatedDateTime"}, book),
      risky_users_({"risky_users", "riskLastUpdatedDateTime", "riskLastUpdatedDateTime"}, book) {}

auto identity_book::log_of(std::string_view feed) -> entity_log* {
  for (auto* log : {&sign_ins_, &directory_audits_, &risk_detections_, &risky_users_}) {
    if (log->kind().feed == feed) {
      return log;
    }
  }
  return nullptr;
}

void identity_book::on(const tenant::event& what) {
  if (const auto* in = std::get_if<tenant::sign_in>(&what.what)) {
    sign_in_step(what.at, what.origin, *in, 0);
  } else if (const auto* change = std::get_if<tenant::directory_change>(&what.what)) {
    changed(what.at, what.origin, *change);
  } else if (const auto* found = std::get_if<tenant::risk>(&what.what)) {
    detected(what.at, what.origin, *found);
  } else if (const auto* end = std::get_if<tenant::risk_change>(&what.what)) {
    dealt_with(what.at, *end);
  }
}

void identity_book::sign_in_step(seams::instant at,
                                 const std::string& origin,
                                 const tenant::sign_in& what,
                                 std::uint64_t n) {
  auto one = what;
  if (what.count > 1) {
    one.id = what.id + "#" + std::to_string(n);
  }
  signed_in(at, origin, one);
  if (n + 1 < what.count) {
    const auto gap = what.over / static_cast<std::int64_t>(what.count);
    tenant_.later().at(at + gap, [this, origin, what, n](seams::instant next) {
      sign_in_step(next, origin, what, n + 1);
    });
  }
}

void identity_book::signed_in(seams::instant at,
                              const std::string& origin,
                              const tenant::sign_in& attempt) {
  const auto what = met_rules(at, attempt);
  signed_in_at_[what.id] = at;
  const auto& state = tenant_.state();
  if (!what.interactive || state.entra == entra_licence::free) {
    return;
  }
  // The log keeps whole seconds: what is listed as of a second was there in it.
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  const auto delay = what.visible_after.value_or(state.delays.sign_in);
  sign_ins_.put(version_of(sign_in_document(tenant_, at, what), second, at + delay),
                "sign-in " + what.id + " (" + origin + ")");
}

auto identity_book::met_rules(seams::instant at, const tenant::sign_in& what) -> tenant::sign_in {
  auto out = what;
  const auto* who = tenant_.find_user(what.user);
  if (who == nullptr || what.error_code != 0) {
    return out;
  }
  const auto address = sign_in_address(tenant_, what);
  const auto place = what.user + "\n" + what.device + "\n" + address;
  const auto session = sessions_.try_emplace(place, at).first;
  if (const auto no = tenant::refusal_of(tenant_.state(), *who, address, session->second)) {
    sessions_.erase(session);
    out.error_code = no->code;
    out.failure_reason = no->reason;
    out.conditional_access = no->by_policy ? "failure" : out.conditional_access;
  }
  return out;
}

void identity_book::changed(seams::instant at,
                            const std::string& origin,
                            const tenant::directory_change& what) {
  const auto delay = what.visible_after.value_or(tenant_.state().delays.directory_audit);
  directory_audits_.put(version_of(directory_audit_document(tenant_, at, what), at, at + delay),
                        "directory change " + what.id + " (" + origin + ")");
}

void identity_book::detected(seams::instant at,
                             const std::string& origin,
                             const tenant::risk& what) {
  const auto* who = tenant_.find_user(what.user);
  if (who == nullptr) {
    return;
  }
  const auto about = signed_in_at_.find(what.sign_in);
  const auto active = about == signed_in_at_.end() ? at : about->second;
  publish(risks_.emplace_back(detected_risk{what, *who, at, at, active, origin}));
  publish_user(at, risks_.back());
}

void identity_book::dealt_with(seams::instant at, const tenant::risk_change& what) {
  for (auto& one : risks_) {
    if (one.what.id == what.of) {
      one.what.state = what.state;
      one.what.detail = what.detail;
      one.updated = at;
      publish(one);
      publish_user(at, one);
    }
  }
}

void identity_book::publish(const detected_risk& what) {
  const auto& state = tenant_.state();
  if (state.entra == entra_licence::free) {
    return;
  }
  const auto delay = what.what.visible_after.value_or(state.delays.risk);
  risk_detections_.put(
      version_of(risk_detection_document(tenant_, what), what.updated, what.updated + delay),
      "risk " + what.what.id + " (" + what.origin + ")");
}

void identity_book::publish_user(seams::instant at, const detected_risk& cause) {
  const auto& state = tenant_.state();
  if (state.entra != entra_licence::p2) {
    return;
  }
  auto now = user_risk{cause.who, at, "none", cause.what.state, cause.what.detail};
  for (const auto& one : risks_) {
    const auto open = one.what.state == "atRisk" || one.what.state == "confirmedCompromised";
    if (one.who.object_id != cause.who.object_id || !open) {
      continue;
    }
    if (rank(one.what.level) > rank(now.level)) {
      now.level = one.what.level;
    }
    if (now.state != "confirmedCompromised") {
      now.state = one.what.state;
      now.detail = one.what.detail;
    }
  }
  const auto delay = cause.what.visible_after.value_or(state.delays.risk);
  risky_users_.put(version_of(risky_user_document(now), at, at + delay),
                   "risk " + cause.what.id + " (" + cause.origin + ")");
}

} // namespace mock_graph::identity
