#pragma once
// An index over recorded exchanges: the answer to a request, in the same time for ten and for
// 100,000 of them.
#include "replay/cassette/cassette.hpp"
#include "replay/match/difference.hpp"
#include "replay/match/request_shape.hpp"

#include <cstdint>
#include <functional>
#include <unordered_map>

namespace replay {

/// What was found for a request.
struct match {
  enum class kind {
    recorded,  ///< the exchange at `index`, for the first time
    again,     ///< it has been used up: the last exchange that is an end (or in a loop, the first)
    cut_off,   ///< a page that was offered, but never asked for before the recording ended
    unmatched, ///< nothing like it was ever recorded
  };
  kind how = kind::unmatched;
  std::size_t index = 0; ///< for `recorded` and `again`
};

/// Each resource (see `resource_key`) has its exchanges in order of the tape: the n-th request for
/// it gets the n-th. A link that an answer gave out is followed to where it led; one whose text was
/// changed by redaction, to the next continuation of the same list. When a resource is used up, its
/// last answer that a poller would have stopped at is given again: the last that is no 401, 429,
/// 5xx and no broken connection. A delta link that was never followed leads back to its page.
class tape_index {
public:
  /// Takes the exchanges for which `wanted` holds, all if it is empty. The tape outlives the index
  /// and does not change. In a loop, what is used up begins again.
  explicit tape_index(const std::vector<exchange>& tape,
                      bool loops = false,
                      const std::function<bool(const exchange&)>& wanted = {});

  auto take(const seams::request& query) -> match;

  /// The recorded exchange most like a request, and in what they differ. Looks at few only.
  [[nodiscard]] auto closest_to(const seams::request& query) const -> difference;

  [[nodiscard]] auto is_used(std::size_t index) const -> bool { return used_[index]; }
  /// Of those that are in the index.
  [[nodiscard]] auto unused() const -> std::size_t { return unused_; }
  /// The first exchange with that host that was not used yet, in order of the tape.
  [[nodiscard]] auto first_unused_of(const std::string& host) -> std::optional<std::size_t>;

private:
  /// Exchanges that answer the same question, in order.
  struct lane {
    std::vector<std::uint32_t> at;
    std::size_t next = 0;
    std::size_t repeats = 0;          ///< in a loop, how often one was given again
    std::optional<std::uint32_t> end; ///< given again when all are used
  };
  /// A link that an answer of the tape holds.
  struct offer {
    std::uint32_t by = 0;
    bool is_delta = false;
    bool is_out = false; ///< its answer was given
  };

  void add(std::uint32_t index);
  void note_offers(std::uint32_t index, const std::string& list);
  void offer_for_comparison(std::uint32_t index, const request_shape& shape);
  auto lane_for(const seams::request& query, const request_shape& shape) -> lane*;
  auto take_from(lane& from) -> match;
  auto given(match what) -> match;
  auto next_unused(lane& of) const -> std::optional<std::uint32_t>;

  const std::vector<exchange>& tape_;
  bool loops_;
  std::vector<bool> used_;
  std::size_t unused_ = 0;
  std::unordered_map<std::string, offer> offers_;                    ///< by `link_key`
  std::unordered_map<std::uint32_t, std::vector<offer*>> offers_by_; ///< of each answer
  std::unordered_map<std::string, lane> links_;
  std::unordered_map<std::string, lane> continuations_;
  std::unordered_map<std::string, lane> resources_;
  std::unordered_map<std::string, lane> hosts_;
  /// A few resources below each path, for `closest_to`.
  std::unordered_map<std::string, std::vector<std::uint32_t>> near_;
};

} // namespace replay
