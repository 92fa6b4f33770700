#include "core/adapters/socket/socket_transport.hpp"

#include "core/adapters/socket/content_coding.hpp"
#include "core/adapters/socket/name_lookup.hpp"
#include "core/seams/letters.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/beast/http/error.hpp>

#include <array>

namespace core::adapters {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;
using seams::failure;
using seams::reaction;
using seams::result;

/// An address that does not answer must not use up the time for the others.
constexpr auto dial_limit = seams::duration{std::chrono::seconds{10}};

constexpr auto fields_of_the_wire = std::array<std::string_view, 5>{
    "Content-Length", "Transfer-Encoding", "Content-Encoding", "Connection", "Keep-Alive"};

auto unavailable(std::string code, std::string why) -> failure {
  return {reaction::retry_later, std::move(code), std::move(why)};
}

auto explain(const conversation& talk) -> failure {
  const auto& error = talk.error;
  if (error == http::error::body_limit) {
    return unavailable("answer_too_large", "the answer's body exceeds the bound");
  }
  const auto ended = error == http::error::end_of_stream || error == http::error::partial_message;
  if (!ended && error.category() == make_error_code(http::error::end_of_stream).category()) {
    return unavailable("answer_malformed", "the answer is not HTTP: " + error.message());
  }
  return talk.begun ? unavailable("answer_cut", "the connection ended within the answer")
                    : unavailable("connection_reset", "the connection ended before the answer");
}

/// What claims a coding that we did not ask for, or does not follow it, stays as it came.
auto decode(seams::response answer, std::size_t size_max) -> result<seams::response> {
  const auto coding = std::string(answer.fields.find("Content-Encoding").value_or("identity"));
  for (const auto name : fields_of_the_wire) {
    answer.fields.remove(name);
  }
  if (answer.body.empty() || seams::equal_ignoring_case(coding, "identity")) {
    return answer;
  }
  if (!seams::equal_ignoring_case(coding, "gzip") &&
      !seams::equal_ignoring_case(coding, "x-gzip")) {
    answer.body_undecodable = true;
    return answer;
  }
  auto plain = gunzip(answer.body, size_max);
  if (plain.outcome == decoding::too_large) {
    return unavailable("answer_too_large", "the decoded body exceeds the bound");
  }
  answer.body_undecodable = plain.outcome == decoding::broken;
  if (plain.outcome == decoding::done) {
    answer.body = std::move(plain.body);
  }
  return answer;
}

} // namespace

auto always_to(const std::string& address, std::uint16_t port) -> result<route> {
  auto error = boost::system::error_code();
  const auto parsed = net::ip::make_address(address, error);
  if (error) {
    return failure(reaction::stop_and_diagnose, "connect_failed", address + " is no IP address");
  }
  const auto to = net::ip::tcp::endpoint(parsed, port);
  return route([to](std::string_view, std::uint16_t) { return to; });
}

auto socket_transport::exchange(seams::request query) -> net::awaitable<result<seams::response>> {
  if (options_.in_turn) {
    co_await time_.sleep_for(seams::duration::zero(), "turn to send");
  }
  const auto to = split_url(query.url);
  if (!to || !is_sendable(query)) {
    co_return unavailable("connect_failed", "not a request that HTTP can carry");
  }
  const auto origin = (is_encrypted(*to) ? "tls " : "tcp ") + to->authority;
  auto used = co_await obtain(origin, *to);
  if (!used) {
    co_return std::move(used).error();
  }
  auto message = request_text(query, *to, options_.accept_gzip);
  const auto head = query.method == "HEAD";
  auto talk = co_await (*used)->converse(std::move(message), options_.limits, head);
  if (talk.error) {
    co_return explain(talk);
  }
  if (talk.reusable) {
    keep(origin, std::move(*used));
  }
  co_return decode(std::move(talk.answer), options_.decoded_bytes_max);
}

auto socket_transport::obtain(const std::string& origin, const destination& to)
    -> net::awaitable<result<open_connection>> {
  if (auto idle = take_idle(origin)) {
    co_return std::move(idle);
  }
  const auto addresses = co_await addresses_of(to);
  if (!addresses) {
    co_return addresses.error();
  }
  auto plan = dial_plan();
  plan.meter = options_.meter;
  plan.host = to.host;
  plan.now = time_.wall();
  if (is_encrypted(to)) {
    if (!options_.roots) {
      co_return unavailable("tls_failed", "no root certificates were given");
    }
    plan.roots = options_.roots;
  }
  for (auto i = std::size_t{0}; i + 1 < addresses->size(); ++i) {
    plan.to = (*addresses)[i];
    auto dialled = co_await dial_within(plan, dial_limit);
    if (dialled) {
      co_return std::move(dialled);
    }
  }
  plan.to = addresses->back();
  co_return co_await dial(std::move(plan));
}

auto socket_transport::addresses_of(const destination& to)
    -> net::awaitable<result<std::vector<net::ip::tcp::endpoint>>> {
  if (!options_.find) {
    co_return co_await look_up(to.host, to.port);
  }
  const auto address = options_.find(to.host, to.port);
  if (!address) {
    co_return unavailable("connect_failed", "no route to " + to.authority);
  }
  co_return std::vector<net::ip::tcp::endpoint>(1, *address);
}

auto socket_transport::dial_within(dial_plan plan, seams::duration limit)
    -> net::awaitable<result<open_connection>> {
  using namespace net::experimental::awaitable_operators;
  auto first = co_await (dial(std::move(plan)) || time_.sleep_for(limit, "a connection"));
  if (first.index() == 0) {
    co_return std::get<0>(std::move(first));
  }
  co_return unavailable("connect_failed", "no connection within " + seams::to_text(limit));
}

auto socket_transport::take_idle(const std::string& origin) -> open_connection {
  auto& parked = idle_[origin];
  while (!parked.empty()) {
    auto candidate = std::move(parked.back());
    parked.pop_back();
    if (candidate->quiet()) {
      return candidate;
    }
  }
  return nullptr;
}

void socket_transport::keep(const std::string& origin, open_connection used) {
  auto& parked = idle_[origin];
  if (parked.size() < options_.idle_per_origin_max) {
    parked.push_back(std::move(used));
  }
}

auto socket_transport::is_encrypted(const destination& to) const -> bool {
  return to.encrypted && options_.secure == encryption::as_url_says;
}

} // namespace core::adapters
