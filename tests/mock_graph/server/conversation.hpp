#pragma once
// A whole mock tenant, and a client that signs in before it asks.
#include "core/seams/virtual_clock.hpp"
#include "mock_graph/server/mock_tenant.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <tuple>
#include <vector>

namespace server_tests {

namespace faults = mock_graph::faults;
namespace login = mock_graph::login;
namespace server = mock_graph::server;
namespace tenant = mock_graph::tenant;
using mock_graph::delivery;
using mock_graph::journal;
using mock_graph::reply;
using nlohmann::json;
using namespace std::chrono_literals;

inline const auto tenant_id = std::string("3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21");
inline const auto client_id = std::string("0b6e2f4a-93c1-4d57-8a2e-7f1c5d9b3e60");
inline const auto graph_root = std::string("https://graph.microsoft.com");
inline const auto activity_root = std::string("https://manage.office.com");
constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

inline auto contoso() -> server::script {
  auto out = server::script();
  out.state.tenant_id = tenant_id;
  out.state.start = start;
  out.state.delays.directory = {};
  for (const auto* name : {"dana", "eli"}) {
    out.state.users.push_back(
        {name, std::string(name) + "@contoso.com", name, std::string("id-") + name});
  }
  auto app = tenant::application();
  app.client_id = client_id;
  app.secrets.push_back({"main", "id", "the-secret"});
  for (const auto* role : {"SecurityAlert.Read.All",
                           "ThreatHunting.Read.All",
                           "User.Read.All",
                           "AuditLog.Read.All",
                           "MailboxSettings.Read"}) {
    app.grants.push_back({graph_root, role});
  }
  app.grants.push_back({activity_root, "ActivityFeed.Read"});
  out.state.applications.push_back(std::move(app));
  return out;
}

/// Two alerts, an hour apart: "a-1" of high severity, "a-2" of low.
inline auto with_alerts(server::script what) -> server::script {
  for (const auto& [id, severity, hour] :
       {std::tuple{"a-1", "high", "01"}, std::tuple{"a-2", "low", "02"}}) {
    auto alert = json();
    alert["id"] = id;
    alert["severity"] = severity;
    alert["createdDateTime"] = "2026-03-10T" + std::string(hour) + ":00:00Z";
    alert["lastUpdateDateTime"] = alert["createdDateTime"];
    what.events.push_back(
        {start, "t.toml:1", tenant::verbatim_record{"alerts", alert.dump(), "t.toml:1"}});
  }
  return what;
}

/// Time for a mock that is only asked: it stands until it is set.
class set_clock final : public seams::clock {
public:
  [[nodiscard]] auto wall() const -> seams::instant override { return now_; }
  [[nodiscard]] auto elapsed() const -> seams::duration override { return now_ - start; }
  auto sleep_for(seams::duration span, std::string) -> boost::asio::awaitable<void> override {
    now_ += span;
    co_return;
  }

  void set(seams::instant now) { now_ = now; }

private:
  seams::instant now_ = start;
};

struct conversation {
  explicit conversation(server::script what = contoso()) : mock(what, time, key) {}

  auto ask(const std::string& method,
           const std::string& url,
           const std::string& body = "",
           seams::headers fields = {}) -> reply {
    if (!fields.find("Authorization")) {
      fields.set("Authorization", "Bearer " + token());
    }
    return mock.answer({method, url, std::move(fields), body});
  }
  auto send(const std::string& method,
            const std::string& url,
            const std::string& body = "",
            seams::headers fields = {}) -> seams::response {
    return ask(method, url, body, std::move(fields)).response;
  }
  auto fetch(const std::string& url) -> json {
    const auto answer = send("GET", url);
    CAPTURE(url);
    CAPTURE(answer.body);
    CHECK(answer.status == 200);
    return json::parse(answer.body, nullptr, false);
  }
  auto sign_in(const std::string& url, const std::string& form, const std::string& type)
      -> seams::response {
    return mock.answer({"POST", url, {{"Content-Type", type}}, form}).response;
  }
  auto token(const std::string& scope = "https%3A%2F%2Fgraph.microsoft.com%2F.default")
      -> std::string {
    const auto answer =
        sign_in("https://login.microsoftonline.com/" + tenant_id + "/oauth2/v2.0/token",
                "grant_type=client_credentials&client_id=" + client_id +
                    "&client_secret=the-secret&scope=" + scope,
                "application/x-www-form-urlencoded");
    return json::parse(answer.body)["access_token"];
  }

  login::signing_key key = login::signing_key::generate().value();
  set_clock time;
  server::mock_tenant mock;
};

/// The `id` of each object on the page, in order.
inline auto ids_of(const json& page) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : page["value"]) {
    out.push_back(one["id"].get<std::string>());
  }
  return out;
}

} // namespace server_tests
