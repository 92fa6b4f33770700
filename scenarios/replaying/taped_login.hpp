#pragma once
// The recorded logins: tokens are made anew, failures come back in their order.
#include "replay/cassette/cassette.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace scenarios::replaying {

/// A token that was issued, as far as it can be read.
struct recorded_token {
  std::chrono::milliseconds at{}; ///< from the base time
  std::vector<std::string> roles;
};

class taped_login {
public:
  /// The tape outlives this and does not change.
  explicit taped_login(const std::vector<replay::exchange>& tape);

  /// Whether a request asks a login for a token.
  static auto is_token_request(const seams::request& asked) -> bool;

  /// Whether something that was recorded on that host before that exchange was not asked for yet.
  using still_due = std::function<bool(const std::string& host, std::size_t before)>;

  /// The recorded failure that answers this request, or nothing: then a token is issued. A poller
  /// may renew tokens more or less often than was recorded, so a failure comes once all that was
  /// recorded before it, on the host the token is for, has been asked for; the last one stays if
  /// no token followed it.
  auto failure_for(const seams::request& asked, const still_due& is_due)
      -> std::optional<std::size_t>;

  /// Recorded failures that were not given yet.
  [[nodiscard]] auto failures_left() const -> std::vector<std::size_t>;

  /// By resource ("https://graph.microsoft.com"), in order of time; also where none was issued.
  [[nodiscard]] auto resources() const
      -> const std::map<std::string, std::vector<recorded_token>>& {
    return tokens_;
  }
  /// How long the first token that says so was good for.
  [[nodiscard]] auto lifetime() const -> std::optional<std::chrono::seconds> { return lifetime_; }
  [[nodiscard]] auto requests() const -> std::size_t { return requests_; }

private:
  struct queue {
    std::vector<std::size_t> at; ///< exchanges, in order
    std::size_t next = 0;
  };

  [[nodiscard]] auto is_failure(std::size_t index) const -> bool;
  void read_token(const replay::exchange& one, const std::string& resource);

  const std::vector<replay::exchange>& tape_;
  std::map<std::string, queue> queues_; ///< by resource
  std::map<std::string, std::vector<recorded_token>> tokens_;
  std::optional<std::chrono::seconds> lifetime_;
  std::size_t requests_ = 0;
};

} // namespace scenarios::replaying
