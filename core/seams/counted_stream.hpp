#pragma once
// A TCP socket whose bytes on the way are known to its world, so that time stands still for them.
#include "core/seams/wire_meter.hpp"

#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cerrno>
#include <optional>
#include <sys/socket.h>
#include <utility>

namespace seams {

/// Goes below TLS. Both ends of a connection must be counted by the same meter; without a meter it
/// is a plain socket. Knows no time limits: race it against a clock.
class counted_stream {
public:
  using next_layer_type = boost::asio::ip::tcp::socket;
  using lowest_layer_type = next_layer_type::lowest_layer_type;
  using executor_type = next_layer_type::executor_type;
  using error_code = boost::system::error_code;

  /// `connected` is the `which` end of a connection; `meter` may be null.
  counted_stream(next_layer_type connected, wire_meter* meter, wire_side which)
      : socket_(std::move(connected)) {
    if (meter != nullptr) {
      end_ = meter->join(which, socket_);
    }
  }
  counted_stream(counted_stream&&) = default;
  auto operator=(counted_stream&&) -> counted_stream& = delete;
  ~counted_stream() { close(); }

  [[nodiscard]] auto get_executor() -> executor_type { return socket_.get_executor(); }
  [[nodiscard]] auto lowest_layer() -> lowest_layer_type& { return socket_; }
  [[nodiscard]] auto lowest_layer() const -> const lowest_layer_type& { return socket_; }

  template <class Buffers, class Token> auto async_read_some(const Buffers& into, Token&& token) {
    return boost::asio::async_compose<Token, void(error_code, std::size_t)>(
        read_op<Buffers>{socket_, end_, into}, token, socket_);
  }

  template <class Buffers, class Token> auto async_write_some(const Buffers& from, Token&& token) {
    return boost::asio::async_compose<Token, void(error_code, std::size_t)>(
        write_op<Buffers>{socket_, end_, from}, token, socket_);
  }

  /// Completes when a read would not wait: bytes, an end, or an error. Takes nothing.
  template <class Token> auto async_wait_readable(Token&& token) {
    return boost::asio::async_compose<Token, void(error_code)>(
        wait_op{socket_, end_}, token, socket_);
  }

  /// What a read would find right now.
  enum class finding { nothing, bytes, closed };
  [[nodiscard]] auto peek() -> finding {
    auto byte = char{};
    const auto got = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (got > 0) {
      return finding::bytes;
    }
    const auto empty = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    return empty ? finding::nothing : finding::closed;
  }

  /// The byte that a read would give first, if there is one right now.
  [[nodiscard]] auto peek_byte() -> std::optional<unsigned char> {
    auto byte = static_cast<unsigned char>(0);
    const auto got = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got > 0 ? std::optional(byte) : std::nullopt;
  }

  /// Sends the end of the stream after what was written; reading goes on.
  void finish() {
    auto ignored = error_code();
    socket_.shutdown(next_layer_type::shutdown_send, ignored);
    end_.finish();
  }
  /// Closes at once; the peer may see a reset (always, with `reset` set) instead of an end.
  void close(bool reset = false) {
    auto ignored = error_code();
    if (reset) {
      socket_.set_option(boost::asio::socket_base::linger(true, 0), ignored);
    }
    socket_.close(ignored);
    end_.leave();
  }

private:
  template <class Buffers> struct read_op {
    next_layer_type& socket;
    wire_end end;
    Buffers into;
    bool begun = false;

    template <class Self>
    void operator()(Self& self, error_code error = {}, std::size_t amount = 0) {
      if (std::exchange(begun, true)) {
        end.end_read(error, amount);
        self.complete(error, amount);
        return;
      }
      end.begin_read();
      auto& from = socket;
      const auto buffers = into;
      from.async_read_some(buffers, std::move(self));
    }
  };

  template <class Buffers> struct write_op {
    next_layer_type& socket;
    wire_end end;
    Buffers from;
    bool begun = false;

    template <class Self>
    void operator()(Self& self, error_code error = {}, std::size_t amount = 0) {
      if (std::exchange(begun, true)) {
        end.end_write(amount);
        self.complete(error, amount);
        return;
      }
      end.begin_write();
      auto& into = socket;
      const auto buffers = from;
      into.async_write_some(buffers, std::move(self));
    }
  };

  struct wait_op {
    next_layer_type& socket;
    wire_end end;
    bool begun = false;

    template <class Self> void operator()(Self& self, error_code error = {}) {
      if (std::exchange(begun, true)) {
        end.end_read({}, 0);
        self.complete(error);
        return;
      }
      end.begin_read();
      auto& on = socket;
      on.async_wait(next_layer_type::wait_read, std::move(self));
    }
  };

  next_layer_type socket_;
  wire_end end_;
};

} // namespace seams
