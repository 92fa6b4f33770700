#include "replay/redact/exchange_redactor.hpp"
#include "replay/redact/secret_memory.hpp"

#include <doctest/doctest.h>

namespace {

using replay::secret_memory;

auto form(std::string body) -> replay::exchange {
  auto out = replay::exchange();
  out.asked = {"POST",
               "https://login.microsoftonline.com/t/oauth2/v2.0/token",
               {{"Content-Type", "application/x-www-form-urlencoded"}},
               std::move(body)};
  out.answered = {200, {}, "", false};
  return out;
}

TEST_SUITE("secret_memory") {
  TEST_CASE("what could be an ordinary word, number or date is not learned") {
    auto memory = secret_memory();
    for (const auto* text :
         {"required", "ResetRequired", "12345678", "2026-03-10", "a1", "two words1"}) {
      memory.learn(text);
    }
    CHECK(memory.all().empty());
    memory.learn("hunter2hunter2");
    memory.learn("HUNTER2hunter2");
    CHECK(memory.all().size() == 1);
    memory.know("Nightingale");
    CHECK(memory.all().size() == 2);
  }

  TEST_CASE("what a form names a secret is taken out of its answer and of what comes after") {
    const auto with = replay::text_redactor({}, "a key for tests");
    auto login = form("client_secret=hunter2%26hunter3&grant_type=client_credentials");
    login.answered.body = R"({"error":"invalid_client",)"
                          R"("error_description":"not hunter2&hunter3!"})";
    const auto left = replay::redacted(login, with);
    CHECK(left.answered.body.find("hunter") == std::string::npos);
    CHECK(left.answered.body.find("invalid_client") != std::string::npos);
    auto later = form("");
    later.asked.url = "https://graph.microsoft.com/v1.0/users?x=hunter2%26HUNTER3";
    later.asked.fields.add("X-Debug", "using hunter2&hunter3 again");
    const auto after = replay::redacted(later, with);
    CHECK(after.asked.url.find("unter") == std::string::npos);
    CHECK(after.asked.fields.find("X-Debug")->find("hunter") == std::string::npos);
  }

  TEST_CASE("a password in a basic authorization is learned without the name before it") {
    const auto with = replay::text_redactor({}, "a key for tests");
    auto asked = form("");
    asked.asked.fields.add("Authorization", "Basic YXBwLW9uZTp0aGUtcGFzc3dvcmQtMQ==");
    (void)replay::redacted(asked, with);
    CHECK(with.plain("app-one has the-password-1").find("the-password-1") == std::string::npos);
    CHECK(with.plain("app-one has the-password-1").find("app-one") == 0);
  }
}

} // namespace
