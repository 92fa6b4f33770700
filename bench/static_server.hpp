#pragma once
// The least that a server can do: one file, read from the disk for each request by Boost.Beast.
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>

namespace bench {

/// Accepts on the executor of `listening` until that is closed. `tls` may be null.
void serve_file(boost::asio::ip::tcp::acceptor& listening,
                const std::string& path,
                const std::shared_ptr<boost::asio::ssl::context>& tls);

} // namespace bench
