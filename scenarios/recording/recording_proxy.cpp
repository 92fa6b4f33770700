#include "scenarios/recording/recording_proxy.hpp"

#include "core/adapters/socket/request_text.hpp"
#include "mock_graph/wire/base_urls.hpp"
#include "scenarios/serve/front_door.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <array>

namespace scenarios::recording {
namespace {

namespace net = boost::asio;
using namespace std::chrono_literals;

/// Hunting queries may run for minutes; what takes longer will never come.
constexpr auto answer_limit = seams::duration{10min};

constexpr auto fields_of_one_hop = std::to_array<std::string_view>(
    {"Proxy-Authorization", "Proxy-Authenticate", "Proxy-Connection", "TE", "Trailer", "Upgrade"});

void remove_fields_of_one_hop(seams::headers& fields) {
  for (const auto name : fields_of_one_hop) {
    fields.remove(name);
  }
}

auto own_answer(int status, std::string text) -> seams::response {
  return {status, {{"Content-Type", "text/plain"}}, "offtenant record: " + text + '\n', false};
}

auto milliseconds_of(seams::duration span) -> std::chrono::milliseconds {
  return std::chrono::duration_cast<std::chrono::milliseconds>(span);
}

/// Counts a request for as long as it is answered, however that ends.
class counted {
public:
  explicit counted(std::size_t& count) : count_(count) { ++count_; }
  counted(const counted&) = delete;
  auto operator=(const counted&) -> counted& = delete;
  ~counted() { --count_; }

private:
  std::size_t& count_;
};

auto exchange_within(seams::clock& time, seams::transport& wire, seams::request query)
    -> net::awaitable<seams::result<seams::response>> {
  using namespace net::experimental::awaitable_operators;
  auto first = co_await (wire.exchange(std::move(query)) ||
                         time.sleep_for(answer_limit, "an answer from upstream"));
  if (first.index() == 0) {
    co_return std::get<0>(std::move(first));
  }
  co_return seams::failure(
      seams::reaction::retry_later, "answer_too_late", "no answer within ten minutes");
}

} // namespace

auto recording_proxy::answer(const seams::request& query) -> net::awaitable<mock_graph::reply> {
  const auto local = mock_graph::wire::read_local(query.url);
  auto meant = query;
  meant.url = local ? local->meant() : query.url;
  const auto to = core::adapters::split_url(meant.url);
  if (!to || !serve::is_served_host(to->host)) {
    auto refused = own_answer(403, "only Microsoft's hosts are recorded, others never contacted");
    co_return mock_graph::reply{std::move(refused), {}};
  }
  const auto counting = counted(under_way_);
  auto out = mock_graph::reply();
  out.response = co_await forward(std::move(meant));
  if (local) {
    mock_graph::wire::turn_links(out.response, *local);
  }
  co_return out;
}

auto recording_proxy::forward(seams::request query) -> net::awaitable<seams::response> {
  remove_fields_of_one_hop(query.fields);
  auto kept = replay::exchange();
  kept.at = milliseconds_of(time_.wall() - tape_.base());
  const auto begun = time_.elapsed();
  kept.asked = query;
  auto got = co_await exchange_within(time_, upstream_, std::move(query));
  kept.took = milliseconds_of(time_.elapsed() - begun);
  if (got && (got->status < 200 || got->status > 999)) {
    got = seams::failure(seams::reaction::retry_later, "answer_malformed", "no status of HTTP");
  }
  if (!got) {
    kept.failed = got.error().code;
    tape_.add(kept);
    co_return own_answer(502, "no answer from upstream: " + got.error().code);
  }
  remove_fields_of_one_hop(got->fields);
  kept.answered = *got;
  tape_.add(kept);
  co_return std::move(*got);
}

} // namespace scenarios::recording
