#pragma once
// Says whether an event is what OCSF 1.8.0 and the description of this project allow.
#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace core::ocsf {

/// One thing that is wrong with an event.
struct violation {
  std::string path;     ///< "evidences[0].url"; "" = the event as a whole
  std::string expected; ///< "a required attribute", "one of name, uid", "the caption High"
};

/// All violations of an event, in order of the event's members; none: it is valid. Checked are:
/// unknown attributes, also those of a profile that is not declared; what is required; types and
/// the formats of addresses; enumerations and their captions; constraints (at least one of);
/// `type_uid`; version and profiles; that observables name what is there. Source: the checks of
/// github.com/ocsf/ocsf-server lib/schema/validator2.ex.
[[nodiscard]] auto validate(const nlohmann::json& event) -> std::vector<violation>;

/// "evidences[0].url: expected one of url_string, path", one a line.
[[nodiscard]] auto to_text(const std::vector<violation>& found) -> std::string;

} // namespace core::ocsf
