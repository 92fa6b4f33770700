#include "mock_graph/odata/options.hpp"

#include <doctest/doctest.h>

#include "alert_schema.hpp"

using namespace mock_graph::odata;

namespace {

auto alert_rules() -> rules {
  return {{option::filter,
           option::top,
           option::skip,
           option::skip_token,
           option::count,
           option::order_by,
           option::select},
          100,
          1000,
          over_top::clamp,
          std::nullopt,
          {},
          {{"createdDateTime", kind::date_time, true}}};
}

auto incident_rules() -> rules {
  auto out = rules{{option::filter, option::top, option::skip, option::count, option::expand}};
  out.top_default = 50;
  out.top_max = 50;
  out.when_over = over_top::limit_text;
  out.expandable = {"alerts"};
  return out;
}

auto read(const std::string& query, const rules& limits = alert_rules()) -> outcome<options> {
  const auto request = read_target("https://graph.microsoft.com/v1.0/security/x?" + query);
  return read_options(request.value(), limits, tests::alert_schema());
}

auto option_refusal(const std::string& query, const rules& limits = alert_rules()) -> api_error {
  const auto got = read(query, limits);
  CAPTURE(query);
  REQUIRE_FALSE(got.has_value());
  CHECK(got.error().status == 400);
  return got.error();
}

} // namespace

TEST_SUITE("odata_options") {
  TEST_CASE("the real requests are accepted under the rules of their endpoints") {
    const auto wazuh = read("$top=50&$filter=createdDateTime+ge+2026-03-01T10:00:00Z+and+"
                            "createdDateTime+lt+2026-03-01T10:05:00Z")
                           .value();
    CHECK(wazuh.top == 50);
    CHECK(wazuh.where.has_value());
    const auto elastic =
        read("$expand=alerts&$filter=lastUpdateDateTime ge 2026-03-01T10:00:00Z&$top=25",
             incident_rules())
            .value();
    CHECK(elastic.expand == std::vector<expansion>{{"alerts", ""}});
    CHECK(elastic.top == 25);
    CHECK(read("$filter=serviceSource eq 'microsoftDefenderForOffice365'").value().where);
  }

  TEST_CASE("without options the endpoint's defaults hold") {
    const auto got = read("").value();
    CHECK(got.top == 100);
    CHECK_FALSE(got.top_given);
    CHECK(got.skip == 0);
    CHECK_FALSE(got.count);
    CHECK_FALSE(got.where.has_value());
    CHECK(got.order == std::vector<sort_key>{{"createdDateTime", kind::date_time, true}});
  }

  TEST_CASE("all options together") {
    const auto got =
        read("%24top=10&$SKIP=20&$count=TRUE&$skiptoken=abc&$orderby=createdDateTime asc,"
             " id desc&$select=id,title&tenant=ignored")
            .value();
    CHECK(got.top == 10);
    CHECK(got.top_given);
    CHECK(got.skip == 20);
    CHECK(got.count);
    CHECK(got.skip_token == "abc");
    CHECK(got.order == std::vector<sort_key>{{"createdDateTime", kind::date_time, false},
                                             {"id", kind::string, true}});
    CHECK(got.select == std::vector<std::string>{"id", "title"});
  }

  TEST_CASE("incidents refuse a page over 50 in the words on record, with an empty code") {
    CHECK(read("$top=50", incident_rules()).value().top == 50);
    const auto error = option_refusal("$top=100", incident_rules());
    CHECK(error.code.empty());
    CHECK(error.with_details);
    CHECK(error.message ==
          "The query specified in the URI is not valid. The limit of '50' for Top "
          "query has been exceeded. The value from the incoming request is '100'.");
  }

  TEST_CASE("alerts clamp a page over 1000 and serve one of 1000 and of none") {
    CHECK(read("$top=1000").value().top == 1000);
    CHECK(read("$top=1001").value().top == 1000);
    CHECK(read("$top=0").value().top == 0);
  }

  TEST_CASE("the directory names the bounds of a page") {
    auto limits = alert_rules();
    limits.top_max = 999;
    limits.when_over = over_top::page_text;
    CHECK(read("$top=999", limits).value().top == 999);
    CHECK(option_refusal("$top=1000", limits).message ==
          "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.");
    CHECK(option_refusal("$top=0", limits).code == "BadRequest");
  }

  TEST_CASE("a skip above the ceiling is refused") {
    auto limits = alert_rules();
    limits.skip_max = 500;
    CHECK(read("$skip=500", limits).value().skip == 500);
    CHECK(option_refusal("$skip=501", limits).message.find("The limit of '500' for Skip query") !=
          std::string::npos);
  }

  TEST_CASE("an option the endpoint forbids is refused in the words on record") {
    auto limits = alert_rules();
    limits.allowed.erase(option::skip_token);
    CHECK(
        option_refusal("$skiptoken=x", limits).message ==
        "The query specified in the URI is not valid. Query option 'SkipToken' is not allowed. To "
        "allow it, set the 'AllowedQueryOptions' property on EnableQueryAttribute or "
        "QueryValidationSettings.");
    CHECK(option_refusal("$expand=alerts").message.find("Query option 'Expand'") !=
          std::string::npos);
    CHECK(option_refusal("$search=x").message.find("Query option 'Search'") != std::string::npos);
  }

  TEST_CASE("numbers are digits within 32 bits") {
    for (const auto* bad :
         {"", "abc", "-1", "1.5", "1,0", "%2B5", "5 ", "2147483648", "99999999999999999999999"}) {
      CAPTURE(bad);
      CHECK(option_refusal("$top=" + std::string(bad)).code.empty());
      CHECK(option_refusal("$skip=" + std::string(bad)).code.empty());
    }
    CHECK(option_refusal("$top=abc").message ==
          "The query specified in the URI is not valid. Invalid value 'abc' for $top query option "
          "found. The $top query option requires a non-negative integer value.");
    CHECK(read("$top=2147483647").value().top == 1000);
  }

  TEST_CASE("a count is true or false") {
    CHECK_FALSE(read("$count=false").value().count);
    CHECK(option_refusal("$count=1").message.find("Invalid value '1' for $count query option") !=
          std::string::npos);
  }

  TEST_CASE("an option given twice is refused, in any spelling") {
    CHECK(
        option_refusal("$top=1&%24TOP=1").message ==
        "The query specified in the URI is not valid. Query option '$top' was specified more than "
        "once, but it must be specified at most once.");
  }

  TEST_CASE("an unknown option is refused, a parameter without $ is not") {
    CHECK(option_refusal("$bogus=1").message == "The query parameter '$bogus' is not supported.");
    CHECK(read("bogus=1&filter=x eq y").value().top == 100);
  }

  TEST_CASE("where the dollar is optional, bare names are options") {
    auto limits = alert_rules();
    limits.bare_names = true;
    CHECK(read("filter=title eq 'a'&top=5", limits).value().where.has_value());
    CHECK(option_refusal("filter=title eq 'a'&$filter=title eq 'a'", limits)
              .message.find("more than once") != std::string::npos);
  }

  TEST_CASE("a bad filter answers as the filter does") {
    CHECK(option_refusal("$filter=x eq 'y'").message ==
          "Invalid filter clause: Could not find a property named 'x' on type "
          "'microsoft.graph.security.alert'.");
  }

  TEST_CASE("an order names single, sortable properties") {
    CHECK(read("$orderby=userAccount/accountName").value().order[0].property ==
          "userAccount/accountName");
    CHECK(read("$orderby=additionalData/a DESC").value().order[0].type == kind::untyped);
    CHECK(option_refusal("$orderby=x").message.find("Could not find a property named 'x'") !=
          std::string::npos);
    CHECK(option_refusal("$orderby=evidence").message.find("cannot be used in the $orderby") !=
          std::string::npos);
    CHECK(option_refusal("$orderby=title up").message.find("Syntax error") != std::string::npos);
    CHECK(option_refusal("$orderby=").message.find("Syntax error") != std::string::npos);
    CHECK(option_refusal("$orderby=id,id,id,id,id,id").message.find("maximum number") !=
          std::string::npos);
    auto schema = tests::alert_schema();
    schema.sortable = {"createdDateTime"};
    CHECK_FALSE(read_order("title", schema).has_value());
    CHECK(read_order("createdDateTime", schema).has_value());
  }

  TEST_CASE("a selection names properties, a star selects everything") {
    CHECK(read("$select=userAccount/accountName, id,id").value().select ==
          std::vector<std::string>{"userAccount", "id"});
    CHECK(read("$select=id,*").value().select.empty());
    const auto error = option_refusal("$select=id,x");
    CHECK(error.code == "BadRequest");
    CHECK(error.message ==
          "Parsing OData Select and Expand failed: Could not find a property named "
          "'x' on type 'microsoft.graph.security.alert'.");
  }

  TEST_CASE("an expansion names a navigation and may carry options of its own") {
    CHECK(read("$expand=alerts($select=id,title;$top=5)", incident_rules()).value().expand ==
          std::vector<expansion>{{"alerts", "$select=id,title;$top=5"}});
    CHECK(option_refusal("$expand=title", incident_rules())
              .message.find("is not a navigation property") != std::string::npos);
    CHECK(option_refusal("$expand=x", incident_rules()).message.find("named 'x'") !=
          std::string::npos);
    CHECK(option_refusal("$expand=alerts(", incident_rules()).message.find("Syntax error") !=
          std::string::npos);
  }
}
