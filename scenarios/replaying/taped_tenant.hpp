#pragma once
// The tenant as it answered while a cassette was recorded.
#include "core/seams/clock.hpp"
#include "mock_graph/service.hpp"
#include "replay/match/tape_index.hpp"
#include "scenarios/replaying/taped_login.hpp"

#include <map>

namespace scenarios::replaying {

enum class tape_mode {
  once, ///< what is used up stays at its end
  loop, ///< what is used up begins again
  fill  ///< as once; requests that were never recorded go to the tenant model
};

/// A request that fits nothing recorded.
struct unmatched_request {
  seams::instant at;
  std::string method;
  std::string url;
  replay::difference from;
};

class taped_tenant final : public mock_graph::service {
public:
  /// The tape, laid where it is to be played, the model, which issues tokens, and the clock outlive
  /// this.
  taped_tenant(const replay::cassette& tape,
               tape_mode mode,
               mock_graph::service& model,
               const seams::clock& time);

  /// Recorded exchanges come with the time they took, and their dates of the head (Date,
  /// Retry-After) as far from now as they were from the request. What fits nothing gets 404 with
  /// code "offtenant_unmatched" and the difference; the first page behind the end of the recording
  /// 503. Login documents come from the model.
  auto answer(const seams::request& query) -> mock_graph::reply override;

  /// Nothing recorded is left, but for tokens, which are not counted.
  [[nodiscard]] auto is_over() const -> bool;
  /// Recorded exchanges that are to be asked for: all but logins that worked.
  [[nodiscard]] auto wanted() const -> std::size_t { return wanted_; }
  [[nodiscard]] auto unused() const -> std::vector<std::size_t>;
  /// When one was last asked for.
  [[nodiscard]] auto last_progress() const -> seams::instant { return last_progress_; }
  /// How often each list was asked for once more after its end.
  [[nodiscard]] auto asked_again() const -> const std::map<std::string, std::size_t>& {
    return again_;
  }
  /// The first of them, and how many there were.
  [[nodiscard]] auto unmatched() const -> const std::vector<unmatched_request>& {
    return unmatched_;
  }
  [[nodiscard]] auto unmatched_count() const -> std::size_t { return unmatched_count_; }
  /// Requests that the tenant model answered in place of the tape.
  [[nodiscard]] auto filled() const -> std::size_t { return filled_; }

private:
  auto log_in(const seams::request& query) -> mock_graph::reply;
  auto played(std::size_t index) -> mock_graph::reply;
  auto refuse(const seams::request& query) -> mock_graph::reply;

  const replay::cassette& tape_;
  tape_mode mode_;
  mock_graph::service& model_;
  const seams::clock& time_;
  replay::tape_index index_;
  taped_login login_;
  std::size_t wanted_ = 0;
  std::size_t failures_left_ = 0;
  seams::instant last_progress_;
  std::map<std::string, std::size_t> again_;
  std::vector<unmatched_request> unmatched_;
  std::size_t unmatched_count_ = 0;
  std::size_t filled_ = 0;
};

} // namespace scenarios::replaying
