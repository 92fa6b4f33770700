#pragma once
// From a host name to the addresses to try, as the operating system knows them.
#include "core/seams/result.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <string>
#include <vector>

namespace core::adapters {

/// At least one address, in the system's order of preference, at most eight. Fails with
/// "connect_failed" for a name that nobody knows; throws operation_aborted when cancelled.
auto look_up(std::string host, std::uint16_t port)
    -> boost::asio::awaitable<seams::result<std::vector<boost::asio::ip::tcp::endpoint>>>;

} // namespace core::adapters
