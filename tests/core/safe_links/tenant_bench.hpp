#pragma once
// The administration of Safe Links at work on a mock tenant, on virtual time.
#include "core/clouds.hpp"
#include "core/safe_links/administration.hpp"
#include "core/safe_links/xsoar.hpp"
#include "core/seams/idle_loop.hpp"
#include "mock_graph/server/mock_tenant.hpp"
#include "mock_graph/wire/memory_wire.hpp"

#include <boost/asio/co_spawn.hpp>
#include <doctest/doctest.h>

namespace tests {

namespace safe_links = core::safe_links;
namespace tenant = mock_graph::tenant;

constexpr auto begin =
    seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} + std::chrono::hours{8};
constexpr auto secret_text = "a~secret";

inline auto signing_key() -> const mock_graph::login::signing_key& {
  static const auto key = mock_graph::login::signing_key::generate().value();
  return key;
}

/// "staff" with its rule for everyone; an app with both grants.
inline auto managed_tenant() -> mock_graph::server::script {
  auto out = mock_graph::server::script();
  auto& state = out.state;
  state.tenant_id = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
  state.start = begin;
  state.users.push_back({"dana", "dana@contoso.com", "Dana", "id-dana"});
  auto policy = tenant::safe_links_policy();
  policy.name = "staff";
  state.safe_links.add(policy, {{"dana"}, {}, {}});
  auto app = tenant::application();
  app.client_id = "0b5e3a51-6f3e-4b6f-9a7d-2c9d6c2b8f10";
  app.secrets.push_back({"first", "id-1", secret_text});
  app.grants.push_back({"https://outlook.office365.com", "Exchange.ManageAsApp"});
  app.directory_roles.push_back({"Security Administrator"});
  state.applications.push_back(app);
  return out;
}

/// Loses answers on purpose: the tenant does what it was told, unless the request is lost already,
/// and the client hears nothing.
class losing_wire final : public seams::transport {
public:
  explicit losing_wire(seams::transport& inner) : inner_(inner) {}
  auto exchange(seams::request query)
      -> boost::asio::awaitable<seams::result<seams::response>> override {
    const auto meant = !lose.empty() && query.body.find(lose) != std::string::npos;
    const auto lost = meant && times-- > 0;
    sent += meant ? 1 : 0;
    auto answer = seams::result<seams::response>(
        seams::failure(seams::reaction::retry_later, "connection_reset", "as the test wants"));
    if (!lost) {
      co_return co_await inner_.exchange(std::move(query));
    }
    if (arrives) {
      (void)co_await inner_.exchange(std::move(query));
    }
    co_return answer;
  }

  std::string lose; ///< part of the bodies whose answers are lost
  int times = 0;
  bool arrives = true; ///< false: the requests are lost as well
  int sent = 0;        ///< requests with that part in their bodies, lost or not

private:
  seams::transport& inner_;
};

struct tenant_bench {
  explicit tenant_bench(const mock_graph::server::script& what = managed_tenant())
      : mock(what, time, signing_key()) {
    config.tenant_id = what.state.tenant_id;
    config.client_id = what.state.applications.front().client_id;
    config.where = *core::find_cloud("global");
    config.credential = []() -> seams::result<core::auth::credential> {
      return core::auth::client_secret{secret_text};
    };
  }
  tenant_bench(const tenant_bench&) = delete;
  auto operator=(const tenant_bench&) -> tenant_bench& = delete;
  ~tenant_bench() {
    time.abandon_all();
    context.poll();
  }

  auto perform(const safe_links::request& what, bool what_if = false)
      -> seams::result<safe_links::outcome> {
    auto out = std::optional<seams::result<safe_links::outcome>>();
    boost::asio::co_spawn(
        context,
        admin.perform(what, what_if),
        [&](const std::exception_ptr& thrown, seams::result<safe_links::outcome> done) {
          REQUIRE(!thrown);
          out = std::move(done);
        });
    context.restart();
    const auto bounds = seams::loop_bounds{
        time.elapsed() + std::chrono::hours{1}, [&] { return out.has_value(); }, {}};
    (void)seams::run_until(context, time, flying, bounds);
    REQUIRE(out.has_value());
    return std::move(*out);
  }
  /// Commands as XSOAR's playbooks write them: short to read.
  auto old(const std::string& name, const std::map<std::string, std::string>& arguments)
      -> seams::result<safe_links::outcome> {
    const auto what = safe_links::from_xsoar(name, arguments);
    REQUIRE(what.has_value());
    return perform(*what);
  }
  [[nodiscard]] auto requests_to_exchange() const -> std::size_t {
    return static_cast<std::size_t>(
        std::ranges::count(mock.requests(), "exchange.invoke", &mock_graph::journal_entry::route));
  }

  boost::asio::io_context context{1};
  seams::virtual_clock time{begin};
  seams::in_flight flying;
  seams::seeded_choices chance{7};
  mock_graph::server::mock_tenant mock;
  mock_graph::wire::memory_wire plain{time, mock};
  losing_wire wire{plain};
  core::connector_config config;
  core::auth::token_source tokens{config, time, chance, wire};
  core::api::api_client api{config, time, chance, wire, tokens};
  core::exchange::cmdlet_runner cmdlets{config, api, tokens};
  safe_links::administration admin{cmdlets, time};
};

} // namespace tests
