#pragma once
// A feed of one or more tables of advanced hunting.
#include "core/feeds/hunting_reader.hpp"

namespace core::feeds {

/// Reads each table in turn with a cursor of its own; a table that fails stops no other. The first
/// failure is the poll's.
class hunting_feed final : public feed {
public:
  hunting_feed(const feed_facts& facts, const feed_options& options, const tools& with);

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  std::vector<hunting_reader> tables_;
};

} // namespace core::feeds
