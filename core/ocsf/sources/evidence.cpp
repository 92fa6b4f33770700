#include "core/ocsf/sources/evidence.hpp"

#include "core/ocsf/finish.hpp"
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/shared.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

/// resources/security-alertevidence, `verdict`.
constexpr auto verdicts = std::to_array<word>(
    {{"unknown", 0}, {"suspicious", 4}, {"malicious", 2}, {"noThreatsFound", 5}, {"clean", 5}});

/// resources/security-alertevidence, `roles`, as `role_id` of a resource.
constexpr auto roles = std::to_array<word>({{"attacker", 2},
                                            {"source", 2},
                                            {"commandAndControl", 2},
                                            {"attacked", 1},
                                            {"destination", 1},
                                            {"compromised", 3},
                                            {"created", 3},
                                            {"added", 3},
                                            {"edited", 3},
                                            {"contextual", 4},
                                            {"scanned", 4},
                                            {"loaded", 4},
                                            {"suspicious", 4},
                                            {"policyViolator", 4},
                                            {"unknown", 0}});

constexpr auto risks = std::to_array<word>(
    {{"none", 0}, {"informational", 0}, {"low", 1}, {"medium", 2}, {"high", 3}});

constexpr auto message_evidence_rows = std::to_array<field>({
    {"networkMessageId", "email.uid"},
    {"internetMessageId", "email.message_uid"},
    {"subject", "email.subject"},
    {"p2Sender.emailAddress", "email.from", as_mail},
    {"p1Sender.emailAddress", "email.return_path", as_mail},
    {"recipientEmailAddress", "email.to[]", as_mail},
    {"urls", "email.urls[].url_string"},
    {"senderIp", "src_endpoint.ip", as_ip},
});

constexpr auto url_evidence_rows = std::to_array<field>({{"url", "url", as_url}});

constexpr auto user_evidence_rows = std::to_array<field>({
    {"userAccount.azureAdUserId", "user.uid"},
    {"userAccount.userPrincipalName", "user.name"},
    {"userAccount.accountName", "user.name"},
    {"userAccount.userPrincipalName", "user.email_addr", as_mail},
    {"userAccount.displayName", "user.full_name"},
    {"userAccount.domainName", "user.domain"},
    {"userAccount.userSid", "user.uid_alt"},
});

constexpr auto mailbox_evidence_rows = std::to_array<field>({
    {"upn", "user.name"},
    {"userAccount.userPrincipalName", "user.name"},
    {"primaryAddress", "user.email_addr", as_mail},
    {"displayName", "user.full_name"},
    {"userAccount.azureAdUserId", "user.uid"},
});

constexpr auto teams_evidence_rows = std::to_array<field>({
    {"senderFromAddress", "user.name"},
    {"senderFromAddress", "user.email_addr", as_mail},
    {"senderIP", "src_endpoint.ip", as_ip},
});

constexpr auto source_ip_evidence_rows = std::to_array<field>({
    {"ipAddress", "src_endpoint.ip", as_ip},
    {"countryLetterCode", "src_endpoint.location.country"},
});

constexpr auto destination_ip_evidence_rows = std::to_array<field>({
    {"ipAddress", "dst_endpoint.ip", as_ip},
    {"countryLetterCode", "dst_endpoint.location.country"},
});

constexpr auto device_evidence_rows = std::to_array<field>({
    {"mdeDeviceId", "device.uid"},
    {"azureAdDeviceId", "device.uid_alt"},
    {"deviceDnsName", "device.hostname"},
    {"osPlatform", "device.os.name"},
    {"version", "device.os.version"},
    {"osBuild", "device.os.build"},
    {"firstSeenDateTime", "device.first_seen_time", as_time},
    {"riskScore", "device.risk_level_id", risks},
});

constexpr auto file_evidence_rows = std::to_array<field>({
    {"fileDetails.filePath", "file.path"},
    {"fileDetails.fileSize", "file.size", as_whole},
    {"fileDetails.filePublisher", "file.company_name"},
});

constexpr auto process_evidence_rows = std::to_array<field>({
    {"processId", "process.pid", as_whole},
    {"processCommandLine", "process.cmd_line"},
    {"processCreationDateTime", "process.created_time", as_time},
    {"imageFile.fileName", "process.name"},
    {"imageFile.filePath", "process.file.path"},
    {"imageFile.fileSize", "process.file.size", as_whole},
    {"parentProcessId", "process.parent_process.pid", as_whole},
    {"userAccount.userPrincipalName", "process.user.name"},
    {"userAccount.accountName", "process.user.name"},
    {"userAccount.azureAdUserId", "process.user.uid"},
});

constexpr auto actor_app_evidence_rows = std::to_array<field>({
    {"displayName", "actor.app_name"},
    {"appId", "actor.app_uid"},
});

/// One entry on its way: what it says and what it has become.
struct entry {
  const json& from;
  record_view view;
  json into = json::object();
  used_paths used = {};

  void map(std::span<const field> rows) { copy_fields(view, rows, into, used); }
  auto has_role(std::string_view one) const -> bool {
    return std::ranges::any_of(view.list("roles"),
                               [&](const json& role) { return role == json(one); });
  }
};

using shaper = void (*)(entry& of);

void shape_message(entry& of) {
  of.map(message_evidence_rows);
}

void shape_url(entry& of) {
  of.map(url_evidence_rows);
}

void shape_user(entry& of) {
  of.map(user_evidence_rows);
}

void shape_mailbox(entry& of) {
  of.map(mailbox_evidence_rows);
}

/// A Teams message is no mail: the first address here, a further entry for each of the others.
void shape_teams(entry& of) {
  of.map(teams_evidence_rows);
  const auto urls = of.view.list("urls");
  if (!urls.empty()) {
    put_at(of.into, "url", as_url(urls.front()));
    of.used.emplace("urls", "url");
  }
}

void shape_ip(entry& of) {
  const auto is_destination = of.has_role("destination") || of.has_role("commandAndControl");
  of.map(is_destination ? std::span<const field>(destination_ip_evidence_rows)
                        : std::span<const field>(source_ip_evidence_rows));
}

void shape_device(entry& of) {
  of.map(device_evidence_rows);
  put_at(of.into, "device.type_id", 0);
  put_os(of.into, "device.os", of.view.text("osPlatform"));
}

/// `fileDetails` or `imageFile` as the file at `path`.
void put_file(entry& of, const std::string& details, const std::string& path) {
  const auto name = of.view.text(details + ".fileName");
  const auto place = of.view.text(details + ".filePath");
  auto hashes = hashes_of(of.view, details + ".md5", details + ".sha1", details + ".sha256");
  if (name.empty() && place.empty() && hashes.is_null()) {
    return;
  }
  put_at(of.into, path + ".name", file_name_of(name, place));
  put_at(of.into, path + ".type_id", 1);
  put_at(of.into, path + ".hashes", std::move(hashes));
  for (const auto* part : {".fileName", ".md5", ".sha1", ".sha256"}) {
    of.used.emplace(details + part, path);
  }
}

void shape_file(entry& of) {
  of.map(file_evidence_rows);
  put_file(of, "fileDetails", "file");
}

void shape_process(entry& of) {
  of.map(process_evidence_rows);
  put_file(of, "imageFile", "process.file");
}

void shape_app(entry& of) {
  if (of.has_role("attacker") || of.has_role("source")) {
    of.map(actor_app_evidence_rows);
  }
}

void shape_other(entry&) {}

struct evidence_kind {
  std::string_view name; ///< after "#microsoft.graph.security."
  shaper shape;
  std::string_view resource = {}; ///< its type among the affected resources; "" = it is none
  std::string_view uid = {};      ///< paths of the resource's identity and name
  std::string_view label = {};
};

constexpr auto kinds = std::to_array<evidence_kind>({
    {"analyzedMessageEvidence", shape_message},
    {"urlEvidence", shape_url},
    {"userEvidence",
     shape_user,
     "User",
     "userAccount.azureAdUserId",
     "userAccount.userPrincipalName"},
    {"mailboxEvidence", shape_mailbox, "Mailbox", "primaryAddress", "upn"},
    {"teamsMessageEvidence", shape_teams},
    {"ipEvidence", shape_ip},
    {"deviceEvidence", shape_device, "Device", "mdeDeviceId", "deviceDnsName"},
    {"fileEvidence", shape_file},
    {"processEvidence", shape_process},
    {"cloudApplicationEvidence", shape_app, "Application", "appId", "displayName"},
    {"oauthApplicationEvidence", shape_app, "Application", "appId", "displayName"},
    {"securityGroupEvidence", shape_other, "Group", "securityGroupId", "displayName"},
    {"", shape_other},
});

/// "#microsoft.graph.security.urlEvidence"; some pipelines rename the member.
auto type_of(const record_view& of) -> std::string {
  const auto name = of.text("@odata.type");
  return name.empty() ? of.text("at_sign_odata_type") : name;
}

auto kind_of_evidence(std::string_view type) -> const evidence_kind& {
  const auto name = type.substr(type.rfind('.') + 1); // npos + 1 is 0
  const auto found = std::ranges::find_if(
      kinds, [&](const evidence_kind& one) { return same_word(one.name, name); });
  return found == kinds.end() ? kinds.back() : *found;
}

auto role_of(const record_view& of) -> int {
  const auto all = of.list("roles");
  return all.empty() ? 0 : id_of(roles, to_text(all.front()).value_or(""), 0);
}

/// The resource an entry stands for, or null.
auto resource_of(const evidence_kind& what, const record_view& of) -> json {
  if (what.resource.empty()) {
    return nullptr;
  }
  const auto uid = of.text(what.uid);
  const auto name = of.text(what.label);
  return uid.empty() && name.empty() ? json() : resource(uid, name, what.resource, role_of(of));
}

auto entry_of(const json& from, const evidence_kind& what, std::string_view type) -> json {
  auto one = entry{from, record_view(from)};
  what.shape(one);
  auto is_user = one.into.find("user");
  if (is_user != one.into.end()) {
    put_at(one.into, "user.type_id", 1);
  }
  drop_incomplete(one.into, "evidences");
  one.used.emplace("@odata.type", "");
  one.used.emplace("at_sign_odata_type", "");
  auto data = rest_of(from, one.into, one.used);
  auto out = std::move(one.into);
  if (!data.empty()) {
    out["data"] = std::move(data);
  }
  put_at(out, "name", type);
  const auto verdict = one.view.text("verdict");
  put_choice(out, "verdict_id", verdict.empty() ? 0 : id_of(verdicts, verdict, other), verdict);
  return out;
}

/// Further addresses of a Teams message.
void add_more_urls(const record_view& of, std::string_view type, json& into) {
  const auto urls = of.list("urls");
  for (auto i = std::size_t{1}; i < urls.size(); ++i) {
    into.push_back({{"name", type}, {"url", as_url(urls[i])}});
  }
}

/// The device of the event, where exactly one is named.
void put_only_device(draft& of, const json& evidences) {
  const json* only = nullptr;
  for (const auto& one : evidences) {
    if (const auto device = one.find("device"); device != one.end()) {
      if (only != nullptr) {
        return;
      }
      only = &*device;
    }
  }
  if (only != nullptr) {
    of.put("device", *only);
  }
}

auto resources_of(const draft& of) -> json {
  auto out = json::array();
  for (const auto& one : of.list("evidence")) {
    const auto view = record_view(one);
    auto thing = resource_of(kind_of_evidence(type_of(view)), view);
    if (!thing.is_null() && std::ranges::find(out, thing) == out.end()) {
      out.push_back(std::move(thing));
    }
  }
  return out;
}

} // namespace

void put_evidence(draft& of) {
  auto evidences = json::array();
  for (const auto& one : of.list("evidence")) {
    const auto view = record_view(one);
    const auto type = type_of(view);
    const auto& what = kind_of_evidence(type);
    evidences.push_back(entry_of(one, what, type));
    if (what.shape == shape_teams) {
      add_more_urls(view, type, evidences);
    }
  }
  put_only_device(of, evidences);
  if (!evidences.empty()) {
    of.put("evidences", std::move(evidences));
    of.take("evidence");
  }
  put_resources(of);
}

void put_resources(draft& of) {
  auto resources = resources_of(of);
  if (!resources.empty()) {
    of.put("resources", std::move(resources));
  }
}

} // namespace core::ocsf
