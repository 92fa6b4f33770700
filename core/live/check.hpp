#pragma once
// A preflight: one small read for each feed, and what stands in its way.
#include "core/live/surroundings.hpp"

namespace core::live {

/// How one feed would fare.
struct feed_verdict {
  std::string feed;
  std::string state;  ///< "ok", or as in the health history
  std::string code;   ///< what it rests on, or ""
  std::string text;   ///< the call and its answer, for people
  std::string remedy; ///< what to change, or ""
};

/// Logs in and lets each feed of `config` read from the last hour until it has asked once for each
/// thing it reads: a table, a cmdlet, a subscription, but no second page; all feeds at the same
/// time, each for at most `limit`. Nothing is kept, and nothing is sent that changes the tenant: an
/// activity subscription that would have to be started is only told of ("ok", "not_started"). The
/// verdicts are in order of the config.
auto check_feeds(connector_config config,
                 seams::clock& time,
                 seams::choices& chance,
                 seams::transport& wire,
                 seams::duration limit) -> boost::asio::awaitable<std::vector<feed_verdict>>;

/// The same with the system's clock and network. Fails when the credential or the root certificates
/// cannot be read.
auto run_check(const settings& what, const outside& given, seams::duration limit)
    -> seams::result<std::vector<feed_verdict>>;

} // namespace core::live
