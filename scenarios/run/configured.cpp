#include "scenarios/run/configured.hpp"

#include "core/clouds.hpp"
#include "core/feeds/feed_table.hpp"
#include "mock_graph/login/certificate.hpp"

#include <algorithm>

namespace scenarios::run {
namespace {

namespace tenant = mock_graph::tenant;

constexpr auto never = seams::instant::max();

auto configured_at(const model::scenario& what, seams::instant at) -> const model::credential& {
  const auto* out = &what.credentials.front();
  for (const auto& change : what.credentials) {
    out = change.at <= at ? &change : out;
  }
  return *out;
}

auto secret_is_good(const tenant::application& app, const std::string& pasted, seams::instant at)
    -> bool {
  return std::ranges::any_of(app.secrets, [&](const tenant::client_secret& known) {
    return known.value == pasted && known.from <= at && at < known.until;
  });
}

auto certificate_is_good(const tenant::application& app, const std::string& name, seams::instant at)
    -> bool {
  const auto found = std::ranges::find(app.certificates, name, &tenant::key_credential::name);
  if (found == app.certificates.end()) {
    return false;
  }
  const auto read = mock_graph::login::read_certificate(found->certificate_pem);
  return read && found->registered_from <= at && at < found->registered_until &&
         read->not_before <= at && at <= read->not_after;
}

/// Hosts and audience of the feed's API as the tenant's cloud has them.
auto place_is_right(const model::scenario& what,
                    const model::credential& configured,
                    core::workload api) -> bool {
  const auto& home = *core::find_cloud(what.standing.cloud);
  const auto& asked = *core::find_cloud(configured.cloud);
  const auto other = configured.audiences.find(api);
  return home.login == asked.login && home.of(api).root == asked.of(api).root &&
         !home.of(api).root.empty() &&
         (other == configured.audiences.end() || other->second == home.of(api).audience);
}

auto is_readable(const model::scenario& what, core::workload api, seams::instant at) -> bool {
  const auto& app = what.standing.applications.front();
  const auto& configured = configured_at(what, at);
  const auto proven = configured.certificate.empty()
                          ? secret_is_good(app, configured.secret, at)
                          : certificate_is_good(app, configured.certificate, at);
  const auto tenant_named = configured.tenant_id == what.standing.tenant_id ||
                            configured.tenant_id == what.standing.domain;
  return proven && tenant_named && configured.client_id == app.client_id && app.enabled_at(at) &&
         app.has_service_principal && place_is_right(what, configured, api);
}

/// Every moment after the start at which any of this changes.
auto moments_of(const model::scenario& what) -> std::vector<seams::instant> {
  const auto start = what.standing.start;
  const auto& app = what.standing.applications.front();
  auto out = std::vector<seams::instant>{start};
  const auto add = [&](seams::instant at) {
    if (at > start && at != never) {
      out.push_back(at);
    }
  };
  for (const auto& change : what.credentials) {
    add(change.at);
  }
  for (const auto& secret : app.secrets) {
    add(secret.from);
    add(secret.until);
  }
  for (const auto& one : app.certificates) {
    const auto read = mock_graph::login::read_certificate(one.certificate_pem);
    add(one.registered_from);
    add(one.registered_until);
    add(read ? read->not_before : never);
    add(read ? read->not_after + std::chrono::seconds{1} : never);
  }
  add(app.disabled_from);
  add(app.disabled_until);
  std::ranges::sort(out);
  return out;
}

} // namespace

auto configuration_outages(const model::scenario& what,
                           const std::string& feed,
                           seams::duration recovery) -> std::vector<outage> {
  const auto* facts = core::feeds::find_feed(feed);
  const auto api = facts == nullptr ? core::workload::graph : facts->api;
  const auto moments = moments_of(what);
  auto out = std::vector<outage>();
  for (auto i = std::size_t{0}; i < moments.size(); ++i) {
    if (!is_readable(what, api, moments[i])) {
      const auto last = i + 1 == moments.size();
      out.push_back({feed, moments[i], last ? never : moments[i + 1] + recovery});
    }
  }
  return out;
}

} // namespace scenarios::run
