#pragma once
// Configuration that only Exchange's cmdlets show: Safe Links policies, rules, the tenant's switch.
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"

namespace core::feeds {

/// Reads a snapshot at each poll: one InvokeCommand call per cmdlet, pages followed with the same
/// body and the same X-AnchorMailbox. Key is cmdlet and `Guid` (or `Identity`), version is
/// `WhenChangedUTC`, `WhenChanged` or the bytes: what has not changed is not stored again. The
/// cursor is the moment of the last complete snapshot; nothing is read from it.
///
/// A refusal names the grant that is missing: the application permission opens the door, a
/// directory role shows the cmdlets. One cmdlet that fails does not keep the others. A list whose
/// rest cannot be had (the next link is refused, or there is only a warning) is stored as far as it
/// goes, and the feed says that it is cut.
/// Source: the interface of the Exchange Online PowerShell module, as used by
/// KelvinTegelaar/CIPP-API New-ExoRequest.ps1 and rknightion/graph2otel internal/exoclient.
class exchange_cmdlet_feed final : public feed {
public:
  exchange_cmdlet_feed(const feed_facts& facts, feed_options options, const tools& with)
      : facts_(facts), options_(std::move(options)), tools_(with) {}

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  /// Reads every page of one cmdlet; true if the list was cut.
  auto read(std::string_view cmdlet) -> boost::asio::awaitable<seams::result<bool>>;
  auto store_page(std::string_view cmdlet, std::string_view body) -> seams::result<void>;
  [[nodiscard]] auto command(std::string_view cmdlet, std::string url) const -> api::call;

  const feed_facts& facts_;
  feed_options options_;
  tools tools_;
};

} // namespace core::feeds
