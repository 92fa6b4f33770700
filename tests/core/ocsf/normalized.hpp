#pragma once
// What tests of the normaliser share: one record in, one valid event out.
#include "core/ocsf/normalize.hpp"
#include "core/ocsf/validate.hpp"

#include <doctest/doctest.h>

#include <string>

namespace ocsf_tests {

inline auto here() -> core::ocsf::context {
  auto out = core::ocsf::context();
  out.tenant_id = "11111111-2222-3333-4444-555555555555";
  out.cloud_partition = "AzureCloud";
  out.received_at = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}} +
                    std::chrono::hours{10};
  return out;
}

/// The events of a record, each of them valid.
inline auto events_of(const std::string& feed,
                      const std::string& record,
                      const core::ocsf::context& around = here()) -> std::vector<nlohmann::json> {
  const auto out = core::ocsf::normalize(feed, record, around);
  CHECK(out.unknown == "");
  for (const auto& one : out.events) {
    CHECK(core::ocsf::to_text(core::ocsf::validate(one)) == "");
  }
  return out.events;
}

inline auto event_of(const std::string& feed,
                     const std::string& record,
                     const core::ocsf::context& around = here()) -> nlohmann::json {
  const auto all = events_of(feed, record, around);
  REQUIRE(all.size() == 1);
  return all.front();
}

/// What stands at "/a/b/0/c", null for nothing.
inline auto at(const nlohmann::json& event, const std::string& place) -> nlohmann::json {
  const auto pointer = nlohmann::json::json_pointer(place);
  return event.contains(pointer) ? event.at(pointer) : nlohmann::json();
}

} // namespace ocsf_tests
