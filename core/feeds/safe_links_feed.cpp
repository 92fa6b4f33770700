#include "core/feeds/safe_links_feed.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;

constexpr auto click_record_type = std::int64_t{41};

/// The audit log as the source of clicks: Audit.General with its retention and its late blobs.
auto audit_facts_of(feed_facts facts) -> feed_facts {
  const auto* general = find_feed("audit_general");
  facts.from = source::activity;
  facts.resource = general->resource;
  facts.api = general->api;
  facts.permissions = general->permissions;
  facts.retention = general->retention;
  facts.overlap = general->overlap;
  facts.bucket = general->bucket;
  return facts;
}

auto audit_options_of(feed_options options, const feed_facts& audit) -> feed_options {
  options.name += "/audit";
  options.overlap = audit.overlap;
  return options;
}

auto is_barred(const seams::result<poll_report>& done) -> bool {
  return !done && health::state_of(done.error()) == "insufficient_permissions";
}

auto audit_only() -> health::remark {
  return {"insufficient_permissions",
          "clicks_from_audit_only",
          "clicks come from the audit log alone: allowed clicks are not visible, as "
          "ThreatHunting.Read.All is missing"};
}

} // namespace

safe_links_feed::safe_links_feed(const feed_facts& facts,
                                 const feed_options& options,
                                 const tools& with)
    : audit_facts_(audit_facts_of(facts)), hunting_(facts, options, with),
      audit_(audit_facts_,
             audit_options_of(options, audit_facts_),
             with,
             content_share{facts.name, click_record_type, "audit|"}) {}

auto safe_links_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  using namespace boost::asio::experimental::awaitable_operators;
  auto [hunted, audited] = co_await (hunting_.poll() && audit_.poll());
  if (is_barred(hunted) && audited) {
    auto report = poll_report();
    report.odd = audit_only();
    co_return report;
  }
  if (!hunted || is_barred(audited)) {
    co_return hunted;
  }
  co_return audited;
}

} // namespace core::feeds
