#include "core/actions/action_table.hpp"
#include "tests/cli/fake_engine.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

using test::contains;

namespace {

/// `offtenant act ...` on a config that is there.
auto act(test::fake_engine& fake, std::vector<std::string> words) -> int {
  const auto folder = fakes::scratch_folder();
  words.insert(words.begin(), "act");
  words.insert(words.end(), {"--config", folder.write("connector.toml", "x")});
  return fake.run(words);
}

auto complaint_of(const std::vector<std::string>& words) -> std::string {
  auto fake = test::fake_engine();
  CHECK(act(fake, words) == 2);
  CHECK_FALSE(fake.acted.has_value());
  return fake.err.str();
}

} // namespace

TEST_SUITE("act_command") {
  TEST_CASE("an act is shown unless it is confirmed") {
    auto fake = test::fake_engine();
    CHECK(act(fake, {"disable_user", "dana@contoso.com", "robin@contoso.com"}) == 0);
    REQUIRE(fake.acted);
    CHECK_FALSE(fake.acted->confirm);
    CHECK(fake.acted->targets == std::vector<std::string>{"dana@contoso.com", "robin@contoso.com"});
    CHECK(act(fake, {"disable_user", "dana@contoso.com", "--confirm"}) == 0);
    CHECK(fake.acted->confirm);
  }

  TEST_CASE("limits stand unless they are raised on purpose") {
    auto fake = test::fake_engine();
    CHECK(act(fake, {"revoke_sessions", "dana@contoso.com"}) == 0);
    CHECK(fake.acted->most_users == 10);
    CHECK(fake.acted->most_mailboxes == 50);
    CHECK(act(fake,
              {"hard_delete_message",
               "dana@contoso.com",
               "--message-id",
               "<a@b>",
               "--max-mailboxes",
               "200"}) == 0);
    CHECK(fake.acted->most_mailboxes == 200);
    CHECK(fake.acted->message_ids == std::vector<std::string>{"<a@b>"});
    CHECK(contains(complaint_of({"disable_user", "dana@contoso.com", "--max-users", "0"}),
                   "--max-users"));
    CHECK(contains(complaint_of({"disable_user", "dana@contoso.com", "--max-users", "many"}),
                   "--max-users"));
  }

  TEST_CASE("every action of the table can be called") {
    for (const auto& one : core::actions::action_table()) {
      auto fake = test::fake_engine();
      const auto target = one.name == "block_file"           ? std::string(40, 'a')
                          : one.name.starts_with("block_ip") ? std::string("203.0.113.7")
                          : one.name.ends_with("_device")    ? std::string("laptop")
                          : one.name == "block_domain"       ? std::string("bad.example")
                                                             : std::string("dana@contoso.com");
      auto words = std::vector<std::string>{std::string(one.name), target};
      if (one.name == "hard_delete_message") {
        words.insert(words.end(), {"--message-id", "<a@b>"});
      }
      CHECK_MESSAGE(act(fake, words) == 0, one.name);
    }
  }

  TEST_CASE("a misspelled action is offered the nearest one") {
    CHECK(contains(complaint_of({"disable_users", "dana@contoso.com"}),
                   "did you mean 'disable_user'?"));
    CHECK(contains(complaint_of({"explode", "dana@contoso.com"}), "See offtenant act --list"));
  }

  TEST_CASE("what an action needs is asked for, and what it would pass over is refused") {
    CHECK(contains(complaint_of({"disable_user"}), "needs a target: a user"));
    CHECK(contains(complaint_of({"hard_delete_message", "dana@contoso.com"}), "--message-id"));
    CHECK(contains(complaint_of({"disable_user", "dana@contoso.com", "--message-id", "<a@b>"}),
                   "disable_user takes no --message-id"));
    CHECK(contains(complaint_of({"reset_password", "dana@contoso.com", "--hiding"}),
                   "takes no --hiding"));
    CHECK(contains(complaint_of({"block_url", "dana@contoso.com", "--comment", "why"}),
                   "takes no --comment"));
  }

  TEST_CASE("a target that cannot be one is refused before anybody logs in") {
    CHECK_FALSE(complaint_of({"disable_user", ""}).empty());
    CHECK(contains(complaint_of({"block_ip", "not-an-ip"}), "not-an-ip"));
    CHECK(contains(complaint_of({"block_file", std::string(40, 'z')}), "zzz"));
  }

  TEST_CASE("one thing at a time, on a config that is there") {
    CHECK(contains(complaint_of({}), "one of NAME, --case, --resume, --list and --log is needed"));
    CHECK(contains(complaint_of({"disable_user", "dana@contoso.com", "--log"}), "one of NAME"));
    auto fake = test::fake_engine();
    CHECK(fake.run({"act", "disable_user", "dana@contoso.com"}) == 2);
    CHECK(contains(fake.err.str(), "--config is needed"));
    CHECK(
        fake.run({"act", "disable_user", "dana@contoso.com", "--config", "/nowhere/at/all.toml"}) ==
        2);
    CHECK(fake.run({"act", "--list"}) == 0);
    CHECK(fake.acted->list);
  }
}
