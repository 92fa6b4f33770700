#include "tests/core/ocsf/normalized.hpp"

#include <doctest/doctest.h>

using namespace core::ocsf;
using nlohmann::json;

namespace {

/// The click of the mapping sheet, section 9.
auto click() -> json {
  return json::parse(R"({
    "class_uid":4002,"class_name":"HTTP Activity","category_uid":4,
    "category_name":"Network Activity","activity_id":99,"activity_name":"ClickBlocked",
    "type_uid":400299,"type_name":"HTTP Activity: Other","time":1767261480000,
    "severity_id":4,"severity":"High",
    "metadata":{"version":"1.8.0","product":{"name":"Defender"},
                "profiles":["cloud","host","security_control"]},
    "cloud":{"provider":"Azure"},
    "actor":{"user":{"name":"adele@contoso.example","email_addr":"adele@contoso.example"}},
    "http_request":{"url":{"url_string":"https://login.bad.example/"}},
    "src_endpoint":{"ip":"192.0.2.44"},"action_id":1,"action":"Allowed","is_alert":true,
    "observables":[{"name":"src_endpoint.ip","type_id":2,"type":"IP Address",
                    "value":"192.0.2.44"}]})");
}

/// What is wrong once `value` stands at `place`.
auto wrong_with(const std::string& place, json value) -> std::string {
  auto event = click();
  event[json::json_pointer(place)] = std::move(value);
  return to_text(validate(event));
}

auto wrong_without(const std::string& name) -> std::string {
  auto event = click();
  event.erase(name);
  return to_text(validate(event));
}

} // namespace

TEST_SUITE("ocsf_validate") {
  TEST_CASE("a sound event has nothing wrong with it") {
    CHECK(to_text(validate(click())) == "");
  }

  TEST_CASE("each violation says where it is and what was expected") {
    CHECK(wrong_with("/colour", "red") == "colour: expected no such attribute\n");
    CHECK(wrong_with("/actor/user/mail", "x") == "actor.user.mail: expected no such attribute\n");
    CHECK(wrong_without("metadata") != "");
    CHECK(wrong_without("severity_id").find("severity_id: expected a required attribute") !=
          std::string::npos);
    CHECK(wrong_without("http_request") == "the event: expected at least one of http_request\n");
    CHECK(wrong_without("cloud") == "cloud: expected a required attribute\n");
  }

  TEST_CASE("types are told apart as strictly as the schema does") {
    CHECK(wrong_with("/time", "1767261480000") == "time: expected a whole number\n");
    CHECK(wrong_with("/is_alert", 1) == "is_alert: expected true or false\n");
    CHECK(wrong_with("/message", 5) == "message: expected a text\n");
    CHECK(wrong_with("/message", nullptr) == "message: expected a text\n");
    CHECK(wrong_with("/src_endpoint/port", 70'000) ==
          "src_endpoint.port: expected a port from 0 to 65535\n");
    CHECK(wrong_with("/src_endpoint/location", json{{"country", "DE"}, {"lat", 52}}) ==
          "src_endpoint.location.lat: expected a number with a fraction\n");
    CHECK(wrong_with("/actor/user/email_addr", "Adele <a@b.c>") ==
          "actor.user.email_addr: expected a mail address\n");
    CHECK(wrong_with("/metadata/labels", "one") == "metadata.labels: expected a list\n");
  }

  TEST_CASE("an enumeration has its values and their captions, and 99 the source's own word") {
    CHECK(wrong_with("/severity_id", 7).find("a value of the enumeration severity_id") !=
          std::string::npos);
    CHECK(wrong_with("/severity", "Severe") ==
          "severity_id: expected the caption High in severity\n");
    auto event = click();
    event.erase("activity_name");
    CHECK(to_text(validate(event)) ==
          "activity_id: expected the source's own word in activity_name\n");
  }

  TEST_CASE("a place with coordinates alone is none") {
    CHECK(wrong_with("/src_endpoint/location", json{{"lat", 52.5}}) ==
          "src_endpoint.location: expected at least one of city, country, postal_code, region\n");
  }

  TEST_CASE("what a profile brings needs the profile") {
    CHECK(wrong_with("/metadata/profiles", json{"cloud", "host"})
              .find("the profile security_control to be declared") != std::string::npos);
    CHECK(wrong_with("/metadata/profiles/3", "linux") != "");
  }

  TEST_CASE("the type is class and activity, the version the one we speak") {
    CHECK(wrong_with("/type_uid", 400201) == "type_uid: expected 400299\n");
    CHECK(wrong_with("/metadata/version", "1.9.0") == "metadata.version: expected 1.8.0\n");
    CHECK(wrong_with("/class_uid", 4012) ==
          "class_uid: expected the number of a class that is described\n");
    CHECK(validate(json(5)).size() == 1);
  }

  TEST_CASE("an observable names what is there") {
    CHECK(wrong_with("/observables/0/name", "dst_endpoint.ip") ==
          "observables[0]: expected the value that stands at dst_endpoint.ip\n");
    CHECK(wrong_with("/observables/0/value", "192.0.2.45") != "");
  }
}
