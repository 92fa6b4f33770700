#include "replay/leak/leak_check.hpp"
#include "replay/redact/exchange_redactor.hpp"
#include "replay/text/base64.hpp"
#include "replay/text/encodings.hpp"

#include <doctest/doctest.h>

namespace {

using replay::text_redactor;
using namespace replay::text;

auto redactor() -> text_redactor {
  return text_redactor({}, "a key for tests");
}

auto holds(const std::string& text, std::string_view part) -> bool {
  return text.find(part) != std::string::npos;
}

const auto dana = std::string("dana.fox@contoso.com");
const auto object_id = std::string("8ea0e38b-efb3-4757-924a-5f94061cf8c2");

/// `what` in every encoding that redaction sees through.
auto encodings_of(const std::string& what) -> std::vector<std::string> {
  return {what,
          percent_encoded(what),
          percent_encoded(percent_encoded(what)),
          to_base64(what),
          to_base64(what, base64_form::url),
          to_base64(to_base64(what)),
          to_base64(to_utf16(what, byte_order::little)),
          to_base64(to_utf16(what, byte_order::big)),
          to_hex(what),
          R"({\"user\":\")" + what + R"(\"})",
          "&#x" + to_hex(what.substr(0, 1)) + ";" + what.substr(1)};
}

TEST_SUITE("redaction") {
  TEST_CASE("one person has one stand-in in URLs, filters, bodies and JSON within strings") {
    const auto with = redactor();
    const auto stand_in = with.plain(dana);
    CHECK(stand_in != dana);
    CHECK(stand_in.ends_with(".example"));
    CHECK(with.plain(stand_in.substr(0, 0) + dana) == stand_in);
    CHECK(holds(with.url("https://graph.microsoft.com/v1.0/users/" + dana), "/users/" + stand_in));
    const auto filter = with.url(
        "https://graph.microsoft.com/v1.0/users?$filter=mail%20eq%20'dana.fox%40contoso.com'");
    CHECK(holds(percent_decoded(filter), "mail eq '" + stand_in + "'"));
    CHECK(with.json(R"({"mail":"dana.fox@contoso.com","n":1e3})") ==
          R"({"mail":")" + stand_in + R"(","n":1e3})");
    CHECK(holds(with.json(R"({"AuditData":"{\"UserId\":\"dana.fox@contoso.com\"}"})"),
                R"({\"UserId\":\")" + stand_in + R"(\"})"));
    CHECK(from_base64(with.plain(to_base64(dana))) == stand_in);
    const auto wide = to_utf16(R"({"mail":"dana.fox@contoso.com"})", byte_order::little);
    CHECK(from_utf16(with.body(wide), byte_order::little) == R"({"mail":")" + stand_in + R"("})");
    CHECK_FALSE(text_redactor({}, "another key").plain(dana) == stand_in);
  }

  TEST_CASE("the parts of a Safe Links address keep their joins") {
    const auto with = redactor();
    const auto bare = std::string("8ea0e38befb34757924a5f94061cf8c2");
    const auto link =
        with.plain("https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2F"
                   "login-contoso.com%2Fr&data=05%7C02%7Cdana.fox%40contoso.com%7C" +
                   bare + "%7C0&sdata=abcDEF123456789xyzABC%3D&reserved=0");
    const auto decoded = percent_decoded(link);
    CHECK(holds(link, "https://eur02.safelinks.protection.outlook.com/?url="));
    CHECK(holds(decoded, "05|02|" + with.plain(dana) + "|" + with.names().guid(bare) + "|0"));
    CHECK_FALSE(holds(decoded, "abcDEF"));
    CHECK_FALSE(holds(decoded, "contoso"));
    auto joined = with.plain(object_id);
    std::erase(joined, '-');
    CHECK(joined == with.names().guid(bare));
  }

  TEST_CASE("names of settings stay, names of people do not") {
    const auto left = redactor().json(
        R"({"Parameters":[{"Name":"ForwardTo","Value":"dana.fox"}],"Name":"dana.fox",)"
        R"("modifiedProperties":[{"displayName":"Role.DisplayName","newValue":"dana.fox"}],)"
        R"("UrlLocation":"Attachment"})");
    CHECK(holds(left, R"([{"Name":"ForwardTo","Value":")"));
    CHECK(holds(left, R"([{"displayName":"Role.DisplayName","newValue":")"));
    CHECK(holds(left, R"("UrlLocation":"Attachment")"));
    CHECK_FALSE(holds(left, "dana"));
  }

  TEST_CASE("pages still follow each other") {
    const auto with = redactor();
    const auto link =
        std::string("https://graph.microsoft.com/v1.0/users?$skiptoken=RFNwdAIAAQ%3D%3D");
    const auto body = with.json(R"({"@odata.nextLink":")" + link + R"("})");
    CHECK(holds(body, with.url(link)));
    CHECK_FALSE(holds(body, "RFNwdAIAAQ"));
  }

  TEST_CASE("none of many secrets in odd encodings is left") {
    const auto with = redactor();
    const auto secrets = std::vector<std::string>{dana,
                                                  "DANA.FOX@CONTOSO.COM",
                                                  "mail.contoso.com",
                                                  "contoso.onmicrosoft.com",
                                                  object_id,
                                                  "203.0.113.77",
                                                  "2620:10d:c091::17",
                                                  "abC8Q~0123456789abcdefABCDEF.-_~xyzXYZ12"};
    auto seeded = 0;
    for (const auto& one : secrets) {
      for (const auto& written : encodings_of(one)) {
        CAPTURE(written);
        const auto left = with.plain("see " + written + " there");
        CHECK_FALSE(holds(left, written));
        CHECK_FALSE(holds(left, one));
        ++seeded;
      }
    }
    CHECK(seeded >= 60);
  }

  TEST_CASE("what gives access is taken out wherever it stands") {
    const auto with = redactor();
    auto asked = replay::exchange();
    asked.asked = {"POST",
                   "https://dana:pw@login.microsoftonline.com/t/token?code=1&client_secret=hunter2",
                   {{"Authorization", "Basic ZGFuYTpwdzEyMzQ="},
                    {"Cookie", "sid=hunter2; x=hunter2"},
                    {"Content-Type", "application/x-www-form-urlencoded"}},
                   "grant_type=client_credentials&client_secret=hunter2&client_assertion=hunter2"};
    asked.answered = {
        200,
        {{"Set-Cookie", "a=hunter2; Path=/; HttpOnly"}},
        R"({"access_token":"hunter2","expires_in":3599,"secretText":"hunter2",)"
        R"("DetectedValues":[{"Name":"hunter2","Value":4711}],"unheard_of":"hunter2"})",
        false};
    const auto left = replay::redacted(asked, with);
    auto all = left.asked.url + left.asked.body + left.answered.body;
    for (const auto& fields : {left.asked.fields, left.answered.fields}) {
      for (const auto& one : fields) {
        all += one.name + ": " + one.value + '\n';
      }
    }
    CHECK_FALSE(holds(all, "hunter2"));
    CHECK_FALSE(holds(all, "ZGFuYTpwdz"));
    CHECK_FALSE(holds(all, "dana:pw"));
    CHECK(holds(all, "grant_type=client_credentials"));
    CHECK(holds(all, "\"expires_in\":3599"));
    CHECK(holds(all, "Path=/"));
  }

  TEST_CASE("a token is issued anew with the same claims under stand-ins") {
    const auto with = redactor();
    const auto claims =
        R"({"tid":")" + object_id + R"(","exp":1773129600,"roles":["User.Read.All"]})";
    const auto token = to_base64(R"({"alg":"RS256"})", base64_form::url) + '.' +
                       to_base64(claims, base64_form::url) + ".c2lnbmF0dXJl";
    const auto again = with.plain("Bearer " + token);
    const auto first = again.find('.');
    const auto read = from_base64(again.substr(first + 1, again.rfind('.') - first - 1));
    REQUIRE(read.has_value());
    CHECK(*read == R"({"tid":")" + with.plain(object_id) +
                       R"(","exp":1773129600,"roles":["User.Read.All"]})");
    const auto signer = [](const std::string&, const std::string&) {
      return std::string("signed");
    };
    CHECK(text_redactor({}, "k", signer).plain(token) == "signed");
  }

  TEST_CASE("dates, numbers, enumerations, error texts and the service's own hosts stay") {
    const auto with = redactor();
    for (const auto* text :
         {R"({"createdDateTime":"2026-03-10T08:29:16.58Z","severity":"high",)"
          R"("size":12345678901234567890})",
          R"({"serviceSource":"microsoftDefenderForOffice365","status":"inProgress"})",
          R"({"error":"invalid_client",)"
          R"("error_description":"AADSTS7000222: The secret has expired."})",
          R"({"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users"})"}) {
      CHECK(with.body(text) == text);
    }
    CHECK(with.json(R"({"subject":"Pay 100 now"})").size() == 25);
  }

  TEST_CASE("an alert's id keeps its join with the GUID behind its letters") {
    const auto with = redactor();
    const auto alert = with.field("id", "fa" + object_id);
    CHECK(alert == "fa" + with.plain(object_id));
    CHECK(alert != "fa" + object_id);
    CHECK(with.url("https://security.microsoft.com/alerts/fa" + object_id) ==
          "https://security.microsoft.com/alerts/" + alert);
  }

  TEST_CASE("OData's annotations are no addresses and no domains") {
    const auto with = redactor();
    const auto body = std::string(
        R"x({"adminapi.warnings@odata.type":"#Collection(String)","@adminapi.warnings":[]})x");
    CHECK(with.json(body) == body);
    auto tape = replay::cassette();
    tape.exchanges.emplace_back();
    tape.exchanges.back().answered.body = body;
    CHECK(replay::find_leaks(tape, {}).empty());
  }

  TEST_CASE("the parts of a path in Exchange's directory stay apart") {
    const auto with = redactor();
    const auto path = with.field("OrganizationId", "Hosted Organizations/contoso.onmicrosoft.com");
    CHECK(path.ends_with("/" + with.plain("contoso.onmicrosoft.com")));
    CHECK(replay::leaks_in(path, {}).empty());
  }

  TEST_CASE("XML loses names and secrets by its elements, and keeps its tags") {
    const auto with = redactor();
    const auto left =
        with.body("<?xml version=\"1.0\"?><d:Entry xmlns:d=\"http://schemas.microsoft.com/x\">"
                  "<d:Subject>Project Zebrafink</d:Subject><d:Status>Delivered</d:Status>"
                  "<Password>Hunter2zebra</Password><d:Received m:type=\"Edm.DateTime\">"
                  "2026-03-10T08:00:00Z</d:Received></d:Entry>",
                  text_redactor::author::anybody);
    for (const auto* gone : {"Zebrafink", "Project", "Hunter2zebra"}) {
      CHECK_FALSE(holds(left, gone));
    }
    for (const auto* kept : {"<d:Subject>",
                             "<d:Status>Delivered</d:Status>",
                             "</Password>",
                             "m:type=\"Edm.DateTime\"",
                             ">2026-03-10T08:00:00Z<"}) {
      CHECK_MESSAGE(holds(left, kept), left);
    }
  }

  TEST_CASE("a word in a tag that never ends is looked at too") {
    const auto left = redactor().body("<?xml version=\"1.0\" dana.fox@contoso.com",
                                      text_redactor::author::anybody);
    CHECK_FALSE(holds(left, "contoso"));
  }

  TEST_CASE("text that nobody knows loses every word, what the service says of an error none") {
    const auto with = redactor();
    const auto anybody = text_redactor::author::anybody;
    for (const auto* text : {"Subject,Name\nInvoice,Groot\n",
                             "callback({\"password\":\"Hunter2\"})",
                             "data: {\"subject\":\"Groot\"}\n\n",
                             "--b\r\nContent-Type: text/plain\r\n\r\nGroot\r\n--b--"}) {
      const auto left = with.body(text, anybody);
      CHECK_FALSE(holds(left, "Groot"));
      CHECK_FALSE(holds(left, "Hunter2"));
    }
    const auto error = std::string("{'error': {'code':'AF429', 'message': 'Too many requests'}}");
    CHECK(with.body(error) == error);
  }

  TEST_CASE("a Teams thread has one stand-in wherever it stands, and is one still") {
    const auto with = redactor();
    const auto thread = "19:" + object_id + "_" + object_id + "@unq.gbl.spaces";
    const auto stand_in = with.field("ThreadId", thread);
    CHECK(stand_in == with.field("ChatThreadId", thread));
    CHECK(stand_in == with.plain(thread));
    CHECK(stand_in.starts_with("19:0ff7"));
    CHECK(stand_in.ends_with("@unq.gbl.spaces"));
    CHECK(replay::leaks_in(stand_in, {}).empty());
    CHECK_FALSE(replay::leaks_in(thread, {}).empty());
  }

  TEST_CASE("columns of a hunting answer keep their names") {
    const auto schema = std::string(R"({"schema":[{"name":"AccountUpn","type":"String"}]})");
    CHECK(redactor().json(schema) == schema);
  }

  TEST_CASE("headers that nobody knows lose their words, those of the services none") {
    auto what = replay::exchange();
    what.asked.fields = {{"X-Custom-Owner", "Wilhelmina Groot"},
                         {"Prefer", "odata.maxpagesize=50"},
                         {"Accept", "application/json"}};
    const auto left = replay::redacted(what, redactor()).asked.fields;
    CHECK_FALSE(holds(std::string(*left.find("X-Custom-Owner")), "Groot"));
    CHECK(left.find("Prefer") == "odata.maxpagesize=50");
    CHECK(left.find("Accept") == "application/json");
  }

  TEST_CASE("names of cmdlets stay, and so do the paths of an API that lies at the tenant's host") {
    const auto with = redactor();
    const auto call = std::string(R"({"CmdletInput":{"CmdletName":"Get-AtpPolicyForO365"}})");
    CHECK(with.json(call) == call);
    const auto url = with.url("https://contoso.us3.portal.cloudappsecurity.com/api/v1/alerts/");
    CHECK_FALSE(holds(url, "contoso"));
    CHECK(url.ends_with(".us3.portal.cloudappsecurity.com/api/v1/alerts/"));
    CHECK_FALSE(
        holds(with.url("https://contoso.sharepoint.com/personal/dana_contoso_com"), "dana"));
  }

  TEST_CASE("a domain in a field of its own is the domain of its addresses, whatever it ends in") {
    const auto with = redactor();
    for (const auto* domain : {"contoso.com", "fabrikam.example", "litware.banking"}) {
      const auto address = with.field("userPrincipalName", std::string("dana@") + domain);
      CHECK(address.substr(address.find('@') + 1) == with.field("domainName", domain));
      CHECK(with.field("SenderFromDomain", domain) == with.names().domain(domain));
    }
    CHECK(with.field("domainName", "graph.microsoft.com") == "graph.microsoft.com");
  }

  TEST_CASE("a name without dots that a URL goes to is somebody's too") {
    const auto left = redactor().plain("see https://payroll/x and http://localhost:8080/y");
    CHECK_FALSE(holds(left, "payroll"));
    CHECK(holds(left, "http://localhost:8080/"));
  }

  TEST_CASE("a long text of beginnings of words is redacted in no time") {
    auto text = std::string();
    while (text.size() < 200'000) {
      text += "a-";
    }
    CHECK(redactor().plain(text).size() > 100);
  }

  TEST_CASE("what stands outside of JSON's strings loses its names too") {
    const auto with = redactor();
    for (const auto* text : {R"({"a":1} by dana.fox@contoso.com)",
                             R"([1, dana.fox@contoso.com, 2])",
                             R"({"a":1 /* https://contoso.com/dana */})",
                             "{\"a\":1}\ndana.fox@contoso.com\n{\"b\":2}"}) {
      const auto left = with.body(text);
      CHECK_MESSAGE(!holds(left, "contoso"), left);
      CHECK(holds(left, "1"));
    }
    constexpr auto plain = R"({"a":[true,false,null,-1.5e+3,0]})";
    CHECK(with.body(plain) == plain);
  }

  TEST_CASE("a body that was cut loses its names too") {
    const auto left =
        redactor().body(R"({"value":[{"mail":"dana.fox@contoso.com","subject":"Sala)");
    CHECK_FALSE(holds(left, "dana"));
    CHECK_FALSE(holds(left, "Sala"));
  }
}

} // namespace
