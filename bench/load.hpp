#pragma once
// Clients that ask one thing again and again over connections that stay open.
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <string>

namespace bench {

struct load_plan {
  boost::asio::ip::tcp::endpoint server;
  bool tls = false;
  std::string request; ///< as it goes over the wire
  std::size_t connections = 16;
  std::chrono::seconds warm_up{1};
  std::chrono::seconds measured{4};
};

struct load_figures {
  double requests_per_second = 0;
  double median_us = 0;
  double p99_us = 0;
  std::size_t body_bytes = 0; ///< of the last answer
  std::size_t refused = 0;    ///< answers that were no 200
};

/// One thread, on the caller's; the server needs another.
auto put_load_on(const load_plan& plan) -> load_figures;

} // namespace bench
