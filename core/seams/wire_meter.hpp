#pragma once
// Tells a world whether anything that travels through its sockets can still wake somebody up.
#include "core/seams/idle_loop.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <utility>

namespace seams {

enum class wire_side { client, server };

namespace detail {

/// Where the count of a world is kept; empty once its meter is gone.
using tally = std::shared_ptr<in_flight*>;

struct end_state {
  bool joined = false;
  bool left = false;
  bool finished = false; ///< sent its last byte: the peer will see an end or a reset
  bool reading = false;
  bool writing = false;
  std::int64_t unread = 0; ///< bytes that the peer wrote and this end did not read yet

  [[nodiscard]] auto open() const -> bool { return joined && !left; }
};

/// Bytes count only towards an end that waits for them: what nobody reads cannot cause anything,
/// and would stop the world for ever (a TLS alert sent to an idle connection, say).
struct link_state {
  tally total;
  end_state client;
  end_state server;
  std::size_t counted = 0;

  static auto awaited(const end_state& me, const end_state& peer) -> std::size_t {
    if (!me.open()) {
      return 0;
    }
    const auto arrives = me.reading && (me.unread > 0 || peer.finished);
    const auto drains = me.writing && (peer.left || peer.reading);
    return (arrives ? 1U : 0U) + (drains ? 1U : 0U);
  }

  void update() {
    const auto accept_is_due = client.open() && !server.joined;
    const auto now = (accept_is_due ? 1U : 0U) + awaited(client, server) + awaited(server, client);
    const auto before = std::exchange(counted, now);
    if (*total != nullptr) {
      (*total)->add(now);
      (*total)->subtract(before);
    }
  }
};

} // namespace detail

/// One end of a counted connection, told what its socket does. An empty one ignores everything.
class wire_end {
public:
  wire_end() = default;
  wire_end(std::shared_ptr<detail::link_state> link, wire_side which)
      : link_(std::move(link)), which_(which) {}

  void begin_read() {
    change([](auto& me, auto&) { me.reading = true; });
  }
  void end_read(boost::system::error_code error, std::size_t amount) {
    const auto lost = error && error != boost::asio::error::operation_aborted;
    change([lost, amount](auto& me, auto&) {
      me.reading = false;
      me.unread = lost ? 0 : me.unread - static_cast<std::int64_t>(amount);
    });
  }
  void begin_write() {
    change([](auto& me, auto&) { me.writing = true; });
  }
  void end_write(std::size_t amount) {
    change([amount](auto& me, auto& peer) {
      me.writing = false;
      peer.unread += static_cast<std::int64_t>(amount);
    });
  }
  void finish() {
    change([](auto& me, auto&) { me.finished = true; });
  }
  void leave() {
    change([](auto& me, auto&) { me.finished = me.left = true; });
    link_.reset();
  }

private:
  template <class Change> void change(Change apply) {
    if (link_) {
      auto& mine = which_ == wire_side::client ? link_->client : link_->server;
      auto& other = which_ == wire_side::client ? link_->server : link_->client;
      apply(mine, other);
      link_->update();
    }
  }

  std::shared_ptr<detail::link_state> link_;
  wire_side which_{};
};

/// Brings the two ends of each connection of one world together by their addresses and keeps the
/// world's `in_flight` right. Declare it after the `in_flight`; streams may outlive it.
/// One thread only.
class wire_meter {
public:
  explicit wire_meter(in_flight& total) : total_(std::make_shared<in_flight*>(&total)) {}
  wire_meter(const wire_meter&) = delete;
  auto operator=(const wire_meter&) -> wire_meter& = delete;
  ~wire_meter() { *total_ = nullptr; }

  /// Counts one for as long as it lives: a connect in progress.
  class connecting {
  public:
    explicit connecting(wire_meter* meter) : total_(meter != nullptr ? meter->total_ : nullptr) {
      if (total_) {
        (*total_)->add(1);
      }
    }
    connecting(const connecting&) = delete;
    auto operator=(const connecting&) -> connecting& = delete;
    ~connecting() {
      if (total_ && *total_ != nullptr) {
        (*total_)->subtract(1);
      }
    }

  private:
    detail::tally total_;
  };

  /// The `which` end of the connection that `socket` has; empty when there is none any more.
  auto join(wire_side which, const boost::asio::ip::tcp::socket& socket) -> wire_end {
    auto error = boost::system::error_code();
    const auto here = socket.local_endpoint(error);
    const auto there = error ? here : socket.remote_endpoint(error);
    if (error) {
      return {};
    }
    const auto is_client = which == wire_side::client;
    auto link = link_of(is_client ? key(here, there) : key(there, here));
    auto& mine = is_client ? link->client : link->server;
    mine = detail::end_state();
    mine.joined = true;
    link->update();
    return {std::move(link), which};
  }

private:
  using endpoint = boost::asio::ip::tcp::endpoint;
  using key = std::pair<endpoint, endpoint>; ///< client's address, server's address

  /// A link lives as long as one of its ends; an address pair that is used again starts afresh.
  auto link_of(const key& addresses) -> std::shared_ptr<detail::link_state> {
    std::erase_if(links_, [](const auto& entry) { return entry.second.expired(); });
    auto& known = links_[addresses];
    auto link = known.lock();
    if (!link) {
      link = std::make_shared<detail::link_state>();
      link->total = total_;
      known = link;
    }
    return link;
  }

  detail::tally total_;
  std::map<key, std::weak_ptr<detail::link_state>> links_;
};

} // namespace seams
