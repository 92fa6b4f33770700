#include "scenarios/replaying/recorded_records.hpp"

#include "core/feeds/feed_table.hpp"
#include "core/json/check.hpp"
#include "core/json/slice.hpp"
#include "core/seams/digest.hpp"
#include "scenarios/replaying/tape_feeds.hpp"

#include <map>
#include <set>

namespace scenarios::replaying {
namespace {

namespace json = core::json;
using core::feeds::source;

/// Goes through a tape once and remembers which blob belongs to which content.
class record_gatherer {
public:
  explicit record_gatherer(const replay::cassette& tape) : tape_(tape) {}

  auto gather() -> std::vector<mock_graph::tenant::event> {
    for (auto i = std::size_t{0}; i < tape_.exchanges.size(); ++i) {
      const auto& one = tape_.exchanges[i];
      if (one.answered.status == 200 && json::check(one.answered.body)) {
        look_at(one, i);
      }
    }
    return std::move(out_);
  }

private:
  void look_at(const replay::exchange& one, std::size_t index) {
    const auto asked = replay::shape_of(one.asked);
    if (const auto blob = blobs_.find(blob_key(asked)); blob != blobs_.end()) {
      keep_all(one.answered.body, blob->second, one, index);
      return;
    }
    const auto feed = std::string(feed_of(asked));
    const auto* facts = core::feeds::find_feed(feed);
    if (facts == nullptr) {
      return;
    }
    if (facts->from == source::activity && asked.path.back() == "content") {
      note_blobs(one.answered.body, feed);
    } else if (facts->from == source::graph_collection && feed != "defender_for_cloud") {
      keep_all(json::member(one.answered.body, "value").value_or(""), feed, one, index);
    }
  }

  /// Path alone: a blob of several pages is one blob.
  static auto blob_key(const replay::request_shape& asked) -> std::string {
    return replay::to_text(asked);
  }

  void note_blobs(std::string_view list, const std::string& feed) {
    json::for_each_element(list, [&](std::string_view one) {
      const auto uri = json::member(one, "contentUri");
      const auto text = uri ? json::as_string(*uri) : std::nullopt;
      if (text) {
        blobs_[blob_key(replay::shape_of({"GET", *text, {}, {}}))] = feed;
      }
    });
  }

  void keep_all(std::string_view items,
                const std::string& feed,
                const replay::exchange& one,
                std::size_t index) {
    json::for_each_element(items, [&](std::string_view item) {
      const auto known = feed + " " + seams::to_hex(seams::sha256(item));
      if (json::kind_of(item) != json::kind::object || !kept_.insert(known).second) {
        return;
      }
      auto what = mock_graph::tenant::verbatim_record();
      what.feed = feed;
      what.raw = item;
      what.origin = "exchange " + std::to_string(index + 1);
      auto origin = what.origin;
      out_.push_back({tape_.head.base + one.at, std::move(origin), std::move(what)});
    });
  }

  const replay::cassette& tape_;
  std::map<std::string, std::string> blobs_; ///< feed of each blob
  std::set<std::string> kept_;
  std::vector<mock_graph::tenant::event> out_;
};

} // namespace

auto recorded_records(const replay::cassette& tape) -> std::vector<mock_graph::tenant::event> {
  return record_gatherer(tape).gather();
}

} // namespace scenarios::replaying
