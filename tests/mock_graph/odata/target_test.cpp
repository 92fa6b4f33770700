#include "mock_graph/odata/target.hpp"

#include <doctest/doctest.h>

using namespace mock_graph::odata;

namespace {

auto names(const target& t) -> std::vector<std::string> {
  auto out = std::vector<std::string>{};
  for (const auto& each : t.path) {
    out.push_back(each.name);
  }
  return out;
}

auto path_of(std::string_view path) -> std::vector<segment> {
  return read_target("https://h" + std::string(path)).value().path;
}

using words = std::vector<std::string>;

} // namespace

TEST_SUITE("odata_target") {
  TEST_CASE("Wazuh's request is read as it is sent, with + for blanks") {
    const auto t =
        read_target("https://graph.microsoft.com/v1.0/security/alerts_v2?$top=50&$filter="
                    "createdDateTime+ge+2026-03-01T10:00:00Z+and+createdDateTime+lt+"
                    "2026-03-01T10:05:00Z")
            .value();
    CHECK(names(t) == words{"v1.0", "security", "alerts_v2"});
    CHECK(find_parameter(t, "$top") == "50");
    CHECK(find_parameter(t, "$filter") == "createdDateTime ge 2026-03-01T10:00:00Z and "
                                          "createdDateTime lt 2026-03-01T10:05:00Z");
  }

  TEST_CASE("Elastic's request is read as it is sent, with raw blanks") {
    const auto t = read_target("https://graph.microsoft.com/v1.0/security/incidents?$expand=alerts&"
                               "$filter=lastUpdateDateTime ge 2026-03-01T10:00:00Z&$top=25")
                       .value();
    CHECK(find_parameter(t, "$expand") == "alerts");
    CHECK(find_parameter(t, "$filter") == "lastUpdateDateTime ge 2026-03-01T10:00:00Z");
    CHECK(find_parameter(t, "$top") == "25");
  }

  TEST_CASE("CIPP's request is read as it is sent, with raw quotes") {
    const auto t = read_target("https://graph.microsoft.com/beta/security/alerts_v2?$filter="
                               "serviceSource eq 'microsoftDefenderForOffice365'")
                       .value();
    CHECK(names(t) == words{"beta", "security", "alerts_v2"});
    CHECK(find_parameter(t, "$filter") == "serviceSource eq 'microsoftDefenderForOffice365'");
  }

  TEST_CASE("encoded option names, quotes, blanks and bars mean the same as raw ones") {
    const auto t = read_target("https://h/x?%24filter=a%20eq%20%27b|c%27&%24TOP=5").value();
    CHECK(find_parameter(t, "$filter") == "a eq 'b|c'");
    CHECK(find_parameter(t, "$top") == "5");
    CHECK(find_parameter(t, "$Filter").has_value());
    CHECK_FALSE(find_parameter(t, "filter").has_value());
  }

  TEST_CASE("an encoded plus stays a plus, as in an offset") {
    const auto t = read_target("https://h/x?$filter=t ge 2026-03-01T00:00:00%2B02:00").value();
    CHECK(find_parameter(t, "$filter") == "t ge 2026-03-01T00:00:00+02:00");
  }

  TEST_CASE("an equals sign inside a value belongs to it, and an option may have no value") {
    const auto t = read_target("https://h/x?$filter=a eq 'b=c'&$count").value();
    CHECK(find_parameter(t, "$filter") == "a eq 'b=c'");
    CHECK(find_parameter(t, "$count") == "");
  }

  TEST_CASE("empty parameters are skipped, order is kept") {
    const auto t = read_target("https://h/x?&$filter=a&&b=1&").value();
    REQUIRE(t.query.size() == 2);
    CHECK(t.query[0].name == "$filter");
    CHECK(t.query[1].name == "b");
  }

  TEST_CASE("scheme and host are lower-cased, the port is kept apart, a fragment is dropped") {
    const auto t = read_target("HTTPS://Graph.Microsoft.COM:8443/V1.0?a=b#c").value();
    CHECK(t.scheme == "https");
    CHECK(t.host == "graph.microsoft.com");
    CHECK(t.port == "8443");
    CHECK(names(t) == words{"V1.0"});
    CHECK(find_parameter(t, "a") == "b");
    CHECK(read_target("http://[::1]:80/").value().host == "[::1]");
  }

  TEST_CASE("a batch part's relative URL has a path and no host") {
    const auto t = read_target("/security/alerts_v2?$top=1").value();
    CHECK(t.host.empty());
    CHECK(names(t) == words{"security", "alerts_v2"});
  }

  TEST_CASE("segments are compared without regard to case, keys are not segments") {
    const auto path = path_of("/security/Alerts_V2('alerts_v2')");
    CHECK(is_named(path[1], "alerts_v2"));
    CHECK_FALSE(is_named(path[1], "alerts"));
    CHECK_FALSE(is_named(path[2], "alerts_v2"));
  }

  TEST_CASE("a key in parentheses becomes a segment of its own") {
    for (const auto* url : {"/users('a''b%40c')/messages", "/users(%27a''b@c%27)/messages"}) {
      const auto path = path_of(url);
      REQUIRE(path.size() == 3);
      CHECK(path[0].name == "users");
      CHECK(path[1].name == "a'b@c");
      CHECK(path[1].is_key);
      CHECK(path[2].name == "messages");
    }
    CHECK(path_of("/incidents(4711)")[1].is_key);
    CHECK(path_of("/users(3f9c1c52-0e0c-4d7b-8a55-0a2f2b7f4d10)")[1].is_key);
  }

  TEST_CASE("calls and alternate keys keep their arguments") {
    const auto found = path_of("/servicePrincipals(appId='a,b',n=2)/x");
    REQUIRE(found.size() == 2);
    CHECK(found[0].called);
    CHECK(found[0].name == "servicePrincipals");
    REQUIRE(found[0].arguments.size() == 2);
    CHECK(found[0].arguments[0].name == "appId");
    CHECK(found[0].arguments[0].value == "a,b");
    CHECK(found[0].arguments[1].value == "2");
    CHECK(path_of("/users/delta()")[1].called);
    CHECK(path_of("/users/delta()")[1].name == "delta");
  }

  TEST_CASE("parentheses that are neither key nor call stay in the name") {
    CHECK(path_of("/folders/a (b)")[1].name == "a (b)");
    CHECK(path_of("/x('a")[0].name == "x('a");
    CHECK(path_of("/('a')")[0].name == "('a')");
    CHECK(path_of("/x('a'b')")[0].name == "x('a'b')");
  }

  TEST_CASE("an encoded slash does not split a segment") {
    const auto path = path_of("/users/a%2Fb//c/");
    REQUIRE(path.size() == 3);
    CHECK(path[1].name == "a/b");
  }

  TEST_CASE("the first option given twice is named, parameters without $ may repeat") {
    CHECK(duplicate_option(read_target("https://h/x?$top=1&%24TOP=2").value()) == "$TOP");
    CHECK_FALSE(duplicate_option(read_target("https://h/x?a=1&a=2&$top=1").value()).has_value());
  }

  TEST_CASE("a link repeats the request's options and adds one") {
    const auto t =
        read_target("https://GRAPH.microsoft.com/v1.0/security/alerts_v2?$top=50&$filter="
                    "createdDateTime+ge+2026-03-01T10:00:00Z")
            .value();
    CHECK(link_with(t, "$skip", "50") ==
          "https://graph.microsoft.com/v1.0/security/alerts_v2?$top=50&$filter="
          "createdDateTime+ge+2026-03-01T10:00:00Z&$skip=50");
  }

  TEST_CASE("a link replaces the option it sets, and skip and skiptoken drive each other out") {
    const auto t = read_target("http://127.0.0.1:8080/x?%24Skip=50&$top=5").value();
    CHECK(link_with(t, "$skip", "100") == "http://127.0.0.1:8080/x?$top=5&$skip=100");
    const auto bare = read_target("http://h/x?skip=50&top=5").value();
    CHECK(link_with(bare, "$skip", "100") == "http://h/x?top=5&$skip=100");
    CHECK(link_with(t, "$skiptoken", "a/b+") ==
          "http://127.0.0.1:8080/x?$top=5&$skiptoken=a%2Fb%2B");
  }

  TEST_CASE("a link holds no character a URL may not hold, and means the same when read again") {
    const auto t =
        read_target("https://h/us\xC3\xA9rs?$filter=a eq 'b|\"c' and d eq '100%'&x=%41").value();
    const auto link = link_with(t, "$skip", "1");
    CHECK(link == "https://h/us%C3%A9rs?$filter=a%20eq%20'b%7C%22c'%20and%20d%20eq%20'100%25'&x=%41"
                  "&$skip=1");
    const auto again = read_target(link).value();
    CHECK(find_parameter(again, "$filter") == find_parameter(t, "$filter"));
    CHECK(names(again) == names(t));
  }

  TEST_CASE("what is no URL is refused with 400") {
    for (const auto* url : {"",
                            "graph.microsoft.com/v1.0",
                            "ftp://h/x",
                            "https:///x",
                            "https://user@h/x",
                            "https://h:12x/x",
                            "https://h/%zz",
                            "https://h/%00",
                            "https://h/x?a=%FF",
                            "https://h/x?a=%ED%A0%80",
                            "https://h/a\nb"}) {
      CAPTURE(url);
      const auto t = read_target(url);
      REQUIRE_FALSE(t.has_value());
      CHECK(t.error().status == 400);
    }
  }

  TEST_CASE("length, parameters and segments are bounded") {
    CHECK(read_target("https://h/?a=" + std::string(url_bytes_max - 13, 'x')).has_value());
    CHECK(read_target("https://h/?a=" + std::string(url_bytes_max - 12, 'x')).error().status ==
          414);
    CHECK(read_target("https://h/" + std::string(1'000'000, '(')).error().status == 414);
    auto many = std::string("https://h/?");
    for (auto i = std::size_t{0}; i < parameters_max; ++i) {
      many += "a=b&";
    }
    CHECK(read_target(many).has_value());
    CHECK(read_target(many + "a=b").error().status == 400);
    auto deep = std::string("https://h");
    for (auto i = 0; i < 65; ++i) {
      deep += "/a";
    }
    CHECK(read_target(deep).error().status == 400);
  }
}
