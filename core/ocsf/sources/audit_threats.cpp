// Defender for Office 365 in the Management Activity API: mail, RecordType 28, and files, 47
// (sheet, section 6.3).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/audit.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto threat_rows = std::to_array<field>({
    {"CreationTime", "time", as_time},
    {"CreationTime", "finding_info.created_time", as_time},
    {"RecordType", "metadata.event_code"},
    {"Workload", "metadata.source"},
    {"Id", "finding_info.uid"},
    {"NetworkMessageId", "metadata.correlation_uid"},
    {"EventDeepLink", "finding_info.src_url"},
    {"Operation", "finding_info.types[]"},
    {"MessageTime", "finding_info.first_seen_time", as_time},
    {"DetectionDate", "finding_info.first_seen_time", as_time},
});

constexpr auto threat_mail_fields = std::to_array<field>({
    {"NetworkMessageId", "email.uid"},
    {"InternetMessageId", "email.message_uid"},
    {"P2Sender", "email.from", as_mail},
    {"P1Sender", "email.return_path", as_mail},
    {"Recipients", "email.to[]", as_mail},
    {"Subject", "email.subject"},
    {"SenderIp", "src_endpoint.ip", as_ip},
});

/// `FileVerdict` and what it is called.
auto file_verdict(const record_view& of) -> int {
  const auto code = of.text("FileVerdict");
  return code == "0" ? verdict::benign : code == "1" ? verdict::true_positive : 0;
}

/// {FileName, FileType, FileVerdict, MalwareFamily, SHA256} as evidence.
auto file_evidence(const record_view& of) -> json {
  auto file =
      json{{"name", file_name_of(of.text("FileName"), of.text("FilePath"))}, {"type_id", 1}};
  put_at(file, "path", as_text(of.text("FilePath")));
  put_at(file, "uid", as_text(of.text("DocumentId")));
  if (const auto* size = of.find("FileSize")) {
    put_at(file, "size", as_whole(*size));
  }
  put_at(file, "hashes", hashes_of(of, "", "", "SHA256"));
  auto out = json{{"name", "file"}, {"verdict_id", file_verdict(of)}, {"file", std::move(file)}};
  const auto family = of.text("MalwareFamily");
  if (!family.empty()) {
    out["data"] = {{"MalwareFamily", family}};
  }
  return out;
}

/// The mail as evidence; the parts of the record it holds are taken.
auto mail_evidence(draft& of) -> json {
  auto out = json::object();
  auto used = used_paths();
  copy_fields(of.record(), threat_mail_fields, out, used);
  for (const auto& [from, to] : used) {
    of.take(from);
  }
  out["name"] = "email";
  return out;
}

void put_threat(draft& of, std::string_view title, bool has_reached) {
  of.is(classes::detection_finding, finding::create);
  of.put("is_alert", true);
  of.choose("severity_id", has_reached ? severity::high : severity::low);
  of.choose("status_id", 1);
  put_audit_product(of);
  const auto name = title.empty() ? of.text("Operation") : std::string(title);
  of.put("finding_info.title", as_text(name));
  of.put("message", as_text(name));
}

/// The verdict names the threat, else the first of "Phish: [URL detonation reputation]".
auto title_of(const draft& of) -> std::string {
  const auto said = of.text("Verdict");
  if (!said.empty()) {
    return said;
  }
  const auto all = of.list("ThreatsAndDetectionTech");
  return all.empty() ? std::string() : to_text(all.front()).value_or("");
}

auto shape_threat_mail(draft& of) -> std::optional<std::string> {
  if (of.text("Id").empty()) {
    return "a threat record without an id";
  }
  const auto was_delivered = same_word(of.text("DeliveryAction"), "Delivered") ||
                             same_word(of.text("DeliveryAction"), "DeliveredAsSpam");
  put_threat(of, title_of(of), was_delivered);
  auto evidences = json::array({mail_evidence(of)});
  for (const auto& one : of.list("AttachmentData")) {
    evidences.push_back(file_evidence(record_view(one)));
  }
  of.put("evidences", std::move(evidences));
  return std::nullopt;
}

auto shape_threat_file(draft& of) -> std::optional<std::string> {
  if (of.text("Id").empty()) {
    return "a threat record without an id";
  }
  put_threat(of, of.text("FileData.MalwareFamily"), true);
  const auto* data = of.record().find("FileData");
  if (data != nullptr) {
    of.put("evidences", json::array({file_evidence(record_view(unfolded(*data)))}));
    of.take("FileData");
  }
  const auto family = of.text("FileData.MalwareFamily");
  if (!family.empty()) {
    of.put("malware", json::array({{{"name", family}, {"classification_ids", {0}}}}));
  }
  const auto who = of.text("LastModifiedBy");
  if (!who.empty()) {
    of.put("resources", json::array({resource("", who, "User", role::affected)}));
    of.take("LastModifiedBy");
  }
  return std::nullopt;
}

} // namespace

constinit const source sources::audit_threat_mail = {.provider = management_api,
                                                     .product = defender_for_office,
                                                     .prefix = "audit",
                                                     .identity = audit_identity,
                                                     .time = "CreationTime",
                                                     .fields = threat_rows,
                                                     .shape = shape_threat_mail};

constinit const source sources::audit_threat_files = {.provider = management_api,
                                                      .product = defender_for_office,
                                                      .prefix = "audit",
                                                      .identity = audit_identity,
                                                      .time = "CreationTime",
                                                      .fields = threat_rows,
                                                      .shape = shape_threat_file};

} // namespace core::ocsf
