#include "core/ocsf/sources/shared.hpp"

#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

struct tactic {
  std::string_view category;
  std::string_view uid;
  std::string_view name;
};

/// attack.mitre.org/tactics.
constexpr auto tactics =
    std::to_array<tactic>({{"Reconnaissance", "TA0043", "Reconnaissance"},
                           {"ResourceDevelopment", "TA0042", "Resource Development"},
                           {"InitialAccess", "TA0001", "Initial Access"},
                           {"Execution", "TA0002", "Execution"},
                           {"Persistence", "TA0003", "Persistence"},
                           {"PrivilegeEscalation", "TA0004", "Privilege Escalation"},
                           {"DefenseEvasion", "TA0005", "Defense Evasion"},
                           {"CredentialAccess", "TA0006", "Credential Access"},
                           {"Discovery", "TA0007", "Discovery"},
                           {"LateralMovement", "TA0008", "Lateral Movement"},
                           {"Collection", "TA0009", "Collection"},
                           {"CommandAndControl", "TA0011", "Command and Control"},
                           {"Exfiltration", "TA0010", "Exfiltration"},
                           {"Impact", "TA0040", "Impact"}});

struct os_word {
  std::string_view part;
  int id;
};

/// In this order: "iPadOS" holds "OS", "Windows Mobile" holds "Windows".
constexpr auto systems = std::to_array<os_word>({{"windows mobile", 101},
                                                 {"windowsphone", 101},
                                                 {"windows", 100},
                                                 {"android", 201},
                                                 {"ipad", 302},
                                                 {"ios", 301},
                                                 {"iphone", 301},
                                                 {"macos", 300},
                                                 {"mac os", 300},
                                                 {"osx", 300},
                                                 {"linux", 200},
                                                 {"ubuntu", 200},
                                                 {"debian", 200},
                                                 {"centos", 200},
                                                 {"redhat", 200},
                                                 {"solaris", 400},
                                                 {"aix", 401}});

constexpr auto insufficient_data =
    std::to_array<std::string_view>({"insufficientData", "notEnoughDataToValidate"});

auto is_one_of(std::string_view text, std::span<const std::string_view> words) -> bool {
  return std::ranges::any_of(words, [&](auto one) { return same_word(one, text); });
}

} // namespace

auto put_verdict(draft& of) -> bool {
  constexpr auto insufficient = 7;
  constexpr auto test = 6;
  const auto classification = of.text("classification");
  const auto determination = of.text("determination");
  if (classification.empty() || same_word(classification, "unknown")) {
    if (is_one_of(determination, insufficient_data)) {
      of.choose("verdict_id", insufficient);
      return true;
    }
    return false;
  }
  if (same_word(classification, "falsePositive")) {
    of.choose("verdict_id", verdict::false_positive);
  } else if (same_word(classification, "truePositive")) {
    of.choose("verdict_id", verdict::true_positive);
  } else if (mentions(classification, "informational")) {
    of.choose("verdict_id", same_word(determination, "securityTesting") ? test : verdict::benign);
  } else {
    of.choose("verdict_id", other, classification);
  }
  of.take("classification");
  return true;
}

void put_last_comment(draft& of) {
  const auto comments = of.list("comments");
  if (comments.empty()) {
    return;
  }
  const auto& last = comments.back();
  const auto* text = member_of(last, "comment");
  if (text != nullptr) {
    of.put("comment", as_text(*text));
  } else {
    of.put("comment", as_text(last));
  }
}

auto tactic_of(std::string_view category) -> nlohmann::json {
  const auto found = std::ranges::find_if(
      tactics, [&](const tactic& one) { return same_word(one.category, category); });
  return found == tactics.end() ? nlohmann::json()
                                : nlohmann::json{{"uid", found->uid}, {"name", found->name}};
}

auto attack_of(std::string_view technique, std::string_view category) -> nlohmann::json {
  auto out = nlohmann::json{{"technique", {{"uid", technique.substr(0, technique.find('.'))}}}};
  if (technique.find('.') != std::string_view::npos) {
    out["sub_technique"] = {{"uid", technique}};
  }
  auto tactic = tactic_of(category);
  if (!tactic.is_null()) {
    out["tactic"] = std::move(tactic);
  }
  return out;
}

auto finding_activity(const draft& of,
                      std::string_view created,
                      std::string_view changed,
                      bool is_closed) -> int {
  if (is_closed) {
    return finding::close;
  }
  if (of.around().seen_before) {
    return *of.around().seen_before ? finding::update : finding::create;
  }
  const auto* first = of.record().find(created);
  const auto* last = of.record().find(changed);
  const auto from = first == nullptr ? std::nullopt : to_milliseconds(*first);
  const auto to = last == nullptr ? std::nullopt : to_milliseconds(*last);
  return from && to && *to > *from ? finding::update : finding::create;
}

void type_user(draft& of, std::string_view path, int type_id) {
  if (of.has(path)) {
    of.choose(std::string(path) + ".type_id", type_id);
  }
}

auto os_type(std::string_view name) -> int {
  const auto found =
      std::ranges::find_if(systems, [&](const os_word& one) { return mentions(name, one.part); });
  return found == systems.end() ? other : found->id;
}

void put_os(nlohmann::json& event, std::string_view path, std::string_view name) {
  if (name.empty()) {
    return;
  }
  const auto here = std::string(path);
  put_at(event, here + ".name", name);
  put_choice(event, here + ".type_id", os_type(name), name);
}

auto resource(std::string_view uid, std::string_view name, std::string_view type, int role)
    -> nlohmann::json {
  auto out = nlohmann::json::object();
  for (const auto& [key, value] :
       {std::pair("uid", uid), std::pair("name", name), std::pair("type", type)}) {
    if (!value.empty()) {
      out[key] = value;
    }
  }
  out["role_id"] = role;
  return out;
}

auto hashes_of(const record_view& of,
               std::string_view md5,
               std::string_view sha1,
               std::string_view sha256) -> nlohmann::json {
  auto out = nlohmann::json::array();
  auto algorithm = 0;
  for (const auto path : {md5, sha1, sha256}) {
    ++algorithm;
    const auto value = path.empty() ? std::string() : of.text(path);
    if (!value.empty()) {
      out.push_back({{"algorithm_id", algorithm}, {"value", value}});
    }
  }
  return out.empty() ? nlohmann::json() : out;
}

auto file_name_of(std::string_view name, std::string_view path) -> std::string {
  if (!name.empty()) {
    return std::string(name);
  }
  const auto last = path.substr(path.find_last_of("/\\") + 1); // npos + 1 is 0
  return last.empty() ? "unknown" : std::string(last);
}

auto names_a_threat(std::string_view text) -> bool {
  return !text.empty() && !same_word(text, "None") && !mentions(text, "NoThreatsFound");
}

} // namespace core::ocsf
