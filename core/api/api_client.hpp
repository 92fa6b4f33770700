#pragma once
// One call of an API with everything a good citizen does: token, pauses, limits, retries.
#include "core/auth/token_source.hpp"

#include <array>
#include <map>

namespace core::api {

struct call {
  workload of = workload::graph;
  std::string method = "GET";
  std::string url;
  std::string body;                                        ///< JSON, or ""
  std::vector<std::pair<std::string, std::string>> fields; ///< headers beyond the usual ones
  std::string_view bucket = {}; ///< calls that share a small throttling budget, or ""
  seams::duration spacing = {}; ///< least time between two calls of the bucket
  bool even_broken = false; ///< a success that is still no JSON at the last try is given out
};

/// Shared by all feeds of a connector. Throttling is counted per app, tenant and workload, so
/// pauses are shared that way. The login's own pause is kept by `token_source`.
class api_client {
public:
  api_client(const connector_config& config,
             seams::clock& time,
             seams::choices& chance,
             seams::transport& wire,
             auth::token_source& tokens)
      : config_(config), time_(time), chance_(chance), wire_(wire), tokens_(tokens) {}

  /// The 2xx answer, whose body is empty or well-formed JSON within bounds, save for a call that
  /// wants it `even_broken`. Waits out the pauses of
  /// its workload, honours Retry-After, renews a refused token once and repeats the same call
  /// (with the claims of a claims challenge), and tries again, with growing pauses, what may heal:
  /// no answer, a cut or garbled one, HTML, 5xx, trouble of the login. Redirects are not followed.
  ///
  /// Failures: those of `token_source`; code "429" or "AF429" when throttling outlasts the tries
  /// or the pause asked for is longer than five minutes, the transport's code, "answer_malformed"
  /// or "5xx" when trouble outlasts them (all retry_later); otherwise stop_and_diagnose with the
  /// service's own code ("AF20055", "Forbidden", "404") and words, those of
  /// `explain_refused_token`, or "not_in_this_cloud". A 401 or a 403 that is no throttling drops
  /// the token, so that a permission granted later is noticed. Texts never hold the token, even
  /// where the service echoes it.
  auto send(call what) -> boost::asio::awaitable<seams::result<seams::response>>;

  /// How far the service's clock is ahead of ours by its last Date header; differences under half
  /// a minute count as none, those over a day as a mistake of the service's.
  [[nodiscard]] auto clock_offset(workload which) const -> seams::duration;

private:
  enum class step { done, renew, throttled, trouble };
  struct verdict {
    step next = step::trouble;
    seams::failure why; ///< meaning depends on `next`; empty for a good answer
  };
  /// What is known of one workload.
  struct standing {
    seams::duration paused_until{};
    unsigned throttles_in_row = 0;
    seams::duration offset{};
  };
  struct tries {
    unsigned troubles = 0;
    unsigned throttles = 0;
    bool renewed = false;
  };

  /// Waits until the bucket of `what` may be asked again, in order of arrival.
  auto take_turn(const call& what) -> boost::asio::awaitable<void>;
  auto wait_for(workload which) -> boost::asio::awaitable<void>;
  auto request_for(const call& what, const std::string& token) -> seams::request;
  auto judge(const call& what,
             const seams::result<seams::response>& answer,
             const std::string& token) -> verdict;
  auto judge_refusal(const call& what, const seams::response& answer, const std::string& token)
      -> verdict;
  void note_throttle(workload which, std::optional<seams::duration> asked);
  void note_date(workload which, const seams::response& answer);
  auto goes_on(const verdict& said, workload which, tries& so_far) -> bool;
  void pause(workload which, seams::duration span);
  auto of(workload which) -> standing& { return standings_[static_cast<std::size_t>(which)]; }
  [[nodiscard]] auto audience_of(workload which) const -> const std::string&;

  const connector_config& config_;
  seams::clock& time_;
  seams::choices& chance_;
  seams::transport& wire_;
  auth::token_source& tokens_;
  std::array<standing, workload_count> standings_{};
  std::map<std::string_view, seams::duration> next_turn_; ///< by bucket
};

} // namespace core::api
