#pragma once
// What an outside connector made of a tenant: seen from the tenant's side, by its ledger and by
// what its answers carried.
#include "scenarios/audit/watched_tenant.hpp"
#include "scenarios/audit/windows.hpp"
#include "scenarios/model/scenario.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace scenarios::audit {

/// How a record fared.
enum class fetching {
  never,     ///< it could have been fetched, and no answer carried it
  once,      ///< as often as it was delivered
  repeatedly ///< more often than that
};

struct audited_record {
  std::string feed;
  std::string key;
  std::string version;
  std::string story; ///< the cause in the scenario
  seams::instant visible_at;
  std::size_t delivered = 1;        ///< how often the service itself delivered these bytes
  std::vector<std::size_t> answers; ///< places in the journal of the answers that carried it
  fetching how = fetching::never;
  std::string why = {}; ///< of `never`, as far as the journal tells it
};

struct source_count {
  std::size_t visible = 0;
  std::size_t never = 0;
  std::size_t once = 0;
  std::size_t repeatedly = 0;
  std::size_t passed = 0; ///< replaced or gone before they were fetched, or never to be fetched
};

/// One thing that is wrong, or worth a look.
struct finding {
  std::string kind; ///< "never_fetched", "window_gap", ...: docs/serve.md lists them
  std::string text;
};

struct connector_audit {
  std::string scenario;
  seams::instant from;
  seams::instant until;
  std::size_t requests = 0;
  std::map<std::string, source_count> sources; ///< by source: "alerts", "safe_links/audit"
  std::set<std::string> closed;                ///< sources that the app may not read
  std::set<std::string> not_read;              ///< second sources that were left alone
  std::vector<audited_record> records;         ///< those that did not pass, in order of visibility
  std::map<std::string, windows_of_type> windows;
  std::vector<std::string> early;        ///< requests before Retry-After was over, in words
  std::vector<std::string> token_misuse; ///< requests with a token that does not fit
  std::map<std::string, std::size_t> permissions_used; ///< granted; how many requests rested on it
  std::set<std::string> permissions_unused;            ///< granted
  std::map<std::string, std::size_t> refusals;         ///< "403 role missing: ...", and how often
  std::vector<page_link> pages;
  mock_graph::journal journal; ///< what places in it mean

  [[nodiscard]] auto never() const -> std::size_t;
  /// Whether nothing that could be fetched was missed.
  [[nodiscard]] auto all_fetched() const -> bool { return never() == 0; }
};

/// Judges what was visible until `now` in the feeds of the scenario that its app may read. A record
/// is known by what names it, not by its bytes, so that a client may select what it likes; where
/// one name stands for several states, by the moment at which it was carried.
auto audit_of(const model::scenario& what,
              const mock_graph::server::mock_tenant& tenant,
              const watched_tenant& seen,
              seams::instant now) -> connector_audit;

/// All that is wrong or worth a look, gravest first.
auto findings_of(const connector_audit& what) -> std::vector<finding>;

/// The document of docs/serve.md.
auto to_json(const connector_audit& what) -> std::string;
/// For people; long lists are cut.
auto to_text(const connector_audit& what) -> std::string;

} // namespace scenarios::audit
