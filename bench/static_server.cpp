#include "bench/static_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace bench {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;
using net::ip::tcp;
using error_code = boost::system::error_code;

template <class Stream>
auto send_file(Stream& stream, const std::string& path) -> net::awaitable<void> {
  auto buffer = boost::beast::flat_buffer();
  auto error = error_code();
  while (!error) {
    auto request = http::request<http::empty_body>();
    co_await http::async_read(
        stream, buffer, request, net::redirect_error(net::use_awaitable, error));
    if (error) {
      co_return;
    }
    auto answer = http::response<http::file_body>(http::status::ok, 11);
    answer.set(http::field::content_type, "application/json");
    answer.body().open(path.c_str(), boost::beast::file_mode::scan, error);
    answer.prepare_payload();
    co_await http::async_write(stream, answer, net::redirect_error(net::use_awaitable, error));
  }
}

auto serve_connection(tcp::socket accepted,
                      std::string path,
                      std::shared_ptr<net::ssl::context> tls) -> net::awaitable<void> {
  accepted.set_option(tcp::no_delay(true));
  if (!tls) {
    co_await send_file(accepted, path);
    co_return;
  }
  auto secure = net::ssl::stream<tcp::socket>(std::move(accepted), *tls);
  co_await secure.async_handshake(net::ssl::stream_base::server, net::use_awaitable);
  co_await send_file(secure, path);
}

auto accept_all(tcp::acceptor& listening, std::string path, std::shared_ptr<net::ssl::context> tls)
    -> net::awaitable<void> {
  auto error = error_code();
  while (!error) {
    auto accepted = co_await listening.async_accept(net::redirect_error(net::use_awaitable, error));
    if (!error) {
      net::co_spawn(listening.get_executor(),
                    serve_connection(std::move(accepted), path, tls),
                    net::detached);
    }
  }
}

} // namespace

void serve_file(tcp::acceptor& listening,
                const std::string& path,
                const std::shared_ptr<net::ssl::context>& tls) {
  net::co_spawn(listening.get_executor(), accept_all(listening, path, tls), net::detached);
}

} // namespace bench
