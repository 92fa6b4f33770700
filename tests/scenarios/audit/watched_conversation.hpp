#pragma once
// A watched tenant, and a client without a network that signs in before it asks.
#include "mock_graph/odata/percent.hpp"
#include "scenarios/audit/connector_audit.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace tests {

/// Shows whatever time it was set to.
class set_clock final : public seams::clock {
public:
  explicit set_clock(seams::instant at) : start_(at), now_(at) {}
  [[nodiscard]] auto wall() const -> seams::instant override { return now_; }
  [[nodiscard]] auto elapsed() const -> seams::duration override { return now_ - start_; }
  auto sleep_for(seams::duration, std::string) -> boost::asio::awaitable<void> override {
    co_return;
  }
  void set(seams::duration since_start) { now_ = start_ + since_start; }

private:
  seams::instant start_;
  seams::instant now_;
};

inline auto test_signing_key() -> const mock_graph::login::signing_key& {
  static const auto key = mock_graph::login::signing_key::generate().value();
  return key;
}

inline auto read_scenario(const std::string& text) -> scenarios::model::scenario {
  auto read = scenarios::model::load_text(text, "x.toml");
  for (const auto& wrong : read.wrong) {
    FAIL_CHECK(scenarios::model::to_text(wrong));
  }
  REQUIRE(read.what);
  return *read.what;
}

class watched_conversation {
public:
  explicit watched_conversation(const std::string& text)
      : scenario(read_scenario(text)), clock(scenario.standing.start),
        tenant({scenario.standing, scenario.events, scenario.faults}, clock, test_signing_key()),
        seen(tenant) {}

  /// With a token for the host that is asked.
  auto send(const std::string& method,
            const std::string& url,
            const std::string& body = "",
            const std::string& type = "") -> seams::response {
    const auto host = url.substr(0, url.find('/', std::string("https://").size()));
    auto query =
        seams::request{method, url, {{"Authorization", "Bearer " + token_for(host)}}, body};
    if (!type.empty()) {
      query.fields.set("Content-Type", type);
    }
    return seen.answer(query).response;
  }
  auto get(const std::string& url) -> seams::response { return send("GET", url); }

  [[nodiscard]] auto at(seams::duration since_start) const -> seams::instant {
    return scenario.standing.start + since_start;
  }
  [[nodiscard]] auto audit() const -> scenarios::audit::connector_audit {
    return scenarios::audit::audit_of(scenario, tenant, seen, clock.wall());
  }

  scenarios::model::scenario scenario;
  set_clock clock;
  mock_graph::server::mock_tenant tenant;
  scenarios::audit::watched_tenant seen;

private:
  auto token_for(const std::string& host) -> std::string {
    const auto resource = host == "https://reports.office365.com"
                              ? std::string("https://outlook.office365.com")
                              : host;
    const auto& state = scenario.standing;
    auto query = seams::request();
    query.method = "POST";
    query.url = "https://login.microsoftonline.com/" + state.tenant_id + "/oauth2/v2.0/token";
    query.fields.set("Content-Type", "application/x-www-form-urlencoded");
    query.body = "grant_type=client_credentials&client_id=" + state.applications.front().client_id +
                 "&client_secret=" +
                 mock_graph::odata::encode(state.applications.front().secrets.front().value) +
                 "&scope=" + mock_graph::odata::encode(resource + "/.default");
    return nlohmann::json::parse(seen.answer(query).response.body)["access_token"];
  }
};

} // namespace tests
