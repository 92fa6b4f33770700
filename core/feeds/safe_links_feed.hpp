#pragma once
// Safe Links clicks from both places that know of them: advanced hunting and the audit log.
#include "core/feeds/activity_feed.hpp"
#include "core/feeds/hunting_feed.hpp"

namespace core::feeds {

/// UrlClickEvents shows every click; RecordType 41 of Audit.General shows clicks that met a warning
/// or scan page, and no allowed one. Both are read side by side and stored as they are, under keys
/// of their own ("audit|<Id>" for the latter); `core/clicks` joins them for readers.
///
/// Without ThreatHunting.Read.All the audit log alone is read, and health says what that hides;
/// without ActivityFeed.Read hunting alone is read, which hides nothing.
/// Source: learn.microsoft.com/defender-xdr/advanced-hunting-urlclickevents-table;
/// learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema.
class safe_links_feed final : public feed {
public:
  safe_links_feed(const feed_facts& facts, const feed_options& options, const tools& with);

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  feed_facts audit_facts_;
  hunting_feed hunting_;
  activity_feed audit_;
};

} // namespace core::feeds
