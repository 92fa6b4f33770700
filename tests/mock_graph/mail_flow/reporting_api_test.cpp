#include "tests/mock_graph/mail_flow/traces.hpp"

using namespace std::chrono_literals;
using namespace tests;
using nlohmann::json;

namespace {

const auto day = std::string("&$filter=StartDate eq datetime'2026-03-10T00:00:00Z' and EndDate eq "
                             "datetime'2026-03-10T12:00:00Z'");

} // namespace

TEST_SUITE("reporting_api") {
  TEST_CASE("verbose JSON: rows in d.results, dates as Date(ms), the query echoed") {
    auto world = mailing(mailing_tenant(), {mail(1min, "m", {"dana"})});
    const auto answer = world.report(1h, "?$format=json" + day);
    REQUIRE(answer.status == 200);
    const auto row = json::parse(answer.body).at("d").at("results").at(0);
    CHECK(row["Organization"] == "contoso.onmicrosoft.com");
    CHECK(row["Received"] == "/Date(1773100860000)/");
    CHECK(row["Status"] == "Delivered");
    CHECK(row["ToIP"].is_null());
    CHECK(row["StartDate"] == "/Date(1773100800000)/");
    CHECK(row["Index"] == 0);
    CHECK(row["__metadata"]["type"] == "TenantReporting.MessageTrace");
  }

  TEST_CASE("Atom unless JSON is asked for") {
    auto world = mailing(mailing_tenant(), {mail(1min, "m", {"dana"})});
    const auto answer = world.report(1h, "?" + day.substr(1));
    CHECK(answer.fields.find("Content-Type")->starts_with("application/atom+xml"));
    CHECK(answer.body.find("<d:Subject>Offer &amp; more</d:Subject>") != std::string::npos);
    CHECK(answer.body.find("<d:ToIP m:null=\"true\" />") != std::string::npos);
  }

  TEST_CASE("Atom has ids, moments and types of its own, and no date of JSON") {
    auto state = mailing_tenant();
    state.pages.message_trace = 1;
    auto world = mailing(state, {mail(1min, "m", {"dana", "omar"})});
    const auto body = world.report(1h, "?" + day.substr(1)).body;
    CHECK(body.find("/Date(") == std::string::npos);
    for (const auto* part :
         {"<d:Received m:type=\"Edm.DateTime\">2026-03-10T00:01:00",
          "<d:StartDate m:type=\"Edm.DateTime\">2026-03-10T00:00:00",
          "<d:Index m:type=\"Edm.Int32\">0</d:Index>",
          "<d:MessageTraceId m:type=\"Edm.Guid\">",
          "/ecp/ReportingWebService/Reporting.svc/MessageTrace</id><updated>2026-03-10T01:00:00",
          "/ecp/ReportingWebService/Reporting.svc/MessageTrace(0)</id>",
          "<link rel=\"next\" href=\"https://"}) {
      CAPTURE(part);
      CHECK(body.find(part) != std::string::npos);
    }
  }

  TEST_CASE("the forms of JSON differ in envelope and slashes only") {
    auto state = mailing_tenant();
    state.choice_of_readings.reporting_form = "flat";
    auto flat = mailing(state, {mail(1min, "m", {"dana"})});
    CHECK(json::parse(flat.report(1h, "?$format=json" + day).body).at("value").size() == 1);
    state.choice_of_readings.reporting_form = "escaped";
    auto escaped = mailing(state, {mail(1min, "m", {"dana"})});
    const auto body = escaped.report(1h, "?$format=json" + day).body;
    CHECK(body.find(R"("Received":"\/Date(1773100860000)\/")") != std::string::npos);
    CHECK(body.find(R"("StartDate":"\/Date(1773100800000)\/")") != std::string::npos);
  }

  TEST_CASE("pages are linked by the count of rows") {
    auto state = mailing_tenant();
    state.pages.message_trace = 2;
    auto world = mailing(state, {mail(1min, "m", {"dana", "omar", "a@b.example"})});
    const auto first = json::parse(world.report(1h, "?$format=json" + day).body).at("d");
    CHECK(first["results"].size() == 2);
    const auto next = first.at("__next").get<std::string>();
    const auto last = json::parse(world.ask(world.report_door, 1h, next).body).at("d");
    CHECK(last["results"].size() == 1);
    CHECK(last["results"][0]["Index"] == 2);
    CHECK_FALSE(last.contains("__next"));
  }

  TEST_CASE("fields can be compared, and an end needs a beginning") {
    auto world = mailing(mailing_tenant(), {mail(1min, "m", {"dana", "omar"})});
    const auto one =
        world.report(1h, "?$format=json" + day + " and RecipientAddress eq 'omar@contoso.com'");
    CHECK(json::parse(one.body).at("d").at("results").size() == 1);
    CHECK(world.report(1h, "?$filter=EndDate eq datetime'2026-03-10T00:00:00Z'").status == 400);
    CHECK(world.report(1h, "?$filter=StartDate ge datetime'2026-03-10T00:00:00Z'").status == 400);
    CHECK(world.report(1h, "?$filter=StartDate eq 'yesterday'").status == 400);
  }

  TEST_CASE("no role, no directory role and no service are refused") {
    auto state = mailing_tenant();
    state.reporting_service_retires = start + 2h;
    auto world = mailing(state, {});
    CHECK(world.report(3h, "?$format=json").status == 403);
    world.roles = {};
    const auto page = world.report(1h, "?$format=json");
    CHECK(page.status == 401);
    CHECK(page.body.find("<title>401 - Unauthorized: Access is denied") != std::string::npos);
    state.applications.front().directory_roles.front().until = start + 30min;
    auto roleless = mailing(state, {});
    CHECK(roleless.report(20min, "?$format=json").status == 200);
    CHECK(roleless.report(1h, "?$format=json").body ==
          R"({"ErrorCode":"","Message":"No permission to access the report for the )"
          R"(organization ."})");
  }
}
