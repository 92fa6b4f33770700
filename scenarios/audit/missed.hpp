#pragma once
// Why a record was never fetched, as far as a journal tells it.
#include "scenarios/audit/watched_tenant.hpp"
#include "scenarios/audit/windows.hpp"

namespace scenarios::audit {

/// What it is made with outlives it.
class missed_reasons {
public:
  missed_reasons(const mock_graph::journal& requests,
                 const std::map<std::string, windows_of_type>& windows,
                 const watched_tenant& seen)
      : requests_(requests), windows_(windows), seen_(seen) {}

  /// In words, of an entry that no answer carried.
  [[nodiscard]] auto why(const mock_graph::ledger_entry& entry) const -> std::string;

private:
  [[nodiscard]] auto of_blob(const mock_graph::ledger_entry& entry) const -> std::string;
  [[nodiscard]] auto of_list(const mock_graph::ledger_entry& entry) const -> std::string;

  const mock_graph::journal& requests_;
  const std::map<std::string, windows_of_type>& windows_;
  const watched_tenant& seen_;
};

} // namespace scenarios::audit
