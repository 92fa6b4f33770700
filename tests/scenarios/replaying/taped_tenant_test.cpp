#include "core/seams/virtual_clock.hpp"
#include "mock_graph/wire/presentation.hpp"
#include "scenarios/replaying/taped_tenant.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace std::chrono_literals;
using namespace scenarios::replaying;
using mock_graph::delivery;

namespace {

const auto taped_at = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};
const auto graph_root = std::string("https://graph.microsoft.com/v1.0/");

/// A tenant that answers everything in one way.
class plain_model final : public mock_graph::service {
public:
  auto answer(const seams::request&) -> mock_graph::reply override {
    auto out = mock_graph::reply();
    out.response = {200, {}, "the model"};
    return out;
  }
};

auto asked_for(const std::string& path) -> seams::request {
  return {"GET", graph_root + path, {}, ""};
}

auto login_for(const std::string& scope) -> seams::request {
  return {"POST",
          "https://login.microsoftonline.com/t/oauth2/v2.0/token",
          {{"Content-Type", "application/x-www-form-urlencoded"}},
          "grant_type=client_credentials&scope=" + scope + "/.default&client_secret=x"};
}

auto exchange_of(seams::request asked, int status, std::string body) -> replay::exchange {
  auto out = replay::exchange();
  out.asked = std::move(asked);
  out.answered.status = status;
  out.answered.body = std::move(body);
  return out;
}

auto get_of(const std::string& path, int status = 200) -> replay::exchange {
  return exchange_of(asked_for(path), status, path);
}

/// A tape that is played `later` than it was recorded.
struct played_tape {
  explicit played_tape(std::vector<replay::exchange> all,
                       tape_mode mode = tape_mode::once,
                       seams::duration later = {})
      : tape{{1, "", taped_at, ""}, std::move(all), ""}, time(taped_at + later),
        tenant(tape, mode, model, time) {}

  auto ask(const seams::request& query) -> mock_graph::reply { return tenant.answer(query); }
  auto body(const std::string& path) -> std::string { return ask(asked_for(path)).response.body; }

  plain_model model;
  replay::cassette tape;
  seams::virtual_clock time;
  taped_tenant tenant;
};

} // namespace

TEST_SUITE("taped_tenant_test") {
  TEST_CASE("what was never recorded fails with the closest exchange and the difference") {
    auto played = played_tape({get_of("security/incidents?$top=50"), get_of("users")});
    const auto answer = played.ask(asked_for("security/incidents?$top=5")).response;
    CHECK(answer.status == 404);
    CHECK(answer.body.find("offtenant_unmatched") != std::string::npos);
    CHECK(answer.body.find("parameter $top: asked '5', recorded '50'") != std::string::npos);
    REQUIRE(played.tenant.unmatched().size() == 1);
    CHECK(played.tenant.unmatched().front().from.closest == 0);
    CHECK(played.tenant.unmatched_count() == 1);
  }

  TEST_CASE("what nobody asked for is listed") {
    auto played = played_tape({get_of("a"), get_of("b"), get_of("a")});
    CHECK(played.body("a") == "a");
    CHECK(played.tenant.wanted() == 3);
    CHECK(played.tenant.unused() == std::vector<std::size_t>{1, 2});
    CHECK_FALSE(played.tenant.is_over());
    (void)played.body("b");
    (void)played.body("a");
    CHECK(played.tenant.is_over());
    (void)played.body("a");
    CHECK(played.tenant.asked_again().at("GET https://graph.microsoft.com/v1.0/a") == 1);
  }

  TEST_CASE("dates of the head are as far from now as they were from the request") {
    auto one = get_of("a", 429);
    one.answered.fields = {{"Date", "Tue, 10 Mar 2026 00:00:01 GMT"},
                           {"Retry-After", "Tue, 10 Mar 2026 00:00:31 GMT"},
                           {"Last-Modified", "Tue, 10 Mar 2026 00:00:00 GMT"}};
    one.at = 1s;
    auto played = played_tape({one}, tape_mode::once, 3601s);
    const auto answer = played.ask(asked_for("a")).response;
    CHECK(answer.fields.find("Date") == "Tue, 10 Mar 2026 01:00:01 GMT");
    CHECK(answer.fields.find("Retry-After") == "Tue, 10 Mar 2026 01:00:31 GMT");
    CHECK(answer.fields.find("Last-Modified") == "Tue, 10 Mar 2026 00:00:00 GMT");
  }

  TEST_CASE("a broken connection breaks again, an answer takes the time it took") {
    auto broken = get_of("a", 0);
    broken.failed = "connection_reset";
    auto cut = broken;
    cut.failed = "answer_cut";
    auto silent = broken;
    silent.failed = "no_answer";
    auto slow = get_of("a");
    slow.took = 7s;
    auto played = played_tape({broken, cut, silent, slow});
    CHECK(played.ask(asked_for("a")).travel.how == delivery::kind::reset);
    CHECK(played.ask(asked_for("a")).travel.how == delivery::kind::cut);
    CHECK(played.ask(asked_for("a")).travel.how == delivery::kind::silence);
    const auto last = played.ask(asked_for("a")).travel;
    CHECK(last.how == delivery::kind::whole);
    CHECK(last.delay == 7s);
  }

  TEST_CASE("whatever a file says, only what HTTP can carry goes out") {
    auto odd = get_of("a");
    odd.answered.fields = {{"A b", "x"}, {"", "x"}, {"Good", "x\r\ny"}, {"Kept", "yes"}};
    auto informal = get_of("b", 103);
    auto played = played_tape({odd, informal});
    const auto answer = mock_graph::wire::as_client_sees("GET", played.ask(asked_for("a")));
    CHECK(answer.response.fields.size() == 1);
    CHECK(answer.response.fields.find("Kept") == "yes");
    CHECK(mock_graph::wire::as_client_sees("GET", played.ask(asked_for("b"))).travel.how ==
          delivery::kind::reset);
  }

  TEST_CASE("requests that fit nothing go to the model if it is to fill in") {
    auto played = played_tape({get_of("a")}, tape_mode::fill);
    CHECK(played.body("a") == "a");
    CHECK(played.body("b") == "the model");
    CHECK(played.tenant.filled() == 1);
    CHECK(played.tenant.unmatched_count() == 0);
  }

  TEST_CASE("in a loop the first answer follows the last") {
    auto first = get_of("a");
    first.answered.body = "first";
    auto played = played_tape({first, get_of("a")}, tape_mode::loop);
    CHECK(played.body("a") == "first");
    CHECK(played.body("a") == "a");
    CHECK(played.body("a") == "first");
  }

  TEST_CASE("tokens are made anew, and refusals come when all before them was asked for") {
    const auto scope = std::string("https://graph.microsoft.com");
    const auto refused = exchange_of(login_for(scope), 401, "AADSTS7000222");
    auto played = played_tape(
        {exchange_of(login_for(scope), 200, R"({"access_token":"old"})"), get_of("a"), refused});
    CHECK(played.ask(login_for(scope)).response.body == "the model");
    CHECK(played.ask(login_for(scope)).response.body == "the model");
    (void)played.body("a");
    CHECK_FALSE(played.tenant.is_over());
    CHECK(played.ask(login_for(scope)).response.body == "AADSTS7000222");
    CHECK(played.tenant.is_over());
    CHECK(played.ask(login_for(scope)).response.status == 401);
    CHECK(played.ask(login_for("https://manage.office.com")).response.body == "the model");
  }

  TEST_CASE("a refusal that was mended is mended again") {
    const auto scope = std::string("https://graph.microsoft.com");
    auto played = played_tape({exchange_of(login_for(scope), 401, "no"),
                               exchange_of(login_for(scope), 200, "{}"),
                               get_of("a")});
    CHECK(played.ask(login_for(scope)).response.status == 401);
    CHECK(played.ask(login_for(scope)).response.body == "the model");
  }

  TEST_CASE("documents of the login come from the model") {
    auto played = played_tape({get_of("a")});
    CHECK(played
              .ask({"GET",
                    "https://login.microsoftonline.com/t/v2.0/.well-known/openid-configuration",
                    {},
                    ""})
              .response.body == "the model");
    CHECK(played.tenant.unmatched_count() == 0);
  }
}
