#pragma once
// Carries out what a user asks for: looks first, sends what is needed, looks again.
#include "core/exchange/cmdlet_runner.hpp"
#include "core/safe_links/commands.hpp"

namespace core::safe_links {

/// A request to Exchange, as it is or would be sent.
struct sent_request {
  std::string method;
  std::string url;
  std::string body;
};

struct outcome {
  std::vector<object> rows; ///< what a list shows; of a change, the object as it is afterwards
  bool cut = false;         ///< a list is not whole, and the rest cannot be had
  bool changed = false;     ///< false: everything was as asked
  std::vector<sent_request> changes; ///< sent, or with `what_if` those that would be
  std::vector<std::string> remarks;  ///< what is worth knowing, one sentence each
};

/// One cmdlet that changes something, and what the object is to be then.
struct change {
  std::string cmdlet;
  object parameters;
  std::optional<object> wanted; ///< nothing: gone
};

/// Asking twice changes once, and each change is sent once, unless a look shows that it did not
/// come about. What a cmdlet answers is not trusted: after a change the object is read again and
/// compared, because changes print nothing, answers get lost, and an `Identity` that
/// names nothing makes the service show everything
/// (learn.microsoft.com/powershell/module/exchangepowershell/get-safelinkspolicy).
class administration {
public:
  administration(exchange::cmdlet_runner& cmdlets, seams::clock& time)
      : cmdlets_(cmdlets), time_(time) {}

  /// With `what_if` only reads are sent. A new object is waited for, up to four minutes: it takes a
  /// while until every server knows it.
  ///
  /// Failures besides those of `cmdlet_runner::run`: "not_found"; "exists" for one that is there
  /// and differs; "bad_priority" for a place that no rule can have; "in_use" for a policy that a
  /// rule applies; "not_as_asked" if a change was taken and does not show; all of them say so in
  /// words.
  auto perform(const request& what, bool what_if) -> boost::asio::awaitable<seams::result<outcome>>;

private:
  using found_object = seams::result<std::optional<object>>;

  auto list(const request& what) -> boost::asio::awaitable<seams::result<outcome>>;
  auto list_pages(std::string cmdlet, object parameters)
      -> boost::asio::awaitable<seams::result<outcome>>;
  auto create(const request& what, bool what_if) -> boost::asio::awaitable<seams::result<outcome>>;
  auto update(const request& what, bool what_if) -> boost::asio::awaitable<seams::result<outcome>>;
  auto remove(const request& what, bool what_if) -> boost::asio::awaitable<seams::result<outcome>>;

  /// The object that the request names, or nothing if there is none.
  auto find(subject about, std::string name) -> boost::asio::awaitable<found_object>;
  /// The same, once it is as `wanted`; what is there in the end if it never is.
  auto find_settled(subject about, std::string name, object wanted)
      -> boost::asio::awaitable<found_object>;
  auto check_unused(std::string policy) -> boost::asio::awaitable<seams::result<void>>;
  /// Whether a rule can have the priority that is asked for, if one is.
  auto check_priority(const request& what) -> boost::asio::awaitable<seams::result<void>>;
  /// Sends one change. An object that is not known yet is waited for; where nobody knows whether
  /// the change came about, it is sent again after a look that does not show it; one that shows
  /// it is remarked on. Of several failures, gives the first.
  auto send(subject about, std::string name, change what, outcome& out)
      -> boost::asio::awaitable<seams::result<void>>;
  [[nodiscard]] auto as_sent(std::string_view cmdlet, const object& parameters) const
      -> sent_request;

  exchange::cmdlet_runner& cmdlets_;
  seams::clock& time_;
};

} // namespace core::safe_links
