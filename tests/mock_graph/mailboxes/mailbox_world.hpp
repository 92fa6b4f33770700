#pragma once
// A tenant whose mailboxes tests can ask, as an app with these roles.
#include "mock_graph/mailboxes/messages_api.hpp"
#include "mock_graph/mailboxes/rules_api.hpp"

#include <doctest/doctest.h>

namespace tests {

namespace tenant = mock_graph::tenant;
namespace mailboxes = mock_graph::mailboxes;
using nlohmann::json;

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

/// dana and omar have mailboxes, kim has none, vip's is outside of the app's policy.
inline auto office() -> tenant::standing {
  auto state = tenant::standing();
  state.tenant_id = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
  state.start = start;
  for (const auto* name : {"dana", "omar", "kim", "vip"}) {
    state.users.push_back(
        {name, std::string(name) + "@contoso.com", name, std::string("id-") + name});
  }
  state.users[2].mailbox = false;
  state.users[3].app_access = false;
  return state;
}

inline auto mail_at(seams::duration at,
                    const std::string& id,
                    std::vector<std::string> to,
                    const std::string& location = "Inbox",
                    const std::string& from = "billing@fabrikam.example") -> tenant::event {
  auto what = tenant::mail();
  what.id = id;
  what.from = from;
  what.to = std::move(to);
  what.subject = "Invoice " + id;
  what.location = location;
  return {start + at, "t.toml:1", what};
}

struct witness final : tenant::listener {
  void on(const tenant::event& what) override {
    if (const auto* record = std::get_if<tenant::audit_record>(&what.what)) {
      records.push_back(*record);
    }
  }
  std::vector<tenant::audit_record> records;
};

struct mailbox_world {
  explicit mailbox_world(const std::vector<tenant::event>& events,
                         const tenant::standing& state = office())
      : owner(state, events) {
    owner.add(users);
    owner.add(mail);
    owner.add(rules);
    owner.add(seen);
  }

  auto send(seams::duration at,
            const std::string& method,
            const std::string& path,
            const std::string& body = "") -> seams::response {
    owner.advance(start + at);
    const auto url =
        path.starts_with("https:") ? path : "https://graph.microsoft.com/v1.0/users/" + path;
    const auto query = seams::request{method, url, fields, body};
    auto target = mock_graph::odata::read_target(url);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = start + at};
    what.roles = roles;
    what.caller = "app-1";
    what.request_id = "request";
    auto& where =
        messages.route_of(what.target).empty() ? static_cast<mock_graph::door&>(inbox) : messages;
    what.route = where.route_of(what.target);
    REQUIRE(!what.route.empty());
    return where.answer(what);
  }
  auto fetch(seams::duration at, const std::string& path) -> json {
    const auto answer = send(at, "GET", path);
    CAPTURE(answer.body);
    CHECK(answer.status == 200);
    return json::parse(answer.body);
  }
  auto code(const seams::response& answer) -> std::string {
    return std::to_string(answer.status) + " " +
           json::parse(answer.body)["error"]["code"].get<std::string>();
  }
  /// The messages a search finds.
  auto found(seams::duration at, const std::string& path) -> json {
    return fetch(at, path)["value"];
  }

  mock_graph::ledger book;
  mock_graph::effect_log effects;
  tenant::tenant owner;
  mock_graph::acts::performer acts{owner, effects};
  mock_graph::directory::user_book users{owner, book};
  mailboxes::mail_store mail{owner};
  mailboxes::messages_api messages{mail, users, acts};
  mailboxes::rule_book rules{owner, mail};
  mailboxes::rules_api inbox{rules, users, acts};
  witness seen;
  std::vector<std::string> roles = {"Mail.ReadWrite", "MailboxSettings.ReadWrite"};
  seams::headers fields;
};

} // namespace tests
