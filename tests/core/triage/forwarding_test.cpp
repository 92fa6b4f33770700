#include "tests/core/triage/story.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace {

using namespace tests;
using core::triage::triage_case;

constexpr auto owner = "dana@contoso.com";

void cmdlet(story& told, const std::string& by, const std::string& name, const std::string& with) {
  told.add("audit_exchange",
           name + with,
           fmt::format(R"({{"CreationTime":"{}","Id":"c","Operation":"{}","RecordType":1,)"
                       R"("ResultStatus":"True","UserId":"{}","ClientIP":"198.51.100.7:63070",)"
                       R"("Parameters":[{}]}})",
                       at("09:00"),
                       name,
                       by,
                       with));
}

auto parameter(const std::string& name, const std::string& value) -> std::string {
  return fmt::format(R"({{"Name":"{}","Value":"{}"}})", name, value);
}

auto cases_of_rule(const std::string& with) -> std::vector<triage_case> {
  auto told = story();
  cmdlet(told, owner, "New-InboxRule", with);
  return told.cases();
}

auto cases_of_mailbox(const std::string& identity, const std::string& target, bool directory)
    -> std::vector<triage_case> {
  auto told = story();
  if (directory) {
    told.add("users",
             "1",
             R"({"id":"1","userPrincipalName":"dana@contoso.com","displayName":"Dana Oak"})");
    told.add("users", "2", R"({"id":"2","userPrincipalName":"boss@contoso.co.uk"})");
  }
  cmdlet(told,
         "admin@contoso.com",
         "Set-Mailbox",
         parameter("Identity", identity) + "," + parameter("ForwardingSmtpAddress", target));
  return told.cases();
}

TEST_SUITE("triage forwarding") {
  TEST_CASE("one address outside is enough, wherever it stands in the list") {
    CHECK(cases_of_rule(parameter("ForwardTo", "drop@evil.example;boss@contoso.com")).size() == 1);
    CHECK(cases_of_rule(parameter("ForwardTo", "boss@contoso.com;drop@evil.example")).size() == 1);
    CHECK(cases_of_rule(parameter("ForwardTo", "boss@contoso.com") + "," +
                        parameter("RedirectTo", "drop@evil.example"))
              .size() == 1);
    CHECK(cases_of_rule(parameter("ForwardTo", "boss@contoso.com;lee@contoso.com")).empty());
  }

  TEST_CASE("an address in brackets behind a name is that address") {
    CHECK(cases_of_rule(parameter("ForwardTo", R"(\"Boss\" [SMTP:boss@contoso.com])")).empty());
    CHECK(cases_of_rule(parameter("ForwardTo", R"(\"Boss\" [SMTP:b@evil.example])")).size() == 1);
    CHECK(cases_of_rule(parameter("ForwardTo", "Boss <boss@contoso.com>")).empty());
  }

  TEST_CASE("every recipient of a rule made in Outlook counts") {
    auto told = story();
    told.add("audit_exchange",
             "o",
             fmt::format(
                 R"({{"CreationTime":"{}","Id":"o","Operation":"UpdateInboxRules","RecordType":2,)"
                 R"("ResultStatus":"Succeeded","UserId":"{}","MailboxOwnerUPN":"{}",)"
                 R"("OperationProperties":[{{"Name":"RuleOperation","Value":"AddMailboxRule"}},)"
                 R"({{"Name":"RuleActions","Value":"[{{\"ActionType\":\"Forward\",\"Recipients\":)"
                 R"([\"boss@contoso.com\",\"drop@evil.example\"]}}]"}}]}})",
                 at("09:00"),
                 owner,
                 owner));
    CHECK(fired(told.only_case(), "forwarding_rule"));
  }

  TEST_CASE("the other domain of the company is not outside") {
    CHECK(cases_of_mailbox("Dana Oak", "smtp:boss@contoso.co.uk", true).empty());
    CHECK(cases_of_mailbox("Dana Oak", "smtp:boss@contoso.co.uk", false).size() == 1);
  }

  TEST_CASE("the mailbox that forwards has the case, not the administrator") {
    const auto blamed = [](const std::string& identity, bool directory) {
      const auto all = cases_of_mailbox(identity, "smtp:drop@evil.example", directory);
      REQUIRE(all.size() == 1);
      REQUIRE(all.front().users.size() == 1);
      return all.front().users.front().user;
    };
    const auto path = std::string("ABC1.prod.outlook.com/Hosted/contoso.onmicrosoft.com/dana");
    CHECK(blamed(path, true) == owner);
    CHECK(blamed("CN=dana,OU=Users,DC=prod", true) == owner);
    CHECK(blamed("Dana Oak", true) == owner);
    CHECK(blamed("1", true) == owner);
    CHECK(blamed(path, false) == "dana");
  }
}

} // namespace
