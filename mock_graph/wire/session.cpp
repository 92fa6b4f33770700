#include "mock_graph/wire/session.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/wire/framing.hpp"
#include "mock_graph/wire/gzip.hpp"
#include "mock_graph/wire/presentation.hpp"
#include "mock_graph/wire/request_parser.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>

#include <algorithm>
#include <array>

namespace mock_graph::wire {
namespace {

namespace net = boost::asio;
namespace ssl = boost::asio::ssl;
namespace http = boost::beast::http;
using boost::beast::flat_buffer;
using error_code = boost::system::error_code;
using seams::counted_stream;
using tls_stream = ssl::stream<counted_stream>;

/// After a refusal the rest of the request is read and dropped, or the client would see a reset
/// instead of the answer.
constexpr auto dropped_bytes_max = std::size_t{64} * 1024 * 1024;

/// Beast reads as much as the buffer has room for, by default half a kilobyte.
constexpr auto read_bytes = std::size_t{16} * 1024;

auto wire_of(counted_stream& stream) -> counted_stream& {
  return stream;
}
auto wire_of(tls_stream& stream) -> counted_stream& {
  return stream.next_layer();
}

/// Keeps a stream in the list of open ones for as long as it is served.
class registration {
public:
  registration(session_host& host, counted_stream& wire) : host_(host), wire_(wire) {
    host_.open.insert(&wire_);
  }
  registration(const registration&) = delete;
  auto operator=(const registration&) -> registration& = delete;
  ~registration() { host_.open.erase(&wire_); }

private:
  session_host& host_;
  counted_stream& wire_;
};

/// Reads and drops until the peer closes, or too much has come.
auto drain(counted_stream& wire, std::size_t bytes_max) -> net::awaitable<void> {
  auto scratch = std::array<char, 4096>();
  auto error = error_code();
  for (auto total = std::size_t{0}; !error && total < bytes_max;) {
    const auto into = net::buffer(scratch);
    total += co_await wire.async_read_some(into, net::redirect_error(net::use_awaitable, error));
  }
}

/// True when the peer has closed; false when it has sent something more, so that nobody can tell.
auto closed_by_peer(counted_stream& wire) -> net::awaitable<bool> {
  auto error = error_code();
  co_await wire.async_wait_readable(net::redirect_error(net::use_awaitable, error));
  co_return error || wire.peek() == counted_stream::finding::closed;
}

/// Waits like a slow service, but not for a client that has gone: false then. On the wire without
/// bytes a cancelled wait ends at once too, and no wire may leave a sleeper that others do not.
auto wait_for_client(counted_stream& wire,
                     seams::clock& time,
                     seams::duration delay,
                     std::string why) -> net::awaitable<bool> {
  using namespace net::experimental::awaitable_operators;
  const auto until = time.elapsed() + delay;
  const auto first = co_await (time.sleep_for(delay, why) || closed_by_peer(wire));
  if (first.index() == 0) {
    co_return true;
  }
  if (std::get<1>(first)) {
    co_return false;
  }
  co_await time.sleep_for(until - time.elapsed(), why);
  co_return true;
}

auto refusal_status(const error_code& error) -> int {
  if (error == http::error::header_limit) {
    return 431;
  }
  return error == http::error::body_limit ? 413 : 400;
}

auto is_refusable(const error_code& error) -> bool {
  return error != http::error::end_of_stream && error != http::error::partial_message &&
         error.category() == make_error_code(http::error::end_of_stream).category();
}

template <class Stream>
auto write_all(Stream& stream, std::string bytes) -> net::awaitable<error_code> {
  auto error = error_code();
  const auto from = net::buffer(bytes);
  co_await net::async_write(stream, from, net::redirect_error(net::use_awaitable, error));
  co_return error;
}

template <class Stream> auto refuse(Stream& stream, int status) -> net::awaitable<void> {
  co_await write_all(stream, refusal(status));
  wire_of(stream).finish();
  co_await drain(wire_of(stream), dropped_bytes_max);
}

template <class Stream>
auto read_request(Stream& stream, flat_buffer& buffer, request_parser& into)
    -> net::awaitable<error_code> {
  auto error = error_code();
  co_await http::async_read_header(
      stream, buffer, into, net::redirect_error(net::use_awaitable, error));
  if (error) {
    co_return error;
  }
  const auto expects = into.fields().find("Expect").value_or("");
  if (seams::equal_ignoring_case(expects, "100-continue") && !into.is_done()) {
    error = co_await write_all(stream, "HTTP/1.1 100 Continue\r\n\r\n");
  }
  if (!error && !into.is_done()) {
    co_await http::async_read(stream, buffer, into, net::redirect_error(net::use_awaitable, error));
  }
  co_return error;
}

/// Lets `answer` travel as it is meant to. True when the connection can carry another request.
template <class Stream>
auto deliver(Stream& stream, const reply& answer, const framing_rules& rules)
    -> net::awaitable<bool> {
  if (answer.travel.how == delivery::kind::reset) {
    wire_of(stream).close(true);
    co_return false;
  }
  if (answer.travel.how == delivery::kind::silence) {
    co_await drain(wire_of(stream), std::numeric_limits<std::size_t>::max());
    co_return false;
  }
  const auto error = co_await write_all(stream, to_bytes(answer, rules));
  co_return !error && rules.keep_alive && answer.travel.how != delivery::kind::cut;
}

auto rules_for(const request_parser& incoming, const seams::request& query, int status)
    -> framing_rules {
  auto rules = framing_rules();
  rules.version = incoming.version();
  rules.keep_alive = incoming.keep_alive();
  rules.gzip = accepts_gzip(query.fields.find("Accept-Encoding").value_or(""));
  rules.body_allowed = has_body(query.method, status);
  return rules;
}

/// Undoes the coding of the body; gives the status of a refusal, or 0.
auto unpack(seams::request& query) -> int {
  const auto coding = query.fields.find("Content-Encoding").value_or("identity");
  if (seams::equal_ignoring_case(coding, "identity")) {
    return 0;
  }
  if (!is_gzip(coding)) {
    return 415;
  }
  auto body = gunzip(query.body, body_bytes_max);
  if (!body) {
    return 400;
  }
  query.body = *std::move(body);
  query.fields.remove("Content-Encoding");
  return 0;
}

template <class Stream>
auto answer_one(Stream& stream, session_host& host, request_parser& incoming)
    -> net::awaitable<bool> {
  auto raw = incoming.release(host.scheme);
  if (const auto status = raw.url.empty() ? 400 : unpack(raw); status != 0) {
    co_await refuse(stream, status);
    co_return false;
  }
  const auto query = as_service_sees(raw);
  auto found = co_await host.api->answer(query);
  const auto answer = as_client_sees(query.method, std::move(found));
  if (answer.travel.delay > seams::duration::zero()) {
    auto& wire = wire_of(stream);
    if (!co_await wait_for_client(wire, host.time, answer.travel.delay, wait_label(query))) {
      co_return false;
    }
  }
  const auto rules = rules_for(incoming, raw, answer.response.status);
  co_return co_await deliver(stream, answer, rules);
}

template <class Stream>
auto answer_all(Stream& stream, session_host& host) -> net::awaitable<void> {
  auto buffer = flat_buffer();
  buffer.reserve(read_bytes);
  for (auto more = true; more;) {
    auto incoming = request_parser();
    const auto error = co_await read_request(stream, buffer, incoming);
    if (is_refusable(error)) {
      co_await refuse(stream, refusal_status(error));
    }
    if (error) {
      co_return;
    }
    more = co_await answer_one(stream, host, incoming);
  }
}

/// What begins every TLS connection: a handshake record (RFC 8446, 5.1).
constexpr auto handshake_record = static_cast<unsigned char>(22);

/// The host of "graph.microsoft.com:443" in lower case; "" for another port.
auto tls_host_of(std::string_view authority) -> std::string {
  const auto colon = authority.find(':');
  const auto is_tls = colon != std::string_view::npos && authority.substr(colon) == ":443";
  return is_tls ? seams::lower_case(authority.substr(0, colon)) : std::string();
}

auto tunnel_refusal(const std::string& authority) -> std::string {
  const auto text =
      "this stands in for Microsoft's hosts, at port 443, and contacts no other: " + authority +
      "\n";
  return "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nConnection: close\r\n"
         "Content-Length: " +
         std::to_string(text.size()) + "\r\n\r\n" + text;
}

/// Answers a CONNECT; true when TLS follows on the same connection.
auto open_tunnel(counted_stream& wire, const session_host& host) -> net::awaitable<bool> {
  auto buffer = flat_buffer();
  auto incoming = request_parser();
  const auto error = co_await read_request(wire, buffer, incoming);
  if (error || incoming.method() != "CONNECT") {
    co_await refuse(wire, 400);
    co_return false;
  }
  const auto wanted = tls_host_of(incoming.target());
  if (wanted.empty() || !host.tunnels(wanted)) {
    co_await write_all(wire, tunnel_refusal(incoming.target()));
    wire.finish();
    co_return false;
  }
  co_return !co_await write_all(wire, "HTTP/1.1 200 Connection established\r\n\r\n");
}

/// Whether what comes next on the connection is TLS, after a tunnel was opened if need be.
auto comes_to_tls(counted_stream& wire, const session_host& host) -> net::awaitable<bool> {
  if (!host.tunnels) {
    co_return true;
  }
  auto error = error_code();
  co_await wire.async_wait_readable(net::redirect_error(net::use_awaitable, error));
  if (error || wire.peek_byte() == handshake_record) {
    co_return !error;
  }
  co_return co_await open_tunnel(wire, host);
}

} // namespace

auto serve(net::ip::tcp::socket accepted, std::shared_ptr<session_host> host)
    -> net::awaitable<void> {
  auto error = error_code();
  accepted.set_option(net::ip::tcp::no_delay(true), error);
  auto wire = counted_stream(std::move(accepted), host->meter, seams::wire_side::server);
  if (!host->tls) {
    const auto listed = registration(*host, wire);
    co_await answer_all(wire, *host);
    co_return;
  }
  if (const auto goes_on = co_await comes_to_tls(wire, *host); !goes_on) {
    co_return;
  }
  auto secure = tls_stream(std::move(wire), *host->tls);
  const auto listed = registration(*host, secure.next_layer());
  co_await secure.async_handshake(ssl::stream_base::server,
                                  net::redirect_error(net::use_awaitable, error));
  if (!error) {
    co_await answer_all(secure, *host);
  }
}

} // namespace mock_graph::wire
