#include "core/http/error_body.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace core::http;

namespace {

auto read(std::string body) -> error_words {
  auto answer = seams::response();
  answer.status = 400;
  answer.body = std::move(body);
  return read_error(answer);
}

} // namespace

TEST_SUITE("error_body") {
  TEST_CASE("Graph, the Management API and the login each have a form") {
    const auto graph = read(R"({"error":{"code":"Forbidden","message":"Missing roles."}})");
    CHECK(graph.code == "Forbidden");
    CHECK(graph.message == "Missing roles.");
    CHECK(read(R"({"error":{"code":"AF20055","message":"x"}})").code == "AF20055");
    CHECK(read(R"({"error":"invalid_client","error_description":"AADSTS7000222: x"})").code ==
          "AADSTS7000222");
    CHECK(read(R"({"error":"invalid_client"})").code == "invalid_client");
    CHECK(read(R"({"Message":"Authorization has been denied for this request."})").message ==
          "Authorization has been denied for this request.");
  }

  TEST_CASE("a throttle in single quotes is found without being JSON") {
    CHECK(read("{'error':{'code':'AF429','message':'Too many requests. Method=GetBlob'}}").code ==
          "AF429");
  }

  TEST_CASE("HTML, nothing and nonsense name no code") {
    for (const auto* body : {"",
                             "<html>502</html>",
                             "null",
                             "[]",
                             R"({"error":null})",
                             R"({"error":{"code":"","message":null}})",
                             R"({"error":{"code":7}})"}) {
      CAPTURE(body);
      CHECK(read(body).code.empty());
    }
  }

  TEST_CASE("a code that is no word is none, and a message is short and plain") {
    CHECK(read(R"({"error":{"code":"a b"}})").code.empty());
    CHECK(read(R"({"error":{"code":"a\u0000b"}})").code.empty());
    CHECK(read("{\"error\":\"" + std::string(500, 'x') + "\"}").code.empty());
    const auto words =
        read(R"({"error":{"code":"x","message":"a\r\nb\u0000c)" + std::string(5000, 'y') + "\"}}");
    CHECK(words.message.size() == 600);
    CHECK(words.message.starts_with("a  b cyyy"));
  }

  TEST_CASE("secrets are taken out of what is echoed") {
    auto answer = seams::response();
    answer.body = R"({"error":{"code":"tok-1","message":"tok-1 and tok-1"}})";
    const auto secrets = std::array<std::string_view, 1>{"tok-1"};
    const auto words = read_error(answer, secrets);
    CHECK(words.code.empty());
    CHECK(words.message == "[removed] and [removed]");
    CHECK(without("abc", "") == "abc");
    const auto none = std::array<std::string_view, 1>{""};
    CHECK(read_error(answer, none).code == "tok-1");
  }

  TEST_CASE("deep and garbled bodies do no harm") {
    CHECK(read(std::string(100'000, '[')).code.empty());
    auto answer = seams::response();
    answer.body = R"({"error":{"code":"AF50000"}})";
    answer.body_undecodable = true;
    CHECK(read_error(answer).code == "AF50000");
  }
}
