#include "tests/core/feeds/feed_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

const auto users_delta = std::string("https://graph.microsoft.com/v1.0/users/delta");
const auto link_1 = users_delta + "?$deltatoken=one";
const auto link_2 = users_delta + "?$deltatoken=two";

auto user(const std::string& id, const std::string& title) -> std::string {
  return R"({"id":")" + id + R"(","jobTitle":")" + title + "\"}";
}

auto removed(const std::string& id) -> std::string {
  return R"({"id":")" + id + R"(","@removed":{"reason":"changed"}})";
}

auto page(const std::string& items, const std::string& kind, const std::string& link) -> answer {
  return reply(200, R"({"value":[)" + items + R"(],"@odata.)" + kind + R"(":")" + link + "\"}");
}
auto last(const std::string& items, const std::string& link) -> answer {
  return page(items, "deltaLink", link);
}
auto gone(const std::string& code) -> answer {
  return reply(410, R"({"error":{"code":")" + code + R"(","message":"x"}})");
}

struct users_bench : feed_bench {
  users_bench() : feed_bench("users") {}
  /// What the start, the first and the second delta link answer.
  void first(std::vector<answer> list) { net.on("$select=", std::move(list)); }
  void after_1(std::vector<answer> list) { net.on("token=one", std::move(list)); }
  void after_2(std::vector<answer> list) { net.on("token=two", std::move(list)); }
  [[nodiscard]] auto raws(const std::string& key) const -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (const auto& one : stored()) {
      if (one.key == key) {
        out.push_back(one.raw);
      }
    }
    return out;
  }
};

using texts = std::vector<std::string>;

} // namespace

TEST_SUITE("graph_delta_feed") {
  TEST_CASE("the first round selects what is tracked and keeps the link of its last page") {
    users_bench world;
    world.first({page(user("a", "x"), "nextLink", users_delta + "?$skiptoken=p2")});
    world.net.on("skiptoken=p2", {last(user("b", "y"), link_1)});
    CHECK(world.poll().has_value());
    CHECK(world.net.asked.at(1).what.url.find("accountEnabled") != std::string::npos);
    CHECK(world.stored().size() == 2);
    CHECK(world.stored()[0].connector_type == "ms365_users");
    CHECK(world.cursor() == link_1);
    CHECK(world.records.cursor_moves == 1);
  }

  TEST_CASE("states are counted, one that comes back is new, one that repeats is not") {
    users_bench world;
    world.first({last(user("a", "x") + "," + user("a", "x"), link_1)});
    world.after_1({last(user("a", "y") + "," + user("a", "x"), link_2)});
    world.after_2({last(user("a", "x"), link_2)});
    for (auto i = 0; i < 3; ++i) {
      CHECK(world.poll().has_value());
    }
    CHECK(world.raws("a") == texts{user("a", "x"), user("a", "y"), user("a", "x")});
    CHECK(world.stored()[2].version == "0000000003");
  }

  TEST_CASE("a removal is stored as served") {
    users_bench world;
    world.first({last(user("a", "x"), link_1)});
    world.after_1({last(removed("a"), link_2)});
    CHECK(world.poll().has_value());
    CHECK(world.poll().has_value());
    CHECK(world.raws("a") == texts{user("a", "x"), removed("a")});
  }

  TEST_CASE("a round that is cut short is read again from its own start") {
    users_bench world;
    world.first({page(user("a", "x"), "nextLink", users_delta + "?$skiptoken=p2")});
    world.net.on("skiptoken=p2", {gone("resyncRequired"), last(user("b", "y"), link_1)});
    CHECK_FALSE(world.poll().has_value());
    CHECK(world.cursor().empty());
    world.renew();
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 2);
    CHECK(world.cursor() == link_1);
  }

  TEST_CASE("410 reads everything anew, marks what is absent and declares a gap") {
    for (const auto* code : {"syncStateNotFound", "resyncRequired"}) {
      users_bench world;
      world.first({last(user("a", "x") + "," + user("b", "y") + "," + user("c", "z"), link_1),
                   last(user("a", "x") + "," + user("c", "new"), link_2)});
      world.after_1({gone(code)});
      CHECK(world.poll().has_value());
      CHECK(world.poll().has_value());
      CHECK(world.raws("a").size() == 1);
      CHECK(world.raws("b") ==
            texts{user("b", "y"), R"({"id":"b","@removed":{"reason":"absent"}})"});
      CHECK(world.raws("c").size() == 2);
      CHECK(world.cursor() == link_2);
      REQUIRE(world.records.gaps().size() == 1);
      CHECK(world.records.gaps()[0].code == code);
    }
  }

  TEST_CASE("what was removed before is not marked absent again") {
    users_bench world;
    world.first({last(user("a", "x"), link_1), last("", link_2)});
    world.after_1({last(removed("a"), link_2)});
    world.after_2({gone("syncStateNotFound")});
    for (auto i = 0; i < 3; ++i) {
      CHECK(world.poll().has_value());
    }
    CHECK(world.raws("a").size() == 2);
  }

  TEST_CASE("a death between pages of a full reading marks nobody absent") {
    users_bench world;
    world.first({last(user("a", "x") + "," + user("b", "y"), link_1),
                 page(user("a", "x"), "nextLink", users_delta + "?$skiptoken=p2")});
    world.after_1({gone("syncStateNotFound")});
    world.net.on("skiptoken=p2", {broken("reset")});
    CHECK(world.poll().has_value());
    CHECK_FALSE(world.poll().has_value());
    CHECK(world.stored().size() == 2);
    CHECK(world.cursor() == link_1);
    CHECK(world.records.gaps().empty());
  }

  TEST_CASE("a last page without a link of the API is no last page") {
    for (const auto* link : {"", "https://attacker.example/delta"}) {
      users_bench world;
      world.first({last(user("a", "x"), link)});
      CHECK_FALSE(world.poll().has_value());
      CHECK(world.cursor().empty());
    }
  }

  TEST_CASE("a stored link that is not below the API is not followed") {
    users_bench world;
    world.records.cursors["users"] = "https://graph.microsoft.us/v1.0/users/delta?$deltatoken=x";
    world.first({last(user("a", "x"), link_1)});
    CHECK(world.poll().has_value());
    CHECK(world.net.count("microsoft.us") == 0);
  }
}
