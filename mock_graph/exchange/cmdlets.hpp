#pragma once
// The cmdlets that the admin API runs, as a table: name, who may run it, what it takes, what it
// does.
#include "mock_graph/exchange/click_report.hpp"
#include "mock_graph/exchange/parameters.hpp"
#include "mock_graph/exchange/policy_book.hpp"
#include "mock_graph/exchange/trace_desk.hpp"

#include <array>

namespace mock_graph::exchange {

/// What a caller needs beyond the app role to see a cmdlet at all. Mailboxes ask for other
/// directory roles than the protection of mail.
enum class access { reads, changes, reads_mailboxes, changes_mailboxes };

/// What one run of a cmdlet works on. A cmdlet that changes something changes `setup`, or gives a
/// `list` or a `forwarding`, which become the tenant's if nothing went wrong.
struct workplace {
  const policy_book& book;
  const click_report& clicks;
  tenant::safe_links_setup setup;
  seams::instant now;
  std::string serial; ///< names this run: ids of new objects follow from it
  std::string by;     ///< address of the administrator, "" of an app
  std::optional<std::vector<tenant::list_entry>> list = {};
  std::optional<tenant::forwarding_change> forwarding = {};
  trace_desk* traces = nullptr;
};

struct cmdlet_outcome {
  std::vector<nlohmann::ordered_json> rows;
  std::optional<cmdlet_error> wrong;
  std::string target = {};  ///< name of the object that a change is about
  std::string created = {}; ///< GUID of a new object, which is printed
  bool cut = false;         ///< there are more rows, which nothing but other parameters gives
  std::string warning = {}; ///< of that, if it is not the usual one
};

struct cmdlet {
  std::string_view name; ///< compared without regard to case, as PowerShell does
  access needs = access::reads;
  std::span<const parameter> parameters;
  auto(*run)(workplace& place, const arguments& given) -> cmdlet_outcome;
  bool without_defender = false; ///< is there without Defender for Office 365 too
  bool pages = true;             ///< what is long goes on by next links
};

/// The cmdlet of that name, or null.
auto find_cmdlet(std::string_view name) -> const cmdlet*;

/// Whether running it may change the tenant.
auto changes_things(const cmdlet& what) -> bool;

/// Whether a directory role lets its holder run cmdlets of that access. Reading: Security Reader is
/// enough (observed), but not for mailboxes, which want Global Reader (rknightion/graph2otel,
/// exchangemailboxes: 403 before, rows after). Which roles may change is not documented for apps
/// [inferred] (exchange-and-safelinks sheet, 2.5; for the Tenant Allow/Block List the first three
/// are those of its documentation, for mailboxes the holders of the role Mail Recipients).
auto allows(std::string_view directory_role, access needs) -> bool;

/// Cmdlets by what they are about.
auto policy_cmdlets() -> std::span<const cmdlet>;
auto rule_cmdlets() -> std::span<const cmdlet>;
auto report_cmdlets() -> std::span<const cmdlet>;
auto list_cmdlets() -> std::span<const cmdlet>;
auto mailbox_cmdlets() -> std::span<const cmdlet>;
auto trace_cmdlets() -> std::span<const cmdlet>;
/// All of them.
auto cmdlet_tables() -> std::array<std::span<const cmdlet>, 6>;

/// The objects asked for; all of them if the identity is null or names none: a trap of the service
/// (learn.microsoft.com/powershell/module/exchangepowershell; exchange-and-safelinks sheet, 3).
auto identified(std::vector<const configured*> objects, const std::string& identity)
    -> std::vector<nlohmann::ordered_json>;

/// What a cmdlet answers that cannot do as it is told.
auto refusal(std::string type, std::string text) -> cmdlet_outcome;
/// 404, code NotFound: the object does not exist, or is not replicated yet.
auto not_found(const std::string& identity) -> cmdlet_outcome;

} // namespace mock_graph::exchange
