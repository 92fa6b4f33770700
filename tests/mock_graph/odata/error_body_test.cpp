#include "mock_graph/odata/error_body.hpp"

#include <doctest/doctest.h>

using namespace mock_graph::odata;
using namespace std::chrono_literals;

namespace {

const auto date = std::chrono::sys_days{std::chrono::year{2025} / 1 / 11};
const auto some_ids = request_ids{seams::instant{date} + 19h + 43min + 26s + 789ms,
                                  "65fe78a8-cade-409c-9e18-61374c132118",
                                  "65fe78a8-cade-409c-9e18-61374c132118"};

} // namespace

TEST_SUITE("odata_error_body") {
  TEST_CASE("the page-size refusal is the body on record, byte for byte") {
    const auto error = invalid_query("The limit of '50' for Top query has been exceeded. The value "
                                     "from the incoming request is '100'.");
    CHECK(to_bytes(error_body(error, some_ids)) ==
          R"({"error":{"code":"","message":"The query specified in the URI is not valid.)"
          R"( The limit of '50' for Top query has been exceeded. The value from the inco)"
          R"(ming request is '100'.","details":[],"innerError":{"date":"2025-01-11T19:43)"
          R"(:26","request-id":"65fe78a8-cade-409c-9e18-61374c132118","client-request-id)"
          R"(":"65fe78a8-cade-409c-9e18-61374c132118"}}})");
  }

  TEST_CASE("other errors have no details") {
    const auto body = error_body(token_missing(), some_ids);
    CHECK(to_bytes(body).find(
              R"({"error":{"code":"InvalidAuthenticationToken","message":"Access token is em)"
              R"(pty.","innerError":{"date")") == 0);
  }

  TEST_CASE("throttling has the documented body, byte for byte") {
    const auto at =
        seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} + 12h + 51min + 51s;
    CHECK(to_bytes(throttle_body({at, "94fb3b52-452a-4535-a601-69e0a90e3aa2", "x"})) ==
          R"({"error":{"code":"TooManyRequests","innerError":{"code":"429","date":"2026-)"
          R"(03-10T12:51:51","message":"Please retry after","request-id":"94fb3b52-452a-)"
          R"(4535-a601-69e0a90e3aa2","status":"429"},"message":"Please retry again later)"
          R"(."}})");
  }

  TEST_CASE("missing roles are listed as the service lists them, an empty list included") {
    const auto needed = std::vector<std::string>{"SecurityAlert.Read.All",
                                                 "SecurityAlert.ReadWrite.All",
                                                 "SecurityIncident.Read.All",
                                                 "SecurityIncident.ReadWrite.All"};
    const auto bare = roles_missing(needed, {});
    CHECK(bare.status == 403);
    CHECK(bare.code == "Forbidden");
    CHECK(bare.message ==
          "Missing application roles. API required roles: "
          "SecurityAlert.Read.All,SecurityAlert.ReadWrite.All,SecurityIncident.Read.All,"
          "SecurityIncident.ReadWrite.All, application roles: .");
    const auto held = std::vector<std::string>{"Policy.Read.All", "User.Read.All"};
    CHECK(roles_missing(needed, held)
              .message.ends_with(", application roles: Policy.Read.All,User.Read.All."));
  }

  TEST_CASE("refusals carry their status and code") {
    CHECK(token_expired().status == 401);
    CHECK(token_expired().message == "Lifetime validation failed, the token is expired.");
    CHECK(token_for_another_audience().code == "InvalidAuthenticationToken");
    CHECK(token_malformed().code == "Authentication_MissingOrMalformed");
    CHECK(account_not_provisioned().code == "Unauthorized");
    CHECK(privileges_missing().code == "Authorization_RequestDenied");
    CHECK(graph_permission_missing("AuditLog.Read.All").message.ends_with("AuditLog.Read.All"));
    CHECK(mailbox_access_denied().status == 403);
    CHECK(segment_not_found("x").message == "Resource not found for the segment 'x'.");
    CHECK(method_not_allowed().status == 405);
    CHECK(resource_not_found("x").status == 404);
    CHECK(resource_not_found("x").code == "Request_ResourceNotFound");
    CHECK(resource_not_found("x", "ResourceNotFound").code == "ResourceNotFound");
  }

  TEST_CASE("a broken byte in an echoed value does not break the answer") {
    CHECK(to_bytes(error_body(invalid_query("'\xFF'"), some_ids)).find("\xEF\xBF\xBD") !=
          std::string::npos);
  }
}
