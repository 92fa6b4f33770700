#pragma once
// Exchange Online's admin API, the door behind the PowerShell module: cmdlets by InvokeCommand.
#include "mock_graph/door.hpp"
#include "mock_graph/exchange/exchange_admin.hpp"

namespace mock_graph::exchange {

/// POST /adminapi/{beta|v1.0}/{tenant}/InvokeCommand.
///
/// The app role Exchange.ManageAsApp opens the door (401 without it); a directory role on the
/// service principal shows the cmdlets (403 without it, and for cmdlets that do not exist or are
/// not shown). Next links work for a client that sent the same X-AnchorMailbox with its first
/// request, for 30 minutes; a reading of the tenant makes them fail for everyone, as was seen too.
/// The interface is unpublished: KelvinTegelaar/CIPP-API New-ExoRequest.ps1, rknightion/graph2otel
/// internal/exoclient, michev.info posts 4067 and 5822 (exchange-and-safelinks sheet, 2).
class exchange_api final : public door {
public:
  exchange_api(const policy_book& book, exchange_admin& admin) : book_(book), admin_(admin) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  /// What one request asks for.
  struct command;
  auto invoke(call& what, const command& wanted) -> seams::response;
  [[nodiscard]] auto page(call& what, const command& wanted, const cmdlet_outcome& outcome) const
      -> seams::response;
  [[nodiscard]] auto first_row(const call& what, const command& wanted) const
      -> std::optional<std::size_t>;
  [[nodiscard]] auto page_size(const call& what) const -> std::size_t;

  const policy_book& book_;
  exchange_admin& admin_;
};

} // namespace mock_graph::exchange
