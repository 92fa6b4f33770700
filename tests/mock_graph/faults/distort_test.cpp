#include "mock_graph/faults/distort.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace mock_graph::faults;
using nlohmann::json;

namespace {

const auto url =
    std::string("https://graph.microsoft.com/v1.0/auditLogs/signIns?$filter=a&$top=50");
const auto page =
    std::string(R"({"@odata.context":"c","value":[{"id":"1","t":"}"},{"id":"2"},{"id":"3"}],)") +
    R"("@odata.nextLink":"https://graph.microsoft.com/v1.0/auditLogs/signIns?$skiptoken=x"})";

auto under(fault::kind kind, std::uint64_t records = 0) -> seams::response {
  auto what = fault();
  what.what = kind;
  what.cut_after = records;
  const auto query = seams::request{"GET", url, {}, {}};
  return distort(what,
                 call_facts(),
                 query,
                 [] {
                   auto out = seams::response();
                   out.status = 200;
                   out.body = page;
                   return out;
                 })
      .response;
}

} // namespace

TEST_SUITE("distort") {
  TEST_CASE("an empty page links to another spelling of the same page") {
    const auto body = json::parse(under(fault::kind::empty_page).body);
    CHECK(body["value"].empty());
    CHECK(body["@odata.nextLink"] ==
          "https://graph.microsoft.com/v1.0/auditLogs/signIns?$filter=a&$top=49");
  }

  TEST_CASE("a long link is the right one with twenty thousand bytes more") {
    const auto body = json::parse(under(fault::kind::long_link).body);
    const auto link = body["@odata.nextLink"].get<std::string>();
    CHECK(link.size() > 20'000);
    CHECK(link.find("$skiptoken=x&padding=AAAA") != std::string::npos);
    CHECK(body["value"].size() == 3);
  }

  TEST_CASE("an empty list has neither items nor a link, and is sound JSON") {
    const auto body = json::parse(under(fault::kind::empty_list).body);
    CHECK(body["value"].empty());
    CHECK_FALSE(body.contains("@odata.nextLink"));
  }

  TEST_CASE("a page that breaks off does so inside the record after those that came whole") {
    const auto answer = under(fault::kind::cut_with_error, 1);
    CHECK(answer.status == 200);
    CHECK_FALSE(json::accept(answer.body));
    CHECK(answer.body.find(R"({"id":"1","t":"}"},{"id":"2"{"error":{"code":"UnknownError")") !=
          std::string::npos);
  }

  TEST_CASE("an ignored option is not in the question any more") {
    auto what = fault();
    what.what = fault::kind::ignore_filter;
    auto question = *mock_graph::odata::read_target(url);
    misread(what, question);
    REQUIRE(question.query.size() == 1);
    CHECK(question.query[0].name == "$top");
    what.what = fault::kind::status;
    misread(what, question);
    CHECK(question.query.size() == 1);
  }

  TEST_CASE("Retry-After can say anything") {
    auto what = fault();
    what.what = fault::kind::throttle;
    what.retry_after_text = "-5";
    const auto got =
        distort(what, call_facts(), {"GET", url, {}, {}}, [] { return seams::response(); });
    CHECK(got.response.status == 429);
    CHECK(got.response.fields.find("Retry-After") == "-5");
  }
}
