#include "bench/load.hpp"

#include "core/adapters/socket/system_clock.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <vector>

namespace bench {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;
using net::ip::tcp;

constexpr auto server_name = "graph.microsoft.com";

class load {
public:
  explicit load(const load_plan& plan) : plan_(plan) {}

  auto run() -> load_figures {
    const auto throw_on = [](const std::exception_ptr& thrown) {
      if (thrown) {
        std::rethrow_exception(thrown);
      }
    };
    for (auto i = std::size_t{0}; i < plan_.connections; ++i) {
      net::co_spawn(context_, connection(), throw_on);
    }
    context_.run();
    std::ranges::sort(latencies_);
    auto out = figures_;
    out.requests_per_second =
        static_cast<double>(latencies_.size()) / static_cast<double>(plan_.measured.count());
    if (!latencies_.empty()) {
      out.median_us = latencies_[latencies_.size() / 2];
      out.p99_us = latencies_[latencies_.size() * 99 / 100];
    }
    return out;
  }

private:
  auto connection() -> net::awaitable<void> {
    auto socket = tcp::socket(context_);
    co_await socket.async_connect(plan_.server, net::use_awaitable);
    socket.set_option(tcp::no_delay(true));
    if (!plan_.tls) {
      co_await ask_on(socket);
      co_return;
    }
    auto secure = net::ssl::stream<tcp::socket>(std::move(socket), trusting_);
    SSL_set_tlsext_host_name(secure.native_handle(), server_name);
    co_await secure.async_handshake(net::ssl::stream_base::client, net::use_awaitable);
    co_await ask_on(secure);
  }

  template <class Stream> auto ask_on(Stream& stream) -> net::awaitable<void> {
    auto buffer = boost::beast::flat_buffer();
    buffer.reserve(std::size_t{64} << 10U);
    const auto counts_from = seams::duration(plan_.warm_up);
    const auto until = counts_from + plan_.measured;
    for (auto began = real_.elapsed() - start_; began < until; began = real_.elapsed() - start_) {
      const auto request = net::buffer(plan_.request);
      co_await net::async_write(stream, request, net::use_awaitable);
      auto answer = http::response<http::string_body>();
      co_await http::async_read(stream, buffer, answer, net::use_awaitable);
      figures_.body_bytes = answer.body().size();
      figures_.refused += answer.result_int() == 200 ? 0U : 1U;
      if (began >= counts_from) {
        const auto took = real_.elapsed() - start_ - began;
        latencies_.push_back(std::chrono::duration<double, std::micro>(took).count());
      }
    }
  }

  const load_plan& plan_;
  core::adapters::system_clock real_;
  seams::duration start_ = real_.elapsed();
  net::io_context context_{1};
  net::ssl::context trusting_{net::ssl::context::tls_client};
  std::vector<double> latencies_;
  load_figures figures_;
};

} // namespace

auto put_load_on(const load_plan& plan) -> load_figures {
  return load(plan).run();
}

} // namespace bench
