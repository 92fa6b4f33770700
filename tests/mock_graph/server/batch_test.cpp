#include "tests/mock_graph/server/conversation.hpp"

using namespace server_tests;

namespace {

const auto batch_url = graph_root + "/v1.0/$batch";
const auto alerts_part = std::string(R"({"id":"1","method":"GET","url":"/security/alerts_v2"})");
const auto dana_part = std::string(R"({"id":"2","method":"GET","url":"users/dana@contoso.com"})");

auto payload(const std::string& parts) -> std::string {
  return R"({"requests":[)" + parts + "]}";
}

auto part_of(const seams::response& batch, const std::string& id) -> json {
  CAPTURE(batch.body);
  REQUIRE(batch.status == 200);
  const auto body = json::parse(batch.body);
  for (const auto& one : body["responses"]) {
    if (one["id"] == id) {
      return one;
    }
  }
  FAIL("no answer to part " << id);
  return {};
}

auto order_of(const seams::response& batch) -> std::string {
  auto out = std::string();
  const auto body = json::parse(batch.body);
  for (const auto& one : body["responses"]) {
    out += one["id"].get<std::string>() + " ";
  }
  return out;
}

auto message_of(const seams::response& refused) -> std::string {
  CHECK(refused.status == 400);
  const auto error = json::parse(refused.body)["error"];
  CHECK(error["code"] == "BadRequest");
  return error["message"];
}

auto many_parts(int count) -> std::string {
  auto out = std::string();
  for (auto i = 1; i <= count; ++i) {
    out += (i == 1 ? "" : ",") + std::string(R"({"id":")") + std::to_string(i) +
           R"(","method":"GET","url":"/auditLogs/signIns"})";
  }
  return out;
}

auto trouble(faults::fault::kind what, const std::string& route) -> server::script {
  auto out = with_alerts(contoso());
  auto one = faults::fault();
  one.id = "trouble";
  one.route = route;
  one.what = what;
  one.retry_after = 7s;
  one.delay = 3s;
  one.calls = 1;
  out.faults.push_back(one);
  return out;
}

auto routes_asked(const journal& requests) -> std::string {
  auto out = std::string();
  for (const auto& entry : requests) {
    out += entry.route.starts_with("login.")
               ? ""
               : entry.route + " " + std::to_string(entry.status) + "; ";
  }
  return out;
}

} // namespace

TEST_SUITE("batch") {
  TEST_CASE("parts are answered as if they had come alone, byte by byte, the last one first") {
    auto talk = conversation(with_alerts(contoso()));
    const auto batch = talk.send("POST", batch_url, payload(alerts_part + "," + dana_part));
    CHECK(order_of(batch) == "2 1 ");
    for (const auto* path : {"/security/alerts_v2", "/users/dana@contoso.com"}) {
      const auto alone = talk.send("GET", graph_root + "/v1.0" + path).body;
      CHECK(batch.body.find(R"("body":)" + alone) != std::string::npos);
    }
    const auto headers = part_of(batch, "1")["headers"];
    CHECK(headers["OData-Version"] == "4.0");
    CHECK(!headers.contains("request-id"));
    CHECK(!headers.contains("Date"));
  }

  TEST_CASE("a part that is refused leaves the batch and the other parts as they are") {
    auto talk = conversation(with_alerts(contoso()));
    const auto batch =
        talk.send("POST",
                  batch_url,
                  payload(alerts_part + R"(,{"id":"x","method":"GET","url":"/security/incidents"},)"
                                        R"({"id":"y","method":"GET","url":"/v1.0/groups"},)"
                                        R"({"id":"z","method":"DELETE","url":"/users/id-eli"})"));
    CHECK(part_of(batch, "1")["status"] == 200);
    CHECK(part_of(batch, "x")["status"] == 403);
    CHECK(part_of(batch, "y")["body"]["error"]["message"] ==
          "Resource not found for the segment 'v1.0'.");
    CHECK(part_of(batch, "z")["status"] == 405);
  }

  TEST_CASE("bodies and headers of a part reach its operation") {
    auto talk = conversation();
    const auto batch = talk.send(
        "POST",
        batch_url,
        payload(R"({"id":"q","method":"POST","url":"/security/runHuntingQuery",)"
                R"("headers":{"content-type":"application/json"},"body":{"Query":"AlertInfo"}},)"
                R"({"id":"c","method":"GET","url":"/users/$count",)"
                R"("headers":{"ConsistencyLevel":"eventual"}})"));
    CHECK(part_of(batch, "q")["body"]["results"].is_array());
    CHECK(part_of(batch, "c")["headers"]["Content-Type"] == "text/plain");
    CHECK(part_of(batch, "c")["body"] == "Mg=="); // 2, as bodies that are no JSON come
  }

  TEST_CASE("each part counts against the limits, and one too many is a 429 of its own") {
    auto talk = conversation();
    const auto batch = talk.send("POST", batch_url, payload(many_parts(6)));
    CHECK(part_of(batch, "5")["status"] == 200);
    CHECK(part_of(batch, "6")["status"] == 429);
  }

  TEST_CASE("a throttled part has a Retry-After of its own, and the batch has none") {
    auto talk = conversation(trouble(faults::fault::kind::throttle, "graph.alerts"));
    const auto batch = talk.send("POST", batch_url, payload(alerts_part + "," + dana_part));
    CHECK(!batch.fields.find("Retry-After"));
    CHECK(part_of(batch, "1")["status"] == 429);
    CHECK(part_of(batch, "1")["headers"]["Retry-After"] == "7");
    CHECK(part_of(batch, "2")["status"] == 200);
    CHECK(talk.mock.injected().fired(0) == 1);
  }

  TEST_CASE("the batch itself can meet a fault, and then no part is asked") {
    auto talk = conversation(trouble(faults::fault::kind::throttle, "graph.batch"));
    CHECK(talk.send("POST", batch_url, payload(alerts_part)).status == 429);
    CHECK(routes_asked(talk.mock.requests()) == "graph.batch 429; ");
  }

  TEST_CASE("an answer to a part that gets lost on its way is a 504 inside") {
    using kind = faults::fault::kind;
    for (const auto what : {kind::cut, kind::reset, kind::silence, kind::undecodable}) {
      auto talk = conversation(trouble(what, "graph.alerts"));
      const auto batch = talk.ask("POST", batch_url, payload(alerts_part + "," + dana_part));
      CHECK(batch.travel.how == delivery::kind::whole);
      CHECK(part_of(batch.response, "1")["status"] == 504);
      CHECK(part_of(batch.response, "2")["status"] == 200);
    }
  }

  TEST_CASE("a slow part delays the batch, a broken one comes in base64") {
    auto slow = conversation(trouble(faults::fault::kind::slow, "graph.alerts"));
    CHECK(slow.ask("POST", batch_url, payload(alerts_part)).travel.delay == 3s);
    auto torn = conversation(trouble(faults::fault::kind::cut_with_error, "graph.alerts"));
    const auto batch = torn.send("POST", batch_url, payload(alerts_part));
    CHECK(part_of(batch, "1")["body"].is_string());
  }

  TEST_CASE("what depends on a part that failed is not asked, and says 424") {
    auto talk = conversation();
    const auto batch =
        talk.send("POST",
                  batch_url,
                  payload(R"({"id":"a","method":"GET","url":"/users/nobody"},)"
                          R"({"id":"b","method":"GET","url":"/users","dependsOn":["A"]},)"
                          R"({"id":"c","method":"GET","url":"/users","dependsOn":["b"]})"));
    CHECK(order_of(batch) == "a b c ");
    CHECK(part_of(batch, "a")["status"] == 404);
    CHECK(part_of(batch, "b")["status"] == 424);
    CHECK(part_of(batch, "c")["status"] == 424);
    CHECK(routes_asked(talk.mock.requests()) == "graph.batch 200; graph.users 404; ");
  }

  TEST_CASE("parts may all depend on the same one") {
    auto talk = conversation();
    const auto batch =
        talk.send("POST",
                  batch_url,
                  payload(R"({"id":"a","method":"GET","url":"/users","dependsOn":[]},)"
                          R"({"id":"b","method":"GET","url":"/users","dependsOn":["a"]},)"
                          R"({"id":"c","method":"GET","url":"/users","dependsOn":["a"]})"));
    CHECK(part_of(batch, "c")["status"] == 200);
  }

  TEST_CASE("a batch that is malformed is refused as a whole") {
    auto talk = conversation();
    const auto get = std::string(R"({"id":"a","method":"GET","url":"/users")");
    const auto refused = [&](const std::string& body) {
      return message_of(talk.send("POST", batch_url, body));
    };
    for (const auto& body :
         {std::string("{"),
          std::string("[]"),
          std::string(R"({"requests":{}})"),
          payload(""),
          payload("1"),
          payload(R"({"method":"GET","url":"/users"})"),
          payload(R"({"id":1,"method":"GET","url":"/users"})"),
          payload(R"({"id":"a","url":"/users"})"),
          payload(R"({"id":"a","method":"GET"})"),
          payload(R"({"id":"a","method":"GET","url":"https://graph.microsoft.com/v1.0/users"})"),
          payload(R"({"id":"a","method":"POST","url":"/$batch","headers":{},"body":{}})"),
          payload(get + R"(,"headers":{"a":1}})"),
          payload(get + R"(,"dependsOn":"b"})"),
          payload(get + R"(,"atomicityGroup":"g"})"),
          payload(get + R"(,"body":)" + std::string(5'000, '[') + std::string(5'000, ']') + "}")}) {
      CAPTURE(body.substr(0, 200));
      CHECK(refused(body) == "Invalid batch payload format.");
    }
    CHECK(refused(payload(many_parts(21))) == "Number of requests inside batch exceed the limit.");
    CHECK(refused(payload(get + "}," + R"({"id":"A","method":"GET","url":"/users"})")) ==
          "Request Id A has to be unique in a batch.");
    CHECK(refused(payload(R"({"id":"a","method":"POST","url":"/x","body":{}})")) ==
          "Write request id : a does not contain Content-Type header or body.");
    CHECK(refused(payload(get + R"(,"dependsOn":["b"]},{"id":"b","method":"GET","url":"/users"})"))
              .starts_with("Invalid dependency for request Id a"));
    CHECK(refused(payload(get + "}," + R"({"id":"b","method":"GET","url":"/users"},)" +
                          R"({"id":"c","method":"GET","url":"/users","dependsOn":["a"]},)" +
                          R"({"id":"d","method":"GET","url":"/users","dependsOn":["b"]})")) ==
          "Batch should be either fully sequential or fully parallel.");
    CHECK(routes_asked(talk.mock.requests()).find("graph.users") == std::string::npos);
  }

  TEST_CASE("the journal holds the batch and, behind it, each part with its own URL") {
    auto talk = conversation(with_alerts(contoso()));
    (void)talk.send("POST", batch_url, payload(alerts_part + "," + dana_part));
    CHECK(routes_asked(talk.mock.requests()) ==
          "graph.batch 200; graph.alerts 200; graph.users 200; ");
    CHECK(talk.mock.requests().back().url == graph_root + "/v1.0/users/dana@contoso.com");
    CHECK(talk.mock.requests().back().had_token);
  }

  TEST_CASE("links inside a part have the host, port and version of the batch") {
    auto script = contoso();
    script.state.pages.directory = 1;
    auto talk = conversation(script);
    const auto root = graph_root + ":8443/beta";
    const auto batch = talk.send(
        "POST", root + "/$batch", payload(R"({"id":"1","method":"GET","url":"users?%24top=1"})"));
    const auto body = part_of(batch, "1")["body"];
    CHECK(body["@odata.context"] == root + "/$metadata#users");
    CHECK(body["@odata.nextLink"].get<std::string>().starts_with(root + "/users?"));
  }

  TEST_CASE("a URL that is too long for a request of its own may be a part") {
    auto talk = conversation();
    const auto url = "/users?padding=" + std::string(20'000, 'x');
    CHECK(talk.send("GET", graph_root + "/v1.0" + url).status == 400);
    const auto batch =
        talk.send("POST", batch_url, payload(R"({"id":"1","method":"GET","url":")" + url + "\"}"));
    CHECK(part_of(batch, "1")["status"] == 200);
  }

  TEST_CASE("a batch needs a token and a POST, a part's own token is not looked at") {
    auto talk = conversation();
    CHECK(talk.send("POST", batch_url, payload(alerts_part), {{"Authorization", ""}}).status ==
          401);
    CHECK(talk.send("GET", batch_url).status == 405);
    const auto batch = talk.send("POST",
                                 batch_url,
                                 payload(R"({"id":"1","method":"GET","url":"/users",)"
                                         R"("headers":{"Authorization":"Bearer other"}})"));
    CHECK(part_of(batch, "1")["status"] == 200);
  }

  TEST_CASE("errors of parts repeat the client-request-id of the batch, or their own") {
    auto talk = conversation();
    const auto batch = talk.send("POST",
                                 batch_url,
                                 payload(R"({"id":"1","method":"GET","url":"/me"},)"
                                         R"({"id":"2","method":"GET","url":"/me","headers":)"
                                         R"({"client-request-id":"mine"}})"),
                                 {{"client-request-id", "outer"}});
    const auto id_in = [&](const std::string& part) {
      return part_of(batch, part)["body"]["error"]["innerError"]["client-request-id"];
    };
    CHECK(id_in("1") == "outer");
    CHECK(id_in("2") == "mine");
  }
}
