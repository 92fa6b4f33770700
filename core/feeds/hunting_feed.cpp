#include "core/feeds/hunting_feed.hpp"

namespace core::feeds {

hunting_feed::hunting_feed(const feed_facts& facts,
                           const feed_options& options,
                           const tools& with) {
  const auto tables = tables_of(facts.name);
  for (const auto& table : tables) {
    auto memory = options.name + (tables.size() == 1 ? "" : "/" + std::string(table.name));
    tables_.emplace_back(facts, table, options, std::move(memory), with);
  }
}

auto hunting_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  auto out = seams::result<poll_report>(poll_report());
  for (auto& table : tables_) {
    const auto done = co_await table.poll();
    if (!done && out) {
      out = done.error();
    }
  }
  co_return out;
}

} // namespace core::feeds
