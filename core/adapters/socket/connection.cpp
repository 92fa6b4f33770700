#include "core/adapters/socket/connection.hpp"

#include "core/seams/counted_stream.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <openssl/x509_vfy.h>

namespace core::adapters {
namespace {

namespace net = boost::asio;
namespace ssl = boost::asio::ssl;
namespace http = boost::beast::http;
using error_code = boost::system::error_code;
using seams::counted_stream;
using tls_stream = ssl::stream<counted_stream>;

constexpr auto interim_answers_max = 8;
/// Beast reads as much as the buffer has room for, by default half a kilobyte.
constexpr auto read_bytes = std::size_t{64} * 1024;

auto wire_of(counted_stream& stream) -> counted_stream& {
  return stream;
}
auto wire_of(tls_stream& stream) -> counted_stream& {
  return stream.next_layer();
}

void throw_if_aborted(const error_code& error) {
  if (error == net::error::operation_aborted) {
    throw boost::system::system_error(error);
  }
}

template <class Stream> class connection_over final : public connection {
public:
  template <class... Arguments>
  explicit connection_over(Arguments&&... arguments)
      : stream_(std::forward<Arguments>(arguments)...) {
    buffer_.reserve(read_bytes);
  }

  [[nodiscard]] auto stream() -> Stream& { return stream_; }

  auto converse(std::string message, answer_limits limits, bool without_body)
      -> net::awaitable<conversation> override {
    auto unsent = error_code();
    const auto bytes = net::buffer(message);
    co_await net::async_write(stream_, bytes, net::redirect_error(net::use_awaitable, unsent));
    throw_if_aborted(unsent);
    // A peer that refuses a request half-way answers before it closes: look for that answer.
    auto out = co_await read_answer(limits, without_body);
    out.reusable = out.reusable && !unsent;
    co_return out;
  }

  [[nodiscard]] auto quiet() -> bool override {
    return buffer_.size() == 0 && wire_of(stream_).peek() == counted_stream::finding::nothing;
  }

private:
  auto read_answer(answer_limits limits, bool without_body) -> net::awaitable<conversation> {
    auto out = conversation();
    for (auto tries = 0; tries < interim_answers_max; ++tries) {
      auto parser = answer_parser(limits, without_body);
      co_await http::async_read(
          stream_, buffer_, parser, net::redirect_error(net::use_awaitable, out.error));
      throw_if_aborted(out.error);
      out.begun = out.begun || parser.got_some();
      if (out.error) {
        co_return out;
      }
      if (parser.status() / 100 != 1) {
        out.reusable = parser.keep_alive() && !parser.need_eof();
        out.answer = parser.release();
        co_return out;
      }
    }
    out.error = http::error::bad_status;
    co_return out;
  }

  Stream stream_;
  boost::beast::flat_buffer buffer_;
};

/// Name, address and time are checked against what the caller says, not against the system.
void expect_peer(tls_stream& stream, const dial_plan& plan) {
  auto* const session = stream.native_handle();
  auto* const rules = SSL_get0_param(session);
  const auto when = std::chrono::floor<std::chrono::seconds>(plan.now);
  X509_VERIFY_PARAM_set_time(rules, std::chrono::system_clock::to_time_t(when));
  if (X509_VERIFY_PARAM_set1_ip_asc(rules, plan.host.c_str()) != 1) {
    SSL_set1_host(session, plan.host.c_str());
    SSL_set_tlsext_host_name(session, plan.host.c_str());
  }
}

auto connect(dial_plan plan) -> net::awaitable<seams::result<counted_stream>> {
  auto socket = net::ip::tcp::socket(co_await net::this_coro::executor);
  auto error = error_code();
  {
    const auto counted = seams::wire_meter::connecting(plan.meter);
    co_await socket.async_connect(plan.to, net::redirect_error(net::use_awaitable, error));
  }
  throw_if_aborted(error);
  if (error) {
    co_return seams::failure(seams::reaction::retry_later, "connect_failed", error.message());
  }
  // Otherwise the last piece of a message may wait for an acknowledgement of the one before.
  socket.set_option(net::ip::tcp::no_delay(true), error);
  co_return counted_stream(std::move(socket), plan.meter, seams::wire_side::client);
}

auto reason(const tls_stream& stream, const error_code& error) -> std::string {
  auto& session = const_cast<tls_stream&>(stream);
  const auto verdict = SSL_get_verify_result(session.native_handle());
  return verdict == X509_V_OK ? error.message() : X509_verify_cert_error_string(verdict);
}

} // namespace

auto dial(dial_plan plan) -> net::awaitable<seams::result<std::unique_ptr<connection>>> {
  auto raw = co_await connect(plan);
  if (!raw) {
    co_return std::move(raw).error();
  }
  if (!plan.roots) {
    auto plain = std::make_unique<connection_over<counted_stream>>(std::move(*raw));
    co_return std::unique_ptr<connection>(std::move(plain));
  }
  auto secure = std::make_unique<connection_over<tls_stream>>(std::move(*raw), *plan.roots);
  auto& stream = secure->stream();
  expect_peer(stream, plan);
  auto error = error_code();
  co_await stream.async_handshake(ssl::stream_base::client,
                                  net::redirect_error(net::use_awaitable, error));
  throw_if_aborted(error);
  if (error) {
    co_return seams::failure(seams::reaction::retry_later, "tls_failed", reason(stream, error));
  }
  co_return std::unique_ptr<connection>(std::move(secure));
}

} // namespace core::adapters
