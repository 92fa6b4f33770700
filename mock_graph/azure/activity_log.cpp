#include "mock_graph/azure/activity_log.hpp"

#include "core/seams/choices.hpp"
#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::azure {
namespace {

using ordered = nlohmann::ordered_json;

constexpr auto ticks_at_1970 = std::int64_t{621'355'968'000'000'000};

/// What a status brings with it: event name and HTTP outcome.
struct status_words {
  std::string_view status;
  std::string_view event;
  std::string_view event_text;
  std::string_view outcome; ///< subStatus
  std::string_view outcome_text;
};

constexpr auto known_statuses = std::to_array<status_words>(
    {{"Started", "BeginRequest", "Begin request", "", ""},
     {"Accepted", "EndRequest", "End request", "Accepted", "Accepted (HTTP Status Code: 202)"},
     {"Succeeded", "EndRequest", "End request", "OK", "OK (HTTP Status Code: 200)"},
     {"Failed", "EndRequest", "End request", "Conflict", "Conflict (HTTP Status Code: 409)"}});

auto words_of(std::string_view status) -> status_words {
  const auto found = std::ranges::find(known_statuses, status, &status_words::status);
  return found == known_statuses.end() ? status_words{status, "", "", "", ""} : *found;
}

/// {value, localizedValue}.
auto named(std::string_view value, std::string_view text) -> ordered {
  return ordered({{"value", value}, {"localizedValue", text}});
}

/// Seven digits of a second, always.
auto activity_time(seams::instant at) -> std::string {
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  auto text = seams::to_rfc3339(second);
  text.pop_back();
  const auto digits = std::to_string((at - second).count());
  return text + "." + std::string(7 - digits.size(), '0') + digits + "Z";
}

auto small(std::string text) -> std::string {
  for (auto& c : text) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

/// "Microsoft.Compute" and "Microsoft.Compute/virtualMachines" of an operation's name.
auto provider_of(const std::string& operation) -> std::string {
  return operation.substr(0, operation.find('/'));
}

auto type_of(const std::string& operation) -> std::string {
  return operation.substr(0, operation.rfind('/'));
}

auto resource_id(const tenant::azure_operation& what) -> std::string {
  return "/subscriptions/" + what.subscription + "/resourceGroups/" + what.resource_group +
         "/providers/" + type_of(what.operation) + "/" + what.resource;
}

/// Who did it; Azure itself leaves neither caller nor claims.
void add_actor(ordered& out, const tenant::tenant& owner, const tenant::azure_operation& what) {
  const auto* who = owner.find_user(what.user);
  if (who == nullptr) {
    return;
  }
  out["authorization"] =
      ordered({{"action", what.operation}, {"role", "Contributor"}, {"scope", resource_id(what)}});
  out["caller"] = who->upn;
  out["claims"] =
      ordered({{"aud", "https://management.core.windows.net/"},
               {"name", who->display_name},
               {"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn", who->upn},
               {"http://schemas.microsoft.com/identity/claims/objectidentifier", who->object_id}});
  const auto ip = what.ip.empty() ? std::string("198.51.100.40") : what.ip;
  out["httpRequest"] = ordered(
      {{"clientRequestId", seams::named_guid(owner.state().seed, "azure request/" + what.id)},
       {"clientIpAddress", ip},
       {"method", "PUT"}});
}

/// Fields as in the 2015-04-01 specification (Azure/azure-rest-api-specs activityLogs_API.ordered).
auto event_document(const tenant::tenant& owner,
                    const tenant::azure_operation& what,
                    std::size_t index,
                    seams::instant at,
                    seams::instant submitted) -> ordered {
  const auto& state = owner.state();
  const auto& entry = what.entries[index];
  const auto words = words_of(entry.status);
  const auto operation = seams::named_guid(state.seed, "azure operation/" + what.id);
  const auto event =
      seams::named_guid(state.seed, "azure event/" + what.id + "/" + std::to_string(index));
  const auto ticks = at.time_since_epoch().count() + ticks_at_1970;
  auto out = ordered();
  add_actor(out, owner, what);
  out["correlationId"] = operation;
  out["description"] = "";
  out["eventDataId"] = event;
  out["eventName"] = named(words.event, words.event_text);
  out["category"] = named("Administrative", "Administrative");
  out["id"] = resource_id(what) + "/events/" + event + "/ticks/" + std::to_string(ticks);
  out["level"] = entry.status == "Failed" ? "Error" : "Informational";
  out["resourceGroupName"] = what.resource_group;
  const auto provider = provider_of(what.operation);
  out["resourceProviderName"] = named(provider, provider);
  out["resourceId"] = resource_id(what);
  out["resourceType"] = named(type_of(what.operation), type_of(what.operation));
  out["operationId"] = operation;
  out["operationName"] = named(what.operation, what.operation);
  out["properties"] = ordered::object();
  if (!words.outcome.empty()) {
    out["properties"]["statusCode"] = words.outcome;
  }
  out["status"] = named(entry.status, entry.status);
  out["subStatus"] = named(words.outcome, words.outcome_text);
  out["eventTimestamp"] = activity_time(at);
  out["submissionTimestamp"] = activity_time(submitted);
  out["subscriptionId"] = what.subscription;
  out["tenantId"] = state.tenant_id;
  return out;
}

/// Casing of equal values differs between records.
auto fits(const log_entry& entry, const activity_filter& wanted) -> bool {
  if (wanted.field.empty()) {
    return true;
  }
  const auto& in = entry.document;
  const auto is = [&](const char* name) { return seams::equal_ignoring_case(wanted.field, name); };
  const auto found = is("resourceGroupName")  ? in.value("resourceGroupName", "")
                     : is("resourceUri")      ? in.value("resourceId", "")
                     : is("resourceProvider") ? in["resourceProviderName"].value("value", "")
                                              : in.value("correlationId", "");
  return seams::equal_ignoring_case(found, wanted.value);
}

} // namespace

void activity_log::on(const tenant::event& what) {
  const auto* operation = std::get_if<tenant::azure_operation>(&what.what);
  if (operation == nullptr) {
    return;
  }
  for (auto i = std::size_t{0}; i < operation->entries.size(); ++i) {
    tenant_.later().at(what.at + operation->entries[i].after,
                       [this, began = what.at, origin = what.origin, done = *operation, i](
                           seams::instant) { write(began, origin, done, i); });
  }
}

void activity_log::write(seams::instant began,
                         const std::string& origin,
                         const tenant::azure_operation& what,
                         std::size_t index) {
  const auto& entry = what.entries[index];
  const auto at = began + entry.after;
  const auto visible = at + entry.visible_after.value_or(tenant_.state().delays.azure_activity);
  const auto document = event_document(tenant_, what, index, at, visible);
  auto raw = document.dump();
  auto line = ledger_entry();
  line.feed = "azure_activity";
  line.key = document["eventDataId"].get<std::string>();
  line.bytes = seams::sha256(raw);
  line.visible_at = visible;
  line.scope = small(what.subscription);
  line.story = entry.status + " of " + what.id + " (" + origin + ")";
  ledger_.appeared(std::move(line));
  entries_.push_back(
      {small(what.subscription), at, visible, std::move(raw), nlohmann::json(document)});
}

auto activity_log::find(std::string_view subscription,
                        const activity_filter& wanted,
                        seams::instant as_of) const -> std::vector<const log_entry*> {
  auto out = std::vector<const log_entry*>();
  for (const auto& entry : entries_) {
    if (seams::equal_ignoring_case(entry.subscription, subscription) && entry.visible_at <= as_of &&
        entry.at >= wanted.from && entry.at <= wanted.to && fits(entry, wanted)) {
      out.push_back(&entry);
    }
  }
  std::ranges::stable_sort(out, std::ranges::greater(), &log_entry::at);
  return out;
}

} // namespace mock_graph::azure
