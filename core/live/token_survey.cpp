#include "core/live/token_survey.hpp"

#include "core/auth/token_claims.hpp"
#include "core/auth/token_source.hpp"

#include <boost/asio/co_spawn.hpp>

#include <array>

namespace core::live {
namespace {

namespace net = boost::asio;

constexpr auto surveyed =
    std::array{workload::graph, workload::management, workload::exchange, workload::cloud_apps};

auto roles_in(const std::string& token) -> std::vector<std::string> {
  const auto claims = auth::read_token(token);
  return claims ? claims->roles : std::vector<std::string>();
}

} // namespace

auto survey_tokens(const connector_config& config,
                   seams::clock& time,
                   seams::choices& chance,
                   seams::transport& wire) -> net::awaitable<token_survey> {
  auto tokens = auth::token_source(config, time, chance, wire);
  auto out = token_survey();
  for (const auto which : surveyed) {
    const auto& audience = config.where.of(which).audience;
    if (audience.empty()) {
      continue;
    }
    const auto of = *permissions::owner_of(which);
    const auto token = co_await tokens.token(audience);
    if (token) {
      out.tokens.push_back({of, roles_in(*token)});
    } else {
      out.refused.push_back({of, token.error()});
    }
  }
  co_return out;
}

auto run_survey(const settings& what, const outside& given) -> seams::result<token_survey> {
  const auto config = ready_config(what, given.env);
  if (!config) {
    return config.error();
  }
  auto roots = roots_of(what);
  if (!roots) {
    return roots.error();
  }
  auto world = live_world(given, std::move(*roots));
  auto out = token_survey();
  auto thrown = std::exception_ptr();
  net::co_spawn(world.context(),
                survey_tokens(*config, world.time(), world.chance(), world.network()),
                [&](const std::exception_ptr& why, token_survey found) {
                  thrown = why;
                  out = std::move(found);
                });
  world.context().run();
  if (thrown) {
    std::rethrow_exception(thrown);
  }
  if (out.tokens.empty() && !out.refused.empty()) {
    return out.refused.front().why;
  }
  return out;
}

} // namespace core::live
