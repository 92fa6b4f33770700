#include "tests/mock_graph/server/conversation.hpp"

using namespace server_tests;

namespace {

const auto alerts_url = graph_root + "/v1.0/security/alerts_v2";
const auto form_type = std::string("application/x-www-form-urlencoded");

using names = std::vector<std::string>;

auto activity_fields(conversation& talk) -> seams::headers {
  return {{"Authorization", "Bearer " + talk.token("https%3A%2F%2Fmanage.office.com%2F.default")}};
}

auto activity_url(const std::string& operation) -> std::string {
  return activity_root + "/api/v1.0/" + tenant_id + "/activity/feed/subscriptions/" + operation;
}

} // namespace

TEST_SUITE("request forms") {
  TEST_CASE("an option means the same encoded, with pluses, in any case, after empty parameters") {
    auto talk = conversation(with_alerts(contoso()));
    for (const auto* query : {"?$filter=severity eq 'high'",
                              "?$filter=severity%20eq%20%27high%27",
                              "?%24filter=severity+eq+'high'",
                              "?$filter=severity+eq+%27high%27",
                              "?&$filter=severity eq 'high'",
                              "?&&%24filter=severity+eq+'high'&",
                              "?$Filter=severity eq 'high'",
                              "?%24FILTER=severity%20eq%20'high'",
                              "?$count=true&$Filter=severity eq 'high'#fragment"}) {
      CAPTURE(query);
      CHECK(ids_of(talk.fetch(alerts_url + query)) == names{"a-1"});
    }
  }

  TEST_CASE("a path means the same in any case, encoded, and with slashes to spare") {
    auto talk = conversation(with_alerts(contoso()));
    for (const auto* path : {"/V1.0/Security/Alerts_V2",
                             "/v1.0//security/alerts_v2/",
                             "/v1.0/security/alerts%5Fv2",
                             "/beta/security/alerts_v2?"}) {
      CAPTURE(path);
      CHECK(talk.fetch(graph_root + path)["value"].size() == 2);
    }
    CHECK(talk.fetch("HTTPS://GRAPH.MICROSOFT.COM/v1.0/security/alerts_v2")["value"].size() == 2);
  }

  TEST_CASE("an option given twice is refused, however it is written") {
    auto talk = conversation(with_alerts(contoso()));
    CHECK(talk.send("GET", alerts_url + "?$top=1&%24TOP=1").status == 400);
  }

  TEST_CASE("pages are followed to the end from odd forms, on the client's own host and port") {
    auto script = with_alerts(contoso());
    for (const auto* root : {"https://graph.microsoft.com", "https://graph.microsoft.com:8443"}) {
      auto talk = conversation(script);
      auto url = root + std::string("/V1.0/security/alerts_v2?&%24Top=1&$filter=severity+ne+'x'");
      auto seen = names();
      for (auto pages = 0; pages < 5 && !url.empty(); ++pages) {
        CHECK(url.starts_with(root + std::string("/")));
        const auto page = talk.fetch(url);
        CHECK(page["@odata.context"].get<std::string>().starts_with(root + std::string("/v1.0/$")));
        for (const auto& id : ids_of(page)) {
          seen.push_back(id);
        }
        url = page.value("@odata.nextLink", "");
      }
      CHECK(seen == names{"a-2", "a-1"});
    }
  }

  TEST_CASE("keys stand in parentheses or as a segment, quotes raw or encoded") {
    auto talk = conversation(with_alerts(contoso()));
    for (const auto* path : {"users('dana@contoso.com')",
                             "users(%27dana%40contoso.com%27)",
                             "users/dana%40contoso.com",
                             "Users/Dana@Contoso.com",
                             "users('id-dana')"}) {
      CAPTURE(path);
      CHECK(talk.fetch(graph_root + "/v1.0/" + path)["id"] == "id-dana");
    }
    CHECK(talk.fetch(alerts_url + "('a-1')")["id"] == "a-1");
    CHECK(talk.fetch(graph_root + "/v1.0/users('id-dana')/mailboxSettings")["timeZone"] == "UTC");
    CHECK(talk.fetch(graph_root + "/v1.0/users('id-dana')/ownedDevices")["value"].empty());
  }

  TEST_CASE("a key by a name that is not known does not turn into the whole list") {
    auto talk = conversation(with_alerts(contoso()));
    for (const auto* path : {"users(mail='dana@contoso.com')",
                             "devices(deviceId='d')",
                             "security/alerts_v2(alertId='a-1')",
                             "auditLogs/signIns(user='dana')"}) {
      CAPTURE(path);
      CHECK(talk.send("GET", graph_root + "/v1.0/" + path).status == 400);
    }
  }

  TEST_CASE("functions and actions are called with parentheses and by qualified names") {
    auto talk = conversation();
    for (const auto* call :
         {"delta", "delta()", "microsoft.graph.delta", "microsoft.graph.Delta()"}) {
      CAPTURE(call);
      const auto page = talk.fetch(graph_root + "/beta/users/" + call);
      CHECK(page["@odata.deltaLink"].get<std::string>().starts_with(graph_root +
                                                                    "/beta/users/delta?"));
    }
    for (const auto* call : {"runHuntingQuery", "microsoft.graph.security.runHuntingQuery"}) {
      CHECK(talk.send("POST", graph_root + "/v1.0/security/" + call, R"({"Query":"AlertInfo"})")
                .status == 200);
    }
  }

  TEST_CASE("a plus is a blank: an offset must come encoded, or Graph refuses the filter") {
    auto talk = conversation(with_alerts(contoso()));
    const auto since = std::string("?$filter=createdDateTime ge 2026-03-10T03:30:00");
    CHECK(ids_of(talk.fetch(alerts_url + since + "%2B02:00")) == names{"a-2"});
    CHECK(talk.send("GET", alerts_url + since + "+02:00").status == 400);
  }

  TEST_CASE("a plus is a blank to the Management API too: AF20055 for the time with an offset") {
    auto talk = conversation();
    talk.time.set(start + 2h);
    const auto fields = activity_fields(talk);
    const auto ask = [&](const std::string& operation, const std::string& method = "GET") {
      return talk.send(method, activity_url(operation), "", fields);
    };
    REQUIRE(ask("start?contentType=Audit.General", "POST").status == 200);
    const auto window = [](const std::string& from) {
      return "content?contentType=Audit.General&startTime=" + from + "&endTime=2026-03-10T01:00:00";
    };
    CHECK(ask(window("2026-03-10T00:30:00")).status == 200);
    const auto refused = ask(window("2026-03-10T00:30:00+00:00"));
    CHECK(refused.status == 400);
    CHECK(json::parse(refused.body)["error"]["code"] == "AF20055");
  }

  TEST_CASE("parameters of the Management API are taken in any case, its links keep the port") {
    auto script = contoso();
    script.events.push_back(
        {start + 1min,
         "t.toml:1",
         tenant::verbatim_record{"audit_general", R"({"Id":"r","RecordType":25})", "t.toml:1"}});
    auto talk = conversation(script);
    auto fields = activity_fields(talk);
    const auto root = activity_root + ":444/API/v1.0/" + tenant_id + "/Activity/Feed/";
    REQUIRE(talk.send("POST", root + "Subscriptions/Start?CONTENTTYPE=Audit.General", "", fields)
                .status == 200);
    talk.time.set(start + 2h);
    fields = activity_fields(talk);
    const auto listed = talk.send("GET",
                                  root + "subscriptions/content?&ContentType=Audit.General"
                                         "&starttime=2026-03-10&ENDTIME=2026-03-10T01:00",
                                  "",
                                  fields);
    const auto blobs = json::parse(listed.body);
    REQUIRE(blobs.size() == 1);
    const auto uri = blobs[0]["contentUri"].get<std::string>();
    CHECK(uri.starts_with(activity_root + ":444/"));
    CHECK(json::parse(talk.send("GET", uri, "", fields).body)[0]["Id"] == "r");
  }

  TEST_CASE("the scheme of the token and the names of headers are taken in any case") {
    auto talk = conversation(with_alerts(contoso()));
    const auto answer =
        talk.mock.answer({"GET", alerts_url, {{"authorization", "bearer " + talk.token()}}, ""});
    CHECK(answer.response.status == 200);
  }

  TEST_CASE("forms of the login: pluses, small hex digits, empty fields, a charset") {
    auto talk = conversation();
    const auto url = "https://login.microsoftonline.com/" + tenant_id + "/oauth2/v2.0/token";
    const auto credentials = "client_id=" + client_id + "&client_secret=the%2dsecret&";
    for (const auto& form :
         {"grant_type=client_credentials&" + credentials +
              "scope=https%3a%2f%2fgraph.microsoft.com%2f.default",
          "&&" + credentials + "scope=openid+https://graph.microsoft.com/.default&" +
              "grant_type=client_credentials&",
          credentials + "grant_type=client%5Fcredentials&" +
              "scope=https%3A%2F%2Fgraph.microsoft.com%2F.default+offline_access"}) {
      CAPTURE(form);
      CHECK(talk.sign_in(url, form, form_type).status == 200);
      CHECK(talk.sign_in(url, form, "Application/X-WWW-Form-Urlencoded; charset=UTF-8").status ==
            200);
    }
  }

  TEST_CASE("tenant and application are found in capitals and by domain") {
    auto talk = conversation();
    const auto form = [](const std::string& client) {
      return "grant_type=client_credentials&client_secret=the-secret&client_id=" + client +
             "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";
    };
    for (const auto* tenant :
         {"3F2B9C41-7D5E-4A86-9B1C-5E0D8A7F6C21", "contoso.com", "Contoso.COM"}) {
      CAPTURE(tenant);
      const auto url = std::string("https://Login.MicrosoftOnline.com/") + tenant + "/oauth2/v2.0/";
      CHECK(talk.sign_in(url + "token", form(client_id), form_type).status == 200);
      CHECK(talk.sign_in(url + "Token", form("0B6E2F4A-93C1-4D57-8A2E-7F1C5D9B3E60"), form_type)
                .status == 200);
    }
  }
}
