#pragma once
// HTTP/1.1 over real sockets, plain or TLS, with connections kept alive per origin.
#include "core/adapters/socket/connection.hpp"
#include "core/adapters/socket/request_text.hpp"
#include "core/seams/clock.hpp"
#include "core/seams/transport.hpp"

#include <functional>
#include <map>
#include <vector>

namespace core::adapters {

/// Where to connect for a host and port; nothing when it is not to be reached ("connect_failed").
using route = std::function<std::optional<boost::asio::ip::tcp::endpoint>(std::string_view host,
                                                                          std::uint16_t port)>;

/// Every host at one numeric address. Fails with "connect_failed" for what is no address.
auto always_to(const std::string& address, std::uint16_t port) -> seams::result<route>;

enum class encryption {
  as_url_says,
  never ///< plain text whatever the scheme: the `tcp` wire of a world, whose URLs are https
};

struct socket_options {
  route find; ///< empty: the operating system resolves names, and each address is tried in turn
  encryption secure = encryption::as_url_says;
  trust roots;                        ///< needed for https
  seams::wire_meter* meter = nullptr; ///< a world's; null when live
  /// Each exchange begins as a step of its own on the clock, so that exchanges started together
  /// reach the peer in the order of their start on every wire. Worlds need it, live use does not.
  bool in_turn = false;
  bool accept_gzip = true;
  std::size_t idle_per_origin_max = 4;
  std::size_t decoded_bytes_max = std::size_t{64} * 1024 * 1024;
  answer_limits limits{};
};

/// Nothing is ever sent twice: a request on a connection that dies before the answer is reported as
/// "connection_reset", whatever its method, and repeating is the caller's decision. To make that
/// rare, an idle connection is looked at before use and dropped if the peer has closed it.
///
/// A failure after the first byte of an answer is "answer_cut". An answer with a content coding
/// other than gzip arrives as `body_undecodable`. A request that cannot be written down (a URL that
/// is not absolute, a line break in a field) is "connect_failed" and touches no socket.
///
/// One thread only. Declare it after the io_context.
class socket_transport final : public seams::transport {
public:
  socket_transport(seams::clock& time, socket_options options)
      : time_(time), options_(std::move(options)) {}
  socket_transport(const socket_transport&) = delete;
  auto operator=(const socket_transport&) -> socket_transport& = delete;

  auto exchange(seams::request query)
      -> boost::asio::awaitable<seams::result<seams::response>> override;

private:
  using open_connection = std::unique_ptr<connection>;

  auto obtain(const std::string& origin, const destination& to)
      -> boost::asio::awaitable<seams::result<open_connection>>;
  auto addresses_of(const destination& to)
      -> boost::asio::awaitable<seams::result<std::vector<boost::asio::ip::tcp::endpoint>>>;
  auto dial_within(dial_plan plan, seams::duration limit)
      -> boost::asio::awaitable<seams::result<open_connection>>;
  auto take_idle(const std::string& origin) -> open_connection;
  void keep(const std::string& origin, open_connection used);
  [[nodiscard]] auto is_encrypted(const destination& to) const -> bool;

  seams::clock& time_;
  socket_options options_;
  std::map<std::string, std::vector<open_connection>> idle_;
};

} // namespace core::adapters
