#include "replay/match/lay_tape.hpp"
#include "replay/match/tape_index.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using replay::match;
using replay::tape_index;

namespace {

const auto graph = std::string("https://graph.microsoft.com/v1.0/");

auto asking(std::string url) -> seams::request {
  return {"GET", std::move(url), {}, ""};
}

auto answered(std::string url, std::string body, int status = 200) -> replay::exchange {
  auto out = replay::exchange();
  out.asked = asking(std::move(url));
  out.answered.status = status;
  out.answered.body = std::move(body);
  return out;
}

auto alerts_at(const std::string& time) -> std::string {
  return graph + "security/alerts_v2?$filter=lastUpdateDateTime%20ge%20" + time + "&$top=5";
}

/// What the index gives for each request in turn: the number of the exchange, with what marks it.
auto asked_in_turn(tape_index& index, const std::vector<std::string>& urls) -> std::string {
  auto out = std::string();
  for (const auto& url : urls) {
    const auto found = index.take(asking(url));
    const auto number = std::to_string(found.index);
    out += found.how == match::kind::recorded  ? number
           : found.how == match::kind::again   ? "(" + number + ")"
           : found.how == match::kind::cut_off ? "cut"
                                               : "?";
    out += " ";
  }
  return out;
}

} // namespace

TEST_SUITE("tape_index_test") {
  TEST_CASE("polls of a list come in order, whatever their window") {
    const auto tape =
        std::vector<replay::exchange>{answered(alerts_at("2026-03-10T08:00:00Z"), "one"),
                                      answered(graph + "security/incidents?$top=5", "other"),
                                      answered(alerts_at("2026-03-10T08:05:00Z"), "two")};
    auto index = tape_index(tape);
    CHECK(asked_in_turn(index,
                        {alerts_at("2029-03-10T08:10:00Z"),
                         alerts_at("2029-03-10T08:00:00Z"),
                         graph + "security/incidents?$top=5",
                         alerts_at("2029-03-10T08:20:00Z")}) == "0 2 1 (2) ");
    CHECK(index.unused() == 0);
  }

  TEST_CASE("links are followed to where they led") {
    const auto link = graph + "security/alerts_v2?$top=5&$skiptoken=";
    const auto tape = std::vector<replay::exchange>{
        answered(alerts_at("2026-03-10T08:00:00Z"), R"({"@odata.nextLink":")" + link + "a\"}"),
        answered(link + "a", R"({"@odata.nextLink": ")" + link + "b\"}"),
        answered(link + "b", "{}"),
        answered(alerts_at("2026-03-10T08:05:00Z"),
                 R"({"@odata.nextLink":"https:\/\/graph.microsoft.com\/v1.0\/security\/alerts_v2)"
                 R"(?$top=5&$skiptoken=c"})"),
        answered(link + "c", "{}")};
    auto index = tape_index(tape);
    CHECK(asked_in_turn(index,
                        {alerts_at("2026-03-10T08:00:00Z"),
                         link + "a",
                         graph + "security/alerts_v2?%24skiptoken=b&%24top=5",
                         alerts_at("2026-03-10T08:05:00Z"),
                         link + "c",
                         alerts_at("2026-03-10T08:10:00Z"),
                         link + "c"}) == "0 1 2 3 4 (3) (4) ");
  }

  TEST_CASE("links of the Management API stand in the head") {
    const auto content = std::string("https://manage.office.com/api/v1.0/t/activity/feed/"
                                     "subscriptions/content?contentType=Audit.General");
    auto first = answered(content + "&startTime=2026-03-10T08:00:00", "[]");
    first.answered.fields.add("NextPageUri", content + "&nextPage=2");
    const auto tape = std::vector<replay::exchange>{first, answered(content + "&nextPage=2", "[]")};
    auto index = tape_index(tape);
    CHECK(asked_in_turn(index,
                        {content + "&startTime=2027-01-01T00:00:00", content + "&nextPage=2"}) ==
          "0 1 ");
  }

  TEST_CASE("a link that redaction changed leads to the next continuation of its list") {
    const auto list = graph + "users/delta?$select=id";
    const auto tape = std::vector<replay::exchange>{
        answered(list, R"({"@odata.nextLink":")" + list + "&$skiptoken=standin1\"}"),
        answered(list + "&$skiptoken=standin2", "{}")};
    auto index = tape_index(tape);
    CHECK(asked_in_turn(index, {list, list + "&$skiptoken=other"}) == "0 1 ");
  }

  TEST_CASE("a link that leads to itself is no shorter list") {
    const auto self = alerts_at("2026-03-10T08:00:00Z");
    const auto tape =
        std::vector<replay::exchange>{answered(self, R"({"@odata.nextLink":")" + self + "\"}"),
                                      answered(self, R"({"@odata.nextLink":")" + self + "\"}"),
                                      answered(alerts_at("2026-03-10T08:05:00Z"), "{}")};
    auto index = tape_index(tape);
    CHECK(
        asked_in_turn(
            index, {alerts_at("2026-03-10T08:00:01Z"), self, alerts_at("2026-03-10T08:05:01Z")}) ==
        "0 1 2 ");
  }

  TEST_CASE("failures come back in their order, and are no end") {
    const auto tape = std::vector<replay::exchange>{answered(graph + "a", "one"),
                                                    answered(graph + "a", "", 429),
                                                    answered(graph + "a", "", 503),
                                                    answered(graph + "a", "two"),
                                                    answered(graph + "a", "", 504)};
    auto index = tape_index(tape);
    CHECK(asked_in_turn(index, std::vector<std::string>(7, graph + "a")) == "0 1 2 3 4 (3) (3) ");
  }

  TEST_CASE("a refusal is an end") {
    const auto tape =
        std::vector<replay::exchange>{answered(graph + "a", "one"), answered(graph + "a", "", 403)};
    auto index = tape_index(tape);
    CHECK(asked_in_turn(index, std::vector<std::string>(3, graph + "a")) == "0 1 (1) ");
  }

  TEST_CASE("in a loop the tape begins again") {
    const auto tape =
        std::vector<replay::exchange>{answered(graph + "a", "one"), answered(graph + "a", "two")};
    auto index = tape_index(tape, true);
    CHECK(asked_in_turn(index, std::vector<std::string>(5, graph + "a")) == "0 1 (0) (1) (0) ");
  }

  TEST_CASE("pages that nobody asked for are told from what was never recorded") {
    const auto link = graph + "users/delta?$deltatoken=d";
    const auto tape = std::vector<replay::exchange>{
        answered(graph + "users/delta", R"({"@odata.deltaLink":")" + link + "\"}"),
        answered(graph + "groups/delta",
                 R"({"@odata.nextLink":")" + graph + "groups/delta?$skiptoken=s\"}")};
    auto index = tape_index(tape);
    CHECK(asked_in_turn(index,
                        {graph + "users/delta",
                         link,
                         graph + "groups/delta",
                         graph + "groups/delta?$skiptoken=s",
                         graph + "devices/delta"}) == "0 (0) 1 cut ? ");
  }

  TEST_CASE("the closest exchange is found for what was never recorded") {
    const auto tape =
        std::vector<replay::exchange>{answered(graph + "users?$top=5", ""),
                                      answered(graph + "security/alerts_v2?$top=5", ""),
                                      answered(graph + "security/incidents?$top=5", "")};
    const auto index = tape_index(tape);
    const auto found = index.closest_to(asking(graph + "security/incidents?$top=50"));
    REQUIRE(found.closest);
    CHECK(*found.closest == 2);
    CHECK(found.fields == std::vector<std::string>{"parameter $top: asked '50', recorded '5'"});
    CHECK(index.closest_to(asking("https://manage.office.com/x")).closest);
    CHECK_FALSE(tape_index({}).closest_to(asking("https://manage.office.com/x")).closest);
  }

  TEST_CASE("what is left out of the index is neither found nor missed") {
    const auto tape =
        std::vector<replay::exchange>{answered(graph + "a", ""), answered(graph + "b", "")};
    auto index =
        tape_index(tape, false, [](const auto& one) { return one.asked.url.ends_with('b'); });
    CHECK(index.unused() == 1);
    CHECK(asked_in_turn(index, {graph + "a", graph + "b"}) == "? 1 ");
  }

  TEST_CASE("a tape that is laid three years later hands out links that fit") {
    auto tape = replay::cassette();
    tape.head.base = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};
    const auto link = alerts_at("2026-03-10T08:00:00Z") + "&$skiptoken=a";
    tape.exchanges = {
        answered(alerts_at("2026-03-10T08:00:00Z"), R"({"@odata.nextLink":")" + link + "\"}"),
        answered(link, "{}")};
    replay::lay(tape, replay::shift_to(tape.head.base, tape.head.base + std::chrono::days{1096}));
    auto index = tape_index(tape.exchanges);
    CHECK(tape.exchanges[0].answered.body.find("2029-03-10T08:00:00Z") != std::string::npos);
    CHECK(asked_in_turn(index,
                        {alerts_at("2029-03-10T08:00:07Z"),
                         alerts_at("2029-03-10T08:00:00Z") + "&$skiptoken=a"}) == "0 1 ");
  }
}
