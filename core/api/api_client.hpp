#pragma once
// One call of an API with everything a good citizen does: token, pauses, limits, retries.
#include "core/auth/token_source.hpp"

#include <array>
#include <functional>
#include <map>

namespace core::api {

struct call {
  workload of = workload::graph;
  std::string method = "GET";
  std::string url;
  std::string body;                                        ///< JSON, or ""
  std::vector<std::pair<std::string, std::string>> fields; ///< headers beyond the usual ones
  std::string bucket;           ///< what the service throttles together; "": the workload's rest
  seams::duration spacing = {}; ///< least time between two calls of the bucket
  std::string_view feed = {};   ///< whose health suffers when the call is held back, or nobody's
  seams::duration patience = std::chrono::minutes{5}; ///< the longest pause that is slept through
  bool even_broken = false; ///< a success that is still no JSON at the last try is given out
  /// Changes something: sent again only after answers that say that nothing was done (throttling, a
  /// renewed token) and when no connection came about. What else may heal ends the call.
  bool once = false;
  std::vector<std::string> secrets =
      {}; ///< of the body: never told, even where a service echoes it
};

/// A call that is about to wait for the end of a pause.
struct hold {
  std::string_view feed;
  seams::duration rest;
  seams::failure why;
};

/// Shared by all feeds of a connector. Services count requests per app and tenant, and each for
/// itself (learn.microsoft.com/graph/throttling-limits), so a pause is shared by the calls of one
/// bucket of a workload and holds back nobody else. The login's own pause is kept by
/// `token_source`.
class api_client {
public:
  api_client(const connector_config& config,
             seams::clock& time,
             seams::choices& chance,
             seams::transport& wire,
             auth::token_source& tokens)
      : config_(config), time_(time), chance_(chance), wire_(wire), tokens_(tokens) {}

  /// The 2xx answer, whose body is empty or well-formed JSON within bounds, save for a call that
  /// wants it `even_broken`. Waits out the pauses of its bucket, honours Retry-After, renews a
  /// refused token once and repeats the same call (with the claims of a claims challenge), and
  /// tries again, with growing pauses, what may heal: no answer, a cut or garbled one, HTML, 5xx,
  /// trouble of the login. Redirects are not followed.
  ///
  /// Failures: those of `token_source`; when throttling outlasts the tries or a pause the patience
  /// of the call, what asked for the pause and when it ends: "429", "AF429", or "retry_after" for
  /// another refusal with a Retry-After, such as a 503 (without a request if the pause was known
  /// before); the transport's code, "answer_malformed"
  /// or "5xx" when trouble outlasts them (all retry_later); otherwise stop_and_diagnose with the
  /// service's own code ("AF20055", "Forbidden", "404") and words, those of
  /// `explain_refused_token`, or "not_in_this_cloud". A 401 or a 403 that is no throttling drops
  /// the token, so that a permission granted later is noticed. Texts never hold the token, nor
  /// the secrets of the call, even where the service echoes them.
  auto send(call what) -> boost::asio::awaitable<seams::result<seams::response>>;

  /// `hear` is called before each wait for the end of a pause.
  void when_held(std::function<void(const hold&)> hear) { hear_ = std::move(hear); }

  /// How far the service's clock is ahead of ours by its last Date header; differences under half
  /// a minute count as none, those over a day as a mistake of the service's.
  [[nodiscard]] auto clock_offset(workload which) const -> seams::duration;

private:
  enum class step { done, renew, throttled, trouble };
  struct verdict {
    step next = step::trouble;
    seams::failure why; ///< meaning depends on `next`; empty for a good answer
  };
  /// What is known of one bucket.
  struct standing {
    seams::duration paused_until{};
    seams::failure paused_for; ///< the answer that asked for the pause, and when it ends
    unsigned throttles_in_row = 0;
    seams::duration next_turn{};
  };
  struct tries {
    unsigned troubles = 0;
    unsigned throttles = 0;
    bool renewed = false;
  };

  /// Waits until the bucket of `what` may be asked again, in order of arrival.
  auto take_turn(const call& what) -> boost::asio::awaitable<void>;
  /// Waits for the end of the bucket's pause; false = it outlasts the patience of the call.
  auto wait_out_pause(const call& what) -> boost::asio::awaitable<bool>;
  auto request_for(const call& what, const std::string& token) -> seams::request;
  auto judge(const call& what,
             const seams::result<seams::response>& answer,
             const std::string& token) -> verdict;
  auto judge_refusal(const call& what, const seams::response& answer, const std::string& token)
      -> verdict;
  void note_throttle(standing& at, std::optional<seams::duration> asked, seams::failure why);
  void note_date(workload which, const seams::response& answer);
  auto goes_on(const verdict& said, const call& what, tries& so_far) -> bool;
  void pause(standing& at, seams::duration span, seams::failure why);
  auto rest_of_pause(const call& what) -> seams::duration;
  auto standing_of(const call& what) -> standing& { return standings_[{what.of, what.bucket}]; }
  [[nodiscard]] auto audience_of(workload which) const -> const std::string&;

  const connector_config& config_;
  seams::clock& time_;
  seams::choices& chance_;
  seams::transport& wire_;
  auth::token_source& tokens_;
  std::map<std::pair<workload, std::string>, standing> standings_; ///< by bucket
  std::array<seams::duration, workload_count> offsets_{};
  std::function<void(const hold&)> hear_;
};

} // namespace core::api
