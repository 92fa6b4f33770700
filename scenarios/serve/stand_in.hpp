#pragma once
// Stands in for Microsoft 365: the tenant of a scenario, over TLS, for any client.
#include "scenarios/model/scenario.hpp"
#include "scenarios/replaying/taped_tenant.hpp"
#include "scenarios/serve/ending.hpp"

#include <atomic>
#include <iosfwd>
#include <string>

namespace scenarios::serve {

struct serve_options {
  std::string scenario;                ///< file, "" with a cassette
  std::string cassette;                ///< file that is played in place of a scenario, "" = none
  replaying::tape_mode mode{};         ///< of the cassette
  std::string address = "127.0.0.1";   ///< numeric
  std::uint16_t port = 8443;           ///< 0 takes a free one
  std::optional<seams::instant> start; ///< where the scenario is laid; nothing: now
  seams::duration offset{};            ///< added to `start`: -36h begins with history
  double speed = 1;                    ///< virtual seconds a real second, 0 stands still
  std::string state;                   ///< folder for keys and the config of the own connector
  bool json = false;                   ///< says what to connect to as one JSON line
  end_conditions end;                  ///< when it ends by itself
  std::string control_address;         ///< numeric; "" = no control API
  std::uint16_t control_port = 0;      ///< 0 takes a free one
  std::string audit;                   ///< file for the audit of the connector, "" = none
};

/// Serves until `interrupted`, or until what `end` waits for. Prints to `out`, once it can be
/// connected to, what a client needs: the address, the variables to export, the credentials that
/// the scenario grants. Requests may come to the real hosts' names, through this address as HTTPS
/// proxy (CONNECT), or by base URLs (see base_urls). At the end, where an audit was asked for or an
/// end was set, prints it for people (to `err` with `json`). A cassette is answered from as
/// `taped_tenant` says, with neither audit nor control; at the end what was asked for is printed.
/// Gives back an exit code: 0, 1 (what was waited for did not come, or something visible was never
/// fetched), 2 (the scenario is wrong), 3 (address, files).
[[nodiscard]] auto serve(const serve_options& options,
                         std::ostream& out,
                         std::ostream& err,
                         const std::atomic<bool>& interrupted) -> int;

} // namespace scenarios::serve
