#include "core/api/refused_token.hpp"

#include "core/auth/token_claims.hpp"
#include "core/clouds.hpp"
#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>

namespace core::api {
namespace {

constexpr auto every_workload = std::array{workload::graph,
                                           workload::management,
                                           workload::exchange,
                                           workload::cloud_apps,
                                           workload::resource_manager,
                                           workload::endpoint};

/// Equal but for case and one slash at the end.
auto same_audience(std::string_view a, std::string_view b) -> bool {
  for (auto* each : {&a, &b}) {
    if (each->ends_with('/')) {
      each->remove_suffix(1);
    }
  }
  return seams::equal_ignoring_case(a, b);
}

auto is_of_another_api(std::string_view audience, workload which) -> bool {
  return !audience.empty() && std::ranges::any_of(clouds(), [&](const cloud& one) {
    return std::ranges::any_of(every_workload, [&](workload other) {
      return other != which && same_audience(one.of(other).audience, audience);
    });
  });
}

/// Clouds that share a login are told apart by their APIs alone.
auto hint_for(const cloud& where) -> std::string {
  if (where.name == "global" || where.name == "gcc") {
    return ": tenants of GCC need gcc, all others of this login global";
  }
  if (where.name == "gcc_high" || where.name == "dod") {
    return ": tenants of the DoD need dod, those of GCC High gcc_high";
  }
  return "";
}

} // namespace

auto explain_refused_token(workload which,
                           const cloud& where,
                           const http::error_words& said,
                           std::string_view token) -> std::optional<seams::failure> {
  const auto claims = auth::read_token(token);
  const auto audience = claims ? claims->audience : std::string();
  const auto foreign = is_of_another_api(audience, which);
  const auto told = said.message.find("audience") != std::string::npos;
  const auto silent = which == workload::management && said.code.empty();
  if (!foreign && !told && !silent) {
    return std::nullopt;
  }
  const auto& root = where.of(which).root;
  auto text = root + " refused a token made for " + (audience.empty() ? "it" : audience);
  text += foreign ? ", which is another API: set the audience of its tokens right"
                  : "; the cloud may be wrong. Configured is " + where.name + hint_for(where);
  return seams::failure(seams::reaction::stop_and_diagnose,
                        foreign || told ? "wrong_audience" : "token_not_accepted",
                        std::move(text));
}

} // namespace core::api
