#pragma once
// The cmdlets that the admin API runs, as a table: name, who may run it, what it takes, what it
// does.
#include "mock_graph/exchange/policy_book.hpp"

#include <optional>
#include <span>

namespace mock_graph::exchange {

/// What a caller needs beyond the app role to see a cmdlet at all.
enum class access { reads, changes };

/// Why a cmdlet that was run gives no rows; Exchange says so in its error envelope.
struct cmdlet_error {
  int status = 400;
  std::string code = "BadRequest";
  std::string type; ///< of the .NET exception
  std::string text;
};

struct cmdlet_outcome {
  std::vector<const configured*> rows;
  std::optional<cmdlet_error> wrong;
};

struct cmdlet {
  std::string_view name; ///< compared without regard to case, as PowerShell does
  access needs = access::reads;
  std::span<const std::string_view> parameters;
  auto(*run)(policy_book& book, const nlohmann::json& parameters) -> cmdlet_outcome;
};

/// The cmdlet of that name, or null.
auto find_cmdlet(std::string_view name) -> const cmdlet*;

/// Whether a directory role lets its holder run cmdlets of that access. Reading: Security Reader is
/// enough (observed). Which roles may change is not documented for apps [inferred]
/// (exchange-and-safelinks sheet, 2.5).
auto allows(std::string_view directory_role, access needs) -> bool;

/// Runs it, after a check of the names of its parameters.
auto run(const cmdlet& what, policy_book& book, const nlohmann::json& parameters) -> cmdlet_outcome;

} // namespace mock_graph::exchange
