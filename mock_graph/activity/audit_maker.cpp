#include "mock_graph/activity/audit_maker.hpp"

#include "mock_graph/activity/audit_common.hpp"
#include "mock_graph/tenant/tenant.hpp"

namespace mock_graph::activity {
namespace {

using ordered = nlohmann::ordered_json;

/// As long as what takes their place.
constexpr auto no_time = std::string_view("0000-00-00T00:00:00");
constexpr auto no_id = std::string_view("00000000-0000-0000-0000-000000000000");

} // namespace

audit_maker::audit_maker(const tenant::standing& state, const tenant::audit_run& burst)
    : state_(state), burst_(burst.what), times_(burst.times), origin_(burst.origin) {
  for (const auto& who : state_.users) {
    forms_.push_back(form_for(who));
  }
}

auto audit_maker::form_for(const tenant::user& who) const -> form {
  const auto type = burst_->fields.value("RecordType", 0);
  auto record = ordered();
  record["CreationTime"] = no_time;
  record["Id"] = no_id;
  record["Operation"] = burst_->operation;
  record["OrganizationId"] = state_.tenant_id;
  record["RecordType"] = type;
  record["UserKey"] = who.object_id;
  record["UserType"] = 0;
  record["Version"] = 1;
  record["Workload"] = "Unknown";
  record["UserId"] = who.upn;
  for (const auto& [name, value] : burst_->fields.items()) {
    record[name] = value;
  }
  auto out = form();
  out.text = record.dump();
  out.time_at = out.text.find(no_time);
  out.id_at = out.text.find(no_id);
  return out;
}

auto audit_maker::id(std::uint64_t n) const -> std::string {
  return tenant::clock_guid(
      state_.seed, "audit/burst/" + burst_->id + "#" + std::to_string(n), times_.at(n));
}

auto audit_maker::raw(std::uint64_t n) const -> std::string {
  const auto& form = forms_[n % forms_.size()];
  auto out = form.text;
  out.replace(form.time_at, no_time.size(), creation_time(times_.at(n)));
  out.replace(form.id_at, no_id.size(), id(n));
  return out;
}

auto audit_maker::story(std::uint64_t n) const -> std::string {
  return "audit record of audit " + burst_->id + "#" + std::to_string(n) + " (" + origin_ + ")";
}

} // namespace mock_graph::activity
