#pragma once
// Cases for machines, in bytes that stay the same while the cases do.
#include "core/triage/triage_case.hpp"

#include <nlohmann/json_fwd.hpp>

namespace core::triage {

/// Members in order of their names; absent times are null, never left out.
auto to_json(const triage_case& one) -> nlohmann::json;

/// One case as a line of JSON, with its end of line.
auto case_line(const triage_case& one) -> std::string;

} // namespace core::triage
