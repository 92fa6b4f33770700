#include "core/clouds.hpp"
#include "mock_graph/login/certificate.hpp"
#include "mock_graph/login/named_key.hpp"
#include "scenarios/model/readers.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;

/// The name of a secret or certificate of the app, or nothing after a complaint.
template <class thing>
auto find_named(reading& shared,
                const placed_text& name,
                const char* table,
                const std::vector<thing>& known) -> const thing* {
  const auto found = std::ranges::find(known, name.text, &thing::name);
  if (found != known.end()) {
    return &*found;
  }
  auto names = std::vector<std::string>();
  for (const auto& one : known) {
    names.push_back(one.name);
  }
  shared.check_known(name, table, names);
  return nullptr;
}

auto find_secret(reading& shared, const placed_text& name, const tenant::application& app)
    -> const tenant::client_secret* {
  return find_named(shared, name, "app.secret", app.secrets);
}

/// Reads what a person pasted, by mistake or not, into `out`; gives back how many ways were used.
auto read_pasted(table_reader& read, const tenant::application& app, credential& out) -> int {
  auto ways = 0;
  const auto take = [&](std::string secret) {
    out.secret = std::move(secret);
    out.certificate.clear();
  };
  const auto named = [&](const char* key) -> const tenant::client_secret* {
    const auto name = read.placed_text_of(key);
    ways += name ? 1 : 0;
    return name ? find_secret(read.shared(), *name, app) : nullptr;
  };
  if (const auto* whole = named("secret")) {
    take(whole->value);
  }
  if (const auto* id = named("secret_id_of")) {
    take(id->id);
  }
  if (const auto* spaced = named("with_spaces")) {
    take(" " + spaced->value + " ");
  }
  if (auto text = read.text("text")) {
    take(std::move(*text));
    ++ways;
  }
  if (const auto name = read.placed_text_of("certificate")) {
    (void)find_named(read.shared(), *name, "app.certificate", app.certificates);
    out.certificate = name->text;
    ++ways;
  }
  return ways;
}

/// Reads where the connector looks; gives back whether anything was said.
auto read_place(table_reader& read, credential& out) -> bool {
  static const auto apis =
      std::vector<std::string>{"graph", "management", "exchange", "cloud_apps", "resource_manager"};
  const auto cloud = read.word("cloud", core::cloud_names());
  const auto tenant_id = read.text("tenant_id");
  const auto client_id = read.text("client_id");
  out.cloud = cloud.value_or(out.cloud);
  out.tenant_id = tenant_id.value_or(out.tenant_id);
  out.client_id = client_id.value_or(out.client_id);
  const auto* audiences = read.table("audience");
  if (audiences != nullptr) {
    auto each = table_reader(read.shared(), *audiences, "credential.audience");
    for (auto i = std::size_t{0}; i < apis.size(); ++i) {
      if (const auto asked = each.text(apis[i])) {
        out.audiences[static_cast<core::workload>(i)] = *asked;
      }
    }
    each.finish();
  }
  return cloud || tenant_id || client_id || audiences != nullptr;
}

/// What is configured before anything is changed: all as it should be.
auto configured_first(table_reader& top, const first_proof& first, const scenario& out)
    -> credential {
  const auto& app = out.standing.applications.front();
  auto initial = credential();
  initial.at = seams::instant::min();
  initial.cloud = out.standing.cloud;
  initial.tenant_id = out.standing.tenant_id;
  initial.client_id = app.client_id;
  const auto* secret = first.secret ? find_secret(top.shared(), *first.secret, app) : nullptr;
  initial.secret = secret == nullptr ? app.secrets.front().value : secret->value;
  if (first.certificate) {
    (void)find_named(top.shared(), *first.certificate, "app.certificate", app.certificates);
    initial.certificate = first.certificate->text;
  }
  if (first.secret && first.certificate) {
    top.shared().complain(first.certificate->at,
                          "[connector] has a secret and a certificate",
                          "one of secret and certificate");
  }
  return initial;
}

} // namespace

auto certificate_of(const std::string& name, seams::instant from, seams::instant until)
    -> std::string {
  const auto key = certificate_key(name);
  return mock_graph::login::certificate_to_pem(mock_graph::login::self_signed_certificate(
      key.verification_key(), "Security connector, " + name, from, until));
}

auto certificate_key(const std::string& name) -> mock_graph::login::signing_key {
  return mock_graph::login::named_key("app.certificate/" + name);
}

void read_credentials(table_reader& top, const first_proof& first, scenario& out) {
  struct stated {
    seams::instant at;
    const node* table;
  };
  auto in_order = std::vector<stated>();
  for (const auto* table : top.tables("credential")) {
    auto read = table_reader(top.shared(), *table, "credential");
    in_order.push_back({read.moment("at", need::required).value_or(top.shared().start), table});
  }
  std::ranges::stable_sort(in_order, {}, &stated::at);
  out.credentials.push_back(configured_first(top, first, out));
  for (const auto& [at, table] : in_order) {
    auto read = table_reader(top.shared(), *table, "credential");
    auto next = out.credentials.back();
    (void)read.raw("at");
    next.at = at;
    const auto ways = read_pasted(read, out.standing.applications.front(), next);
    const auto placed = read_place(read, next);
    if (ways > 1 || (ways == 0 && !placed)) {
      read.shared().complain(read.at(),
                             "[[credential]] says " + std::to_string(ways) + " secrets",
                             "exactly one of secret, secret_id_of, with_spaces, text and "
                             "certificate, or none beside cloud, tenant_id, client_id, audience");
    }
    read.finish();
    out.credentials.push_back(std::move(next));
  }
}

void read_clock_skews(table_reader& top, scenario& out) {
  for (const auto* table : top.tables("clock_skew")) {
    auto read = table_reader(top.shared(), *table, "clock_skew");
    const auto start = top.shared().start;
    const auto at = read.moment("at", need::required).value_or(start);
    out.skews.push_back({at, read.moment("by", need::required).value_or(start) - start});
    read.finish();
  }
  std::ranges::stable_sort(out.skews, {}, &clock_skew::at);
}

} // namespace scenarios::model
