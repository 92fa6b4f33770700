#pragma once
// A small tenant behind a script: users, mailboxes, devices, that change as calls ask for it.
#include "core/actions/act_runner.hpp"
#include "core/auth/base64.hpp"
#include "tests/core/fakes/bench.hpp"

#include <atomic>

namespace fakes {

inline auto token_with(const std::vector<std::string>& roles) -> std::string {
  const auto encoded = [](const std::string& part) {
    return core::auth::to_base64(part, core::auth::base64_form::url);
  };
  const auto claims = nlohmann::json{{"aud", "any"}, {"roles", roles}}.dump();
  return encoded(R"({"alg":"RS256"})") + "." + encoded(claims) + ".c2ln";
}

/// `respond` decides what each call does; `lose` takes the answers of calls that were carried out.
struct act_bench : bench {
  act_bench() {
    net.respond = [this](const seams::request& query) -> answer {
      if (query.url.find("/oauth2/v2.0/token") != std::string::npos) {
        return token_reply(roles.empty() ? "opaque" : token_with(roles));
      }
      const auto out = tenant(query);
      if (query.method != "GET") {
        changes.push_back(query);
        if (lost > 0) {
          --lost;
          return broken("connection_reset");
        }
      }
      return out;
    };
  }

  auto runner() -> core::actions::act_runner {
    auto out = core::actions::act_runner({config, time, chance, api, tokens, interrupted}, options);
    out.when_heard([this](const core::actions::step_report& one) { heard.push_back(one); });
    return out;
  }
  auto propose(core::actions::act_request what) {
    auto with = runner();
    return await(with.propose(std::move(what)));
  }
  auto perform(core::actions::act_request what) {
    auto with = runner();
    return await(with.perform(std::move(what), records));
  }
  auto resume(std::string act) {
    auto with = runner();
    return await(with.resume(std::move(act), records));
  }
  auto propose_rest(std::string act) {
    auto with = runner();
    return await(with.propose_rest(std::move(act), records));
  }
  /// How many calls with this part in their URL changed something.
  [[nodiscard]] auto sent(const std::string& url_part) const -> int {
    return static_cast<int>(std::ranges::count_if(changes, [&](const seams::request& one) {
      return one.url.find(url_part) != std::string::npos;
    }));
  }

  std::function<answer(const seams::request&)> tenant; ///< carries out what it is asked
  std::vector<std::string> roles;                      ///< in every token; none: unreadable tokens
  std::vector<seams::request> changes;                 ///< all calls but GETs
  int lost = 0;                                        ///< so many answers of changes do not arrive
  std::atomic<bool> interrupted = false;
  core::actions::act_options options;
  std::vector<core::actions::step_report> heard;
};

inline auto holds(const seams::request& query, std::string_view part) -> bool {
  return query.url.find(part) != std::string::npos;
}

} // namespace fakes
