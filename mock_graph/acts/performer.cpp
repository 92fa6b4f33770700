#include "mock_graph/acts/performer.hpp"

#include "core/seams/choices.hpp"

namespace mock_graph::acts {
namespace {

using nlohmann::json;

auto name_of_app(const call& by) -> std::string {
  return by.app == nullptr ? by.caller : by.app->display_name;
}

auto principal_of(const call& by) -> std::string {
  return by.app == nullptr ? std::string() : by.app->service_principal_id;
}

auto identity(const std::string& id, int type) -> json {
  return {{"ID", id}, {"Type", type}};
}

/// Values of the unified log: texts as they are, anything else as JSON text.
auto modified_value(const json& values, const std::string& name) -> std::string {
  const auto found = values.find(name);
  return found == values.end() ? ""
         : found->is_string()  ? found->get<std::string>()
                               : found->dump();
}

auto modified_properties(const tenant::directory_target& what) -> json {
  auto out = json::array();
  for (const auto& [name, value] : what.new_values.items()) {
    out.push_back({{"Name", name},
                   {"NewValue", modified_value(what.new_values, name)},
                   {"OldValue", modified_value(what.old_values, name)}});
  }
  return out;
}

} // namespace

auto performer::origin_of(const call& by) -> std::string {
  return "asked for by " + name_of_app(by);
}

void performer::effect(const call& by, std::string what, std::string target) {
  effects_.push_back({by.now, std::move(what), std::move(target), by.caller, by.request_id});
}

void performer::audit_directory(const call& by, const directory_act& what) {
  auto record = tenant::directory_change();
  record.id = what.activity + " " + by.request_id;
  record.activity = what.activity;
  record.category = what.category;
  record.operation = what.operation;
  record.service = what.service;
  record.by_app = name_of_app(by);
  record.by_principal = principal_of(by);
  record.targets = {what.target};
  happen(by, std::move(record));
}

void performer::audit_account(const call& by, const directory_act& what) {
  const auto& state = owner_.state();
  const auto* who = owner_.find_user(what.target.user);
  if (who == nullptr) {
    return;
  }
  const auto principal = principal_of(by);
  const auto target = json::array({identity("User_" + who->object_id, 2),
                                   identity(who->object_id, 2),
                                   identity("User", 2),
                                   identity(who->upn, 5)});
  const auto actor = json::array({identity(name_of_app(by), 1),
                                  identity(by.caller, 2),
                                  identity("ServicePrincipal_" + principal, 2),
                                  identity(principal, 2),
                                  identity("ServicePrincipal", 2)});
  auto record = tenant::audit_record();
  record.id = "account/" + std::to_string(records_++);
  record.content_type = "Audit.AzureActiveDirectory";
  record.fields = {{"Operation", what.activity + "."},
                   {"RecordType", 8},
                   {"ResultStatus", "Success"},
                   {"UserKey", "Not Available"},
                   {"UserType", 4},
                   {"Workload", "AzureActiveDirectory"},
                   {"UserId", "ServicePrincipal_" + principal},
                   {"ObjectId", who->upn},
                   {"AzureActiveDirectoryEventType", 1},
                   {"ExtendedProperties",
                    json::array({{{"Name", "extendedAuditEventCategory"}, {"Value", "User"}}})},
                   {"ModifiedProperties", modified_properties(what.target)},
                   {"Actor", actor},
                   {"ActorContextId", state.tenant_id},
                   {"InterSystemsId", seams::named_guid(state.seed, "inter " + record.id)},
                   {"IntraSystemId", seams::named_guid(state.seed, "intra " + record.id)},
                   {"SupportTicketId", ""},
                   {"Target", target},
                   {"TargetContextId", state.tenant_id}};
  happen(by, std::move(record));
}

void performer::audit_exchange(const call& by, const std::string& operation, json fields) {
  const auto& state = owner_.state();
  auto record = tenant::audit_record();
  record.id = "exchange/" + std::to_string(records_++);
  record.content_type = "Audit.Exchange";
  record.fields = std::move(fields);
  record.fields["Operation"] = operation;
  record.fields["Workload"] = "Exchange";
  record.fields["AppId"] = by.caller;
  record.fields["ClientAppId"] = by.caller;
  record.fields["ExternalAccess"] = false;
  record.fields["OrganizationName"] =
      state.domain.substr(0, state.domain.find('.')) + ".onmicrosoft.com";
  record.fields["OriginatingServer"] = "AM0PR04A009DC01 (15.20.9412.029)";
  record.fields["SessionId"] = seams::named_guid(state.seed, "session " + record.id);
  happen(by, std::move(record));
}

} // namespace mock_graph::acts
