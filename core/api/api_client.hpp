#pragma once
// One call of an API with everything a good citizen does: token, pauses, limits, retries.
#include "core/auth/token_source.hpp"

#include <array>

namespace core::api {

/// Throttling is counted per app, tenant and workload, so pauses are shared that way.
enum class workload { graph, management };

struct call {
  workload of = workload::graph;
  std::string method = "GET";
  std::string url;
  std::string body; ///< JSON, or ""
};

/// Shared by all feeds of a connector.
class api_client {
public:
  api_client(const connector_config& config,
             seams::clock& time,
             seams::choices& chance,
             seams::transport& wire,
             auth::token_source& tokens)
      : config_(config), time_(time), chance_(chance), wire_(wire), tokens_(tokens) {}

  /// The 2xx answer, whose body is empty or well-formed JSON within bounds. Waits out the pauses of
  /// its workload, honours Retry-After, renews a refused token once and repeats the same call, and
  /// tries again, with growing pauses, what may heal: no answer, a cut or garbled one, HTML, 5xx.
  ///
  /// Failures: those of `token_source`; code "429" or "AF429" when throttling outlasts the tries,
  /// the transport's code or "5xx" when trouble does (all retry_later); otherwise
  /// stop_and_diagnose with the service's own code ("AF20055", "Forbidden") and words. Any 401
  /// or 403 drops the token, so that a permission granted later is noticed.
  auto send(call what) -> boost::asio::awaitable<seams::result<seams::response>>;

private:
  /// What one try came to: an answer, a failure to report, or nothing yet.
  struct verdict {
    std::optional<seams::result<seams::response>> final;
    seams::failure trouble;
  };

  auto wait_for(workload which) -> boost::asio::awaitable<void>;
  auto request_for(const call& what, const std::string& token) -> seams::request;
  auto judge(const call& what, seams::result<seams::response> answer, unsigned attempt) -> verdict;
  auto throttled(workload which, const seams::response& answer, std::string code, unsigned attempt)
      -> verdict;
  void pause(workload which, seams::duration span);
  [[nodiscard]] auto audience_of(workload which) const -> const std::string&;

  const connector_config& config_;
  seams::clock& time_;
  seams::choices& chance_;
  seams::transport& wire_;
  auth::token_source& tokens_;
  std::array<seams::duration, 2> paused_until_{};
};

} // namespace core::api
