#include "core/ocsf/draft.hpp"

#include "core/json/canonical.hpp"
#include "core/ocsf/finish.hpp"
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/source.hpp"
#include "core/seams/digest.hpp"

#include <array>

namespace core::ocsf {
namespace {

using nlohmann::json;

/// Half of a SHA-256: two events with one id are as likely as two GUIDs.
constexpr auto uid_digits = std::size_t{32};
constexpr auto tenant_paths =
    std::to_array<std::string_view>({"tenantId", "OrganizationId", "AADTenantId"});

auto milliseconds(seams::instant at) -> std::int64_t {
  return std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
}

} // namespace

void draft::is(int class_uid, int activity_id, std::string_view own) {
  put("class_uid", class_uid);
  choose("activity_id", activity_id, own);
}

auto draft::number(std::string_view path) const -> int {
  const auto* found = find_at(event_, path);
  return found == nullptr || !found->is_number_integer() ? -1 : found->get<int>();
}

void draft::leave(std::string_view name, json value) {
  if (!says_nothing(value)) {
    left_[std::string(name)] = std::move(value);
  }
}

auto draft::native_identity(const source& from, std::string_view raw) const -> std::string {
  if (!identity_.empty()) {
    return identity_;
  }
  auto out = std::string();
  for (const auto path : from.identity) {
    const auto part = text(path);
    if (out.empty() && part.empty()) {
      break;
    }
    out += (out.empty() ? "" : "/") + part;
  }
  if (out.empty()) {
    out = around_.key;
  }
  return out.empty() ? seams::to_hex(seams::sha256(core::json::canonical(raw))) : out;
}

void draft::put_metadata(const source& from, std::string_view raw) {
  auto tenant = around_.tenant_id;
  for (const auto path : tenant_paths) {
    const auto own = text(path);
    if (!own.empty()) {
      tenant = own;
      take(path);
      break;
    }
  }
  const auto native = native_identity(from, raw);
  const auto version = from.version.empty() ? around_.version : text(from.version);
  const auto whole = tenant + '\n' + std::string(from.prefix) + '\n' + native + '\n' + version +
                     '\n' + std::to_string(nth_);
  put("metadata.version", schema_version);
  put("metadata.uid",
      "m365-" + std::string(from.prefix) + "-" +
          seams::to_hex(seams::sha256(whole)).substr(0, uid_digits));
  put("metadata.original_event_uid", native);
  put("metadata.product.name", from.product);
  put("metadata.product.vendor_name", from.vendor);
  if (!from.feature.empty()) {
    put("metadata.product.feature.name", from.feature);
  }
  if (!from.name.empty()) {
    put("metadata.log_name", from.name);
  }
  put("metadata.log_provider", from.provider);
  put("metadata.log_format", "JSON");
  if (!tenant.empty()) {
    put("metadata.tenant_uid", tenant);
  }
  if (around_.received_at) {
    put("metadata.logged_time", milliseconds(*around_.received_at));
  }
}

void draft::put_cloud() {
  put("cloud.provider", "Azure");
  const auto* tenant = find_at(event_, "metadata.tenant_uid");
  if (tenant != nullptr) {
    constexpr auto microsoft_365_tenant = 17;
    put("cloud.account.uid", *tenant);
    put("cloud.account.type_id", microsoft_365_tenant);
  }
  if (!around_.cloud_partition.empty()) {
    put("cloud.cloud_partition", around_.cloud_partition);
  }
}

void draft::put_times(const source& from) {
  const auto original = text(from.time);
  if (!original.empty()) {
    put("metadata.original_time", original);
    const auto* when = view_.find(from.time);
    if (!to_milliseconds(*when)) {
      note(std::string(from.time) + " is no time");
    }
  }
  const auto received = around_.received_at ? around_.received_at : around_.otherwise_at;
  if (received) {
    put("time", milliseconds(*received));
  }
}

/// Calls and file operations demand somebody and somewhere: the service, if nothing better is
/// known.
void draft::put_demanded(const source& from) {
  const auto* of = find_class(number("class_uid"));
  const auto demands = [&](std::string_view name) {
    const auto* row = of == nullptr ? nullptr : find_attribute(*of, name);
    return row != nullptr && row->required && !has(name);
  };
  const auto* service = find_at(event_, "api.service.name");
  const auto somebody = service == nullptr ? json(from.product) : *service;
  if (demands("actor")) {
    put("actor.app_name", somebody);
  }
  if (demands("src_endpoint")) {
    put("src_endpoint.svc_name", somebody);
  }
}

void draft::put_leftovers(const source& from) {
  for (const auto path : from.kept) {
    used_.erase(std::string(path));
  }
  auto rest = rest_of(view_.whole(), event_, used_);
  rest.update(left_);
  if (!rest.empty()) {
    put("unmapped", std::move(rest));
  }
}

auto draft::finish(const source& from, std::string_view raw) -> json {
  constexpr auto informational = 1;
  put_metadata(from, raw);
  put_cloud();
  put_times(from);
  choose("severity_id", informational);
  drop_incomplete(event_);
  put_demanded(from);
  put_leftovers(from);
  if (around_.with_raw) {
    put("raw_data", raw);
    put("raw_data_size", raw.size());
  }
  put_observables(event_);
  put_captions(event_);
  put_profiles(event_);
  return std::move(event_);
}

} // namespace core::ocsf
