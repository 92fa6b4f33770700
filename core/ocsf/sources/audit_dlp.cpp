// Data loss prevention, RecordType 11, 13, 33, 63, 107 (sheet, section 6.4).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/audit.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto dlp_rows = std::to_array<field>({
    {"CreationTime", "time", as_time},
    {"CreationTime", "finding_info.created_time", as_time},
    {"RecordType", "metadata.event_code"},
    {"Workload", "metadata.source"},
    {"Id", "finding_info.uid"},
    {"Operation", "finding_info.types[]"},
    {"IncidentId", "metadata.correlation_uid"},
    {"UserId", "actor.user.name"},
    {"UserId", "actor.user.email_addr", as_mail},
    {"UserKey", "actor.user.uid", as_guid},
    {"SharePointMetaData.FileName", "file.name"},
    {"SharePointMetaData.FilePathUrl", "file.uri"},
    {"SharePointMetaData.UniqueId", "file.uid"},
    {"SharePointMetaData.FileOwner", "file.owner.name"},
    {"SharePointMetaData.LastModifiedTime", "file.modified_time", as_time},
    {"EndpointMetaData.DeviceName", "device.hostname"},
    {"EndpointMetaData.FileExtension", "file.ext"},
    {"ExceptionInfo.Justification", "comment"},
});

constexpr auto dlp_operations =
    std::to_array<word>({{"DlpRuleMatch", 1}, {"DlpInfo", 2}, {"DlpRuleUndo", 3}});

/// The place of the data and the kind of DLP that saw it, by record type.
struct dlp_kind {
  std::string_view type;
  int state;
  int system;
};
constexpr auto in_transit = 2;
constexpr auto at_rest = 1;
constexpr auto in_use = 3;
constexpr auto application_level = 10;
constexpr auto on_endpoint = 1;
constexpr auto dlp_kinds = std::to_array<dlp_kind>({{"13", in_transit, application_level},
                                                    {"107", in_transit, application_level},
                                                    {"11", at_rest, application_level},
                                                    {"33", at_rest, application_level},
                                                    {"63", in_use, on_endpoint}});

/// What the rules of all policies of a record add up to.
struct rule_sum {
  int severity = 0;
  bool blocks = false;
  bool notifies = false;
  std::int64_t count = 0;
  std::int64_t confidence = -1;
  std::vector<std::string> patterns;
};

void add_information(const record_view& of, rule_sum& sum) {
  const auto name = of.text("SensitiveInformationTypeName");
  if (!name.empty() && std::ranges::find(sum.patterns, name) == sum.patterns.end()) {
    sum.patterns.push_back(name);
  }
  if (const auto* count = of.find("Count")) {
    sum.count += to_whole(*count).value_or(0);
  }
  if (const auto* confidence = of.find("Confidence")) {
    sum.confidence = std::max(sum.confidence, to_whole(*confidence).value_or(-1));
  }
}

void add_rule(const record_view& of, rule_sum& sum) {
  sum.severity = std::max(sum.severity, id_of(severity_words, of.text("Severity"), 0));
  for (const auto& one : of.list("Actions")) {
    const auto word = to_text(one).value_or("");
    sum.blocks = sum.blocks || mentions(word, "Block");
    sum.notifies = sum.notifies || !word.empty();
  }
  for (const auto& one : of.list("ConditionsMatched.SensitiveInformation")) {
    add_information(record_view(one), sum);
  }
  for (const auto& one : of.list("SensitiveInformation")) {
    add_information(record_view(one), sum);
  }
}

auto analytic_of(const record_view& rule) -> json {
  auto out = json{{"type_id", 1}};
  put_at(out, "name", as_text(rule.text("RuleName")));
  put_at(out, "uid", as_text(rule.text("RuleId")));
  return out;
}

/// Title, policy and rules; the first policy and rule lead, the others are related.
auto put_policies(draft& of) -> rule_sum {
  auto sum = rule_sum();
  auto related = json::array();
  for (const auto& one : of.list("PolicyDetails")) {
    const auto policy = record_view(one);
    of.put("finding_info.title", as_text(policy.text("PolicyName")));
    of.put("data_security.policy.name", as_text(policy.text("PolicyName")));
    of.put("data_security.policy.uid", as_text(policy.text("PolicyId")));
    for (const auto& each : policy.list("Rules")) {
      const auto rule = record_view(each);
      add_rule(rule, sum);
      if (of.has("finding_info.analytic")) {
        related.push_back(analytic_of(rule));
      } else {
        of.put("finding_info.analytic", analytic_of(rule));
      }
    }
  }
  for (const auto& one : of.list("SensitiveInformation")) {
    add_information(record_view(one), sum);
  }
  if (!related.empty()) {
    of.put("finding_info.related_analytics", std::move(related));
  }
  return sum;
}

void put_sum(draft& of, const rule_sum& sum) {
  constexpr auto blocked = 2;
  constexpr auto logged = 17;
  constexpr auto alerted = 19;
  of.choose("severity_id", sum.severity);
  of.choose("action_id", sum.blocks ? action::denied : action::observed);
  of.choose("disposition_id", sum.blocks ? blocked : sum.notifies ? alerted : logged);
  if (sum.count > 0) {
    of.put("data_security.total", sum.count);
  }
  if (sum.confidence >= 0) {
    of.put("confidence_score", sum.confidence);
  }
  auto patterns = std::string();
  for (const auto& one : sum.patterns) {
    patterns += (patterns.empty() ? "" : "; ") + one;
  }
  of.put("data_security.detection_pattern", as_text(patterns));
}

void put_mail_of_dlp(draft& of) {
  const auto* meta = of.record().find("ExchangeMetaData");
  if (meta == nullptr || says_nothing(*meta)) {
    return;
  }
  const auto view = record_view(*meta);
  const auto from = view.text("From");
  if (!from.empty()) {
    of.event()["actor"].erase("user");
    of.put("actor.user.name", from);
    of.put("actor.user.email_addr", as_mail(from));
  }
  auto mail = resource(view.text("MessageID"), view.text("Subject"), "Email", role::target);
  auto others = json::object();
  for (const auto* name : {"To", "CC", "BCC"}) {
    const auto* list = view.find(name);
    if (list != nullptr && !says_nothing(*list)) {
      others[name] = *list;
    }
  }
  if (!others.empty()) {
    mail["data"] = std::move(others);
  }
  of.put("resources", json::array({std::move(mail)}));
  for (const auto* part : {"MessageID", "Subject", "From", "To", "CC", "BCC"}) {
    of.take("ExchangeMetaData." + std::string(part));
  }
}

void put_file_of_dlp(draft& of) {
  const auto from = of.text("SharePointMetaData.From");
  if (!from.empty()) {
    of.event()["actor"].erase("user");
    of.put("actor.user.name", from);
    of.put("actor.user.email_addr", as_mail(from));
    of.take("SharePointMetaData.From");
  }
  if (of.has("file")) {
    of.put("file.name", file_name_of("", of.text("ObjectId")));
    of.put("file.type_id", 1);
  }
  if (of.has("device")) {
    of.put("device.type_id", 0);
  }
}

void put_exception(draft& of) {
  const auto* said = of.record().find("ExceptionInfo.FalsePositive");
  if (said != nullptr && to_truth(*said).value_or(false)) {
    of.choose("verdict_id", verdict::false_positive);
    of.put("status_detail", "False positive");
    of.take("ExceptionInfo.FalsePositive");
  }
}

auto shape_dlp(draft& of) -> std::optional<std::string> {
  if (of.text("Id").empty()) {
    return "a DLP record without an id";
  }
  const auto operation = of.text("Operation");
  const auto activity = id_of(dlp_operations, operation, other);
  of.is(classes::data_security_finding, activity, operation.empty() ? "unknown" : operation);
  if (activity == finding::create) {
    of.put("is_alert", true);
  }
  const auto found = std::ranges::find(dlp_kinds, of.text("RecordType"), &dlp_kind::type);
  if (found != dlp_kinds.end()) {
    of.choose("data_security.data_lifecycle_state_id", found->state);
    of.choose("data_security.detection_system_id", found->system);
  }
  put_sum(of, put_policies(of));
  put_mail_of_dlp(of);
  put_file_of_dlp(of);
  put_exception(of);
  type_user(of, "actor.user", 1);
  of.choose("status_id", activity == finding::close ? 4 : 1);
  return std::nullopt;
}

} // namespace

constinit const source sources::audit_dlp = {.provider = management_api,
                                             .product = "Microsoft Purview Data Loss Prevention",
                                             .prefix = "audit",
                                             .identity = audit_identity,
                                             .time = "CreationTime",
                                             .fields = dlp_rows,
                                             .shape = shape_dlp};

} // namespace core::ocsf
