#pragma once
// What every door to a mailbox asks first: whose mailbox it is, and whether the app may come in.
#include "mock_graph/acts/performer.hpp"
#include "mock_graph/directory/user_book.hpp"
#include "mock_graph/graph/answers.hpp"
#include "mock_graph/graph/throttle_bucket.hpp"

#include <algorithm>
#include <map>

namespace mock_graph::mailboxes {

/// Text of 2026; bodies of earlier years speak of "inactive, soft-deleted or on-premises".
inline auto mailbox_missing() -> odata::api_error {
  return {404, "MailboxNotEnabledForRESTAPI", "REST API is not yet supported for this mailbox."};
}

/// A message, rule or folder that is not there. The text is the one commonly quoted
/// (graph-directory sheet, 2.1).
inline auto item_missing() -> odata::api_error {
  return {404, "ErrorItemNotFound", "The specified object was not found in the store."};
}

/// An app sends at most 10,000 requests in ten minutes to one mailbox, and comes into no mailbox
/// outside of the application access policy that binds it.
/// Source: learn.microsoft.com/graph/throttling-limits, graph/auth-limit-mailbox-access
/// (graph-directory sheet, 2.2 and 2.7).
class mailbox_gate {
public:
  mailbox_gate(const directory::user_book& users, const tenant::standing& state)
      : users_(users), state_(state) {}

  /// Why the mailbox in the path stays closed; nothing if it is open, and `owner` is set.
  auto closed(call& what, const tenant::user*& owner) -> std::optional<seams::response> {
    const auto wanted = what.step(2);
    const auto id = users_.find(wanted, what.now);
    const auto found = std::ranges::find(state_.users, id, &tenant::user::object_id);
    if (id.empty() || found == state_.users.end()) {
      return graph::refuse(what, odata::resource_not_found(std::string(wanted)));
    }
    if (!admits(what.caller + "\n" + id, what.now)) {
      return graph::throttled(what, retry_after_s);
    }
    if (!found->mailbox) {
      return graph::refuse(what, mailbox_missing());
    }
    if (!found->app_access) {
      return graph::refuse(what, {403, "ErrorAccessDenied", "Access to OData is disabled."});
    }
    owner = &*found;
    return std::nullopt;
  }

private:
  static constexpr auto requests_most = std::size_t{10'000};
  static constexpr auto requests_within = std::chrono::minutes{10};
  static constexpr auto retry_after_s = 10;

  auto admits(const std::string& app_and_mailbox, seams::instant now) -> bool {
    const auto fresh = graph::throttle_bucket(requests_most, requests_within);
    return requests_.try_emplace(app_and_mailbox, fresh).first->second.admits(now);
  }

  const directory::user_book& users_;
  const tenant::standing& state_;
  std::map<std::string, graph::throttle_bucket> requests_;
};

} // namespace mock_graph::mailboxes
