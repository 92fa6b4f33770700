#pragma once
// The real world around a live connector: time, chance, the network, and what it may look at.
#include "core/adapters/socket/entropy_choices.hpp"
#include "core/adapters/socket/socket_transport.hpp"
#include "core/adapters/socket/system_clock.hpp"
#include "core/live/credential.hpp"

#include <boost/asio/io_context.hpp>

namespace core::live {

/// What a live run is given from outside.
struct outside {
  variables env;
  adapters::route find; ///< empty: names are resolved by the operating system
};

/// Clock, chance and network of one live run, on one thread.
class live_world {
public:
  /// `roots` are whom the network believes.
  live_world(const outside& given, adapters::trust roots);

  [[nodiscard]] auto context() -> boost::asio::io_context& { return context_; }
  [[nodiscard]] auto time() -> seams::clock& { return time_; }
  [[nodiscard]] auto chance() -> seams::choices& { return chance_; }
  [[nodiscard]] auto network() -> seams::transport& { return network_; }

private:
  boost::asio::io_context context_{1};
  adapters::system_clock time_;
  adapters::entropy_choices chance_;
  adapters::socket_transport network_;
};

/// The roots that `what` names, or the system's. Fails with "file_unavailable" or
/// "bad_certificate".
auto roots_of(const settings& what) -> seams::result<adapters::trust>;

/// The configuration with its credential connected and found to be readable.
auto ready_config(const settings& what, const variables& env) -> seams::result<connector_config>;

} // namespace core::live
