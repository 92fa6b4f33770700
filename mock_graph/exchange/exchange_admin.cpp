#include "mock_graph/exchange/exchange_admin.hpp"

#include "core/seams/choices.hpp"
#include "mock_graph/tenant/safe_links.hpp"

namespace mock_graph::exchange {
namespace {

using nlohmann::json;

/// As Exchange's audit writes values: texts, lists with semicolons
/// (management-activity-api sheet, 8.8).
auto audit_value(const json& value) -> std::string {
  if (value.is_boolean()) {
    return value.get<bool>() ? "True" : "False";
  }
  if (value.is_array()) {
    auto out = std::string();
    for (const auto& one : value) {
      out += (out.empty() ? "" : ";") + audit_value(one);
    }
    return out;
  }
  if (value.is_object()) {
    return audit_value(value.value("Add", json::array()));
  }
  return value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump();
}

auto audit_parameters(const json& parameters) -> json {
  auto out = json::array();
  for (const auto& [name, value] : parameters.items()) {
    out.push_back({{"Name", name}, {"Value", audit_value(value)}});
  }
  return out;
}

} // namespace

auto exchange_admin::run(const cmdlet& what,
                         const json& parameters,
                         seams::instant now,
                         const actor& who) -> cmdlet_outcome {
  auto out = start(what, parameters, now, who);
  owner_.advance(now);
  if (const auto* created = book_.by_guid(out.created)) {
    out.rows.push_back(created->row);
  }
  return out;
}

auto exchange_admin::start(const cmdlet& what,
                           const json& parameters,
                           seams::instant now,
                           const actor& who) -> cmdlet_outcome {
  auto out = cmdlet_outcome();
  if (auto wrong = check_parameters(what.parameters, parameters)) {
    out.wrong = std::move(wrong);
    return out;
  }
  const auto serial = "/" + std::to_string(runs_++);
  auto place = workplace{book_, clicks_, {}, now, serial, who.app_id.empty() ? who.user_id : ""};
  place.setup = owner_.state().safe_links;
  place.traces = &traces_;
  tenant::number_rules(place.setup);
  out = what.run(place, arguments(parameters));
  if (out.wrong || !changes_things(what)) {
    return out;
  }
  adopt(what, place, out.target, who);
  leave_audit_record(what, parameters, now, out.target, who);
  return out;
}

void exchange_admin::adopt(const cmdlet& what,
                           const workplace& place,
                           const std::string& target,
                           const actor& who) {
  const auto& state = owner_.state();
  auto before = state.safe_links;
  tenant::number_rules(before);
  const auto& by = who.app_id.empty() ? who.user_id : who.app_id;
  const auto story = std::string(what.name) + " " + target + " by " + by;
  const auto come_about = [&](auto change) {
    effects_.push_back({place.now, std::string(what.name), target, by, who.request_id});
    owner_.schedule({place.now, who.origin, std::move(change)});
  };
  if (place.setup != before) {
    come_about(tenant::safe_links_change{place.setup, story});
  }
  if (place.list && *place.list != state.allow_block_list) {
    come_about(tenant::list_change{*place.list, story});
  }
  const auto* owner = place.forwarding ? owner_.find_user(place.forwarding->user) : nullptr;
  if (owner != nullptr && owner->forwarding != place.forwarding->becomes) {
    come_about(tenant::forwarding_change{owner->name, place.forwarding->becomes, story});
  }
}

void exchange_admin::leave_audit_record(const cmdlet& what,
                                        const json& parameters,
                                        seams::instant now,
                                        const std::string& target,
                                        const actor& who) {
  const auto& state = owner_.state();
  auto record = tenant::audit_record();
  record.id = "cmdlet/" + std::to_string(runs_);
  record.content_type = "Audit.Exchange";
  record.fields = {{"Operation", what.name},
                   {"RecordType", 1},
                   {"ResultStatus", "True"},
                   {"Workload", "Exchange"},
                   {"UserId", who.user_id},
                   {"UserKey", who.user_id},
                   {"UserType", who.user_type},
                   {"ObjectId", target},
                   {"AppId", who.app_id},
                   {"ClientAppId", ""},
                   {"ExternalAccess", false},
                   {"OrganizationName", initial_domain(state)},
                   {"OriginatingServer", "AM0PR04A009DC01 (15.20.9412.029)"},
                   {"Parameters", audit_parameters(parameters)},
                   {"SessionId", seams::named_guid(state.seed, record.id)}};
  owner_.schedule({now, who.origin, std::move(record)});
}

void exchange_admin::on(const tenant::event& what) {
  const auto* command = std::get_if<tenant::admin_command>(&what.what);
  const auto* found = command == nullptr ? nullptr : find_cmdlet(command->cmdlet);
  if (found != nullptr) {
    const auto by = command->by.empty() ? "admin@" + owner_.state().domain : command->by;
    const auto who = actor{by, 2, "", "", what.origin};
    (void)start(*found, command->parameters, what.at, who);
  }
}

} // namespace mock_graph::exchange
