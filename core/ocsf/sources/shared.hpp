#pragma once
// What several sources have in common: tables of words and small objects.
#include "core/ocsf/draft.hpp"
#include "core/ocsf/source.hpp"

#include <array>

namespace core::ocsf {

/// Numbers of classes, as the sheet's class table has them.
namespace classes {
inline constexpr auto base_event = 0;
inline constexpr auto detection_finding = 2004;
inline constexpr auto incident_finding = 2005;
inline constexpr auto data_security_finding = 2006;
inline constexpr auto account_change = 3001;
inline constexpr auto authentication = 3002;
inline constexpr auto entity_management = 3004;
inline constexpr auto user_access = 3005;
inline constexpr auto group_management = 3006;
inline constexpr auto http_activity = 4002;
inline constexpr auto email_activity = 4009;
inline constexpr auto device_inventory = 5001;
inline constexpr auto user_inventory = 5003;
inline constexpr auto api_activity = 6003;
inline constexpr auto file_hosting = 6006;
inline constexpr auto remediation_activity = 7001;
} // namespace classes

/// Activities of the finding classes, and of those about things that are made and changed.
namespace finding {
inline constexpr auto create = 1;
inline constexpr auto update = 2;
inline constexpr auto close = 3;
} // namespace finding

namespace severity {
inline constexpr auto informational = 1;
inline constexpr auto low = 2;
inline constexpr auto medium = 3;
inline constexpr auto high = 4;
} // namespace severity

namespace status {
inline constexpr auto success = 1;
inline constexpr auto failure = 2;
} // namespace status

namespace action {
inline constexpr auto allowed = 1;
inline constexpr auto denied = 2;
inline constexpr auto observed = 3;
inline constexpr auto modified = 4;
} // namespace action

namespace verdict {
inline constexpr auto false_positive = 1;
inline constexpr auto true_positive = 2;
inline constexpr auto benign = 5;
} // namespace verdict

namespace role {
inline constexpr auto target = 1;
inline constexpr auto affected = 3;
} // namespace role

inline constexpr auto graph = std::string_view("Microsoft Graph");
inline constexpr auto management_api = std::string_view("Office 365 Management Activity API");

inline constexpr auto defender_for_office = std::string_view("Microsoft Defender for Office 365");
inline constexpr auto advanced_hunting = std::string_view("Advanced hunting");

inline constexpr auto severity_words = std::to_array<word>({{"informational", 1},
                                                            {"low", 2},
                                                            {"medium", 3},
                                                            {"high", 4},
                                                            {"unknown", 0},
                                                            {"unspecified", 0}});

/// `classification` with `determination` of an alert or incident as `verdict_id`; false if there is
/// nothing to say. Both spellings of Microsoft's own page are known (resources/security-alert).
auto put_verdict(draft& of) -> bool;

/// The last of `comments[]` as `comment`; the others stay unmapped.
void put_last_comment(draft& of);

/// "T1566.002" as an element of `attacks[]`; a tactic is named by the alert's category.
auto attack_of(std::string_view technique, std::string_view tactic) -> nlohmann::json;
/// "InitialAccess" as {"uid": "TA0001", "name": "Initial Access"}; null if it is no tactic.
auto tactic_of(std::string_view category) -> nlohmann::json;

/// Create, Update or Close of something with revisions: `is_closed`, else what the context knows,
/// else whether it was changed after it was made.
auto finding_activity(const draft& of,
                      std::string_view created,
                      std::string_view changed,
                      bool is_closed) -> int;

/// Says that the object at `path` is a user of this kind, if it is there.
void type_user(draft& of, std::string_view path, int type_id);

/// The number OCSF has for an operating system, by what its name holds; 99 for one it does not
/// name.
auto os_type(std::string_view name) -> int;
/// `{name, type_id}` at `path`, unless the name is blank.
void put_os(nlohmann::json& event, std::string_view path, std::string_view name);

/// {"uid", "name", "type", "role_id"}, blank parts left out.
auto resource(std::string_view uid, std::string_view name, std::string_view type, int role)
    -> nlohmann::json;

/// Hashes of a file as `hashes[]`, from members of these names; blank ones left out.
auto hashes_of(const record_view& of,
               std::string_view md5,
               std::string_view sha1,
               std::string_view sha256) -> nlohmann::json;

/// A file's name: the given one, else the last part of the path, else "unknown".
auto file_name_of(std::string_view name, std::string_view path) -> std::string;

/// Whether a text names a threat: not blank and not one of "None", "NoThreatsFound".
auto names_a_threat(std::string_view text) -> bool;

} // namespace core::ocsf
