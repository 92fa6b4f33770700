#include "mock_graph/wire/base_urls.hpp"

#include <doctest/doctest.h>

namespace {

/// Answers with the URL that it was asked for, as a link and as data.
class linking final : public mock_graph::service {
public:
  auto answer(const seams::request& query) -> mock_graph::reply override {
    asked = query.url;
    auto out = mock_graph::reply();
    out.response.status = 200;
    out.response.fields.set("NextPageUri", query.url);
    out.response.body =
        R"({"@odata.nextLink":")" + query.url + R"(","webUrl":")" + query.url + R"("})";
    return out;
  }

  std::string asked;
};

auto ask(const std::string& url, linking& inner) -> seams::response {
  auto query = seams::request();
  query.method = "GET";
  query.url = url;
  return mock_graph::wire::base_urls(inner).answer(query).response;
}

} // namespace

TEST_SUITE("base URLs") {
  TEST_CASE("the first segment of the path names the host, and links lead back here") {
    auto inner = linking();
    const auto local = std::string("https://127.0.0.1:8443/graph.microsoft.com");
    const auto got = ask(local + "/v1.0/users?$top=1", inner);
    CHECK(inner.asked == "https://graph.microsoft.com/v1.0/users?$top=1");
    CHECK(got.fields.find("NextPageUri") == local + "/v1.0/users?$top=1");
    CHECK(got.body.find(R"("@odata.nextLink":")" + local) != std::string::npos);
    CHECK(got.body.find(R"("webUrl":"https://graph.microsoft.com)") != std::string::npos);
  }

  TEST_CASE("every link of the login's documents leads back here") {
    auto inner = linking();
    const auto local = std::string("https://localhost:1/login.microsoftonline.com");
    const auto got = ask(local + "/t/v2.0/.well-known/openid-configuration", inner);
    CHECK(got.body.find("\"https://login.microsoftonline.com") == std::string::npos);
  }

  TEST_CASE("requests to real host names pass as they are") {
    auto inner = linking();
    const auto got = ask("https://graph.microsoft.com/v1.0/users", inner);
    CHECK(inner.asked == "https://graph.microsoft.com/v1.0/users");
    CHECK(got.fields.find("NextPageUri") == "https://graph.microsoft.com/v1.0/users");
  }

  TEST_CASE("a path of this machine that names no host is not rewritten") {
    auto inner = linking();
    (void)ask("https://127.0.0.1:8443/v1/users", inner);
    CHECK(inner.asked == "https://127.0.0.1:8443/v1/users");
  }
}
