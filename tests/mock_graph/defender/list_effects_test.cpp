#include "tests/mock_graph/defender/model.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

auto blocking(std::string value, tenant::list_type type = tenant::list_type::url)
    -> tenant::list_entry {
  auto out = tenant::list_entry();
  out.type = type;
  out.value = std::move(value);
  return out;
}

auto listed_from(seams::duration at, std::vector<tenant::list_entry> list) -> tenant::event {
  return {start + at, "t.toml:9", tenant::list_change{std::move(list), "New-..."}};
}

auto holds(const mock_graph::hunting::row& row, const std::string& word) -> bool {
  return std::ranges::find(row, mock_graph::hunting::value(word)) != row.end();
}

auto action_types(const model& world) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& row : world.rows("UrlClickEvents")) {
    out.emplace_back(holds(row, "ClickBlockedByTenantPolicy") ? "blocked"
                     : holds(row, "ClickAllowed")             ? "allowed"
                                                              : "other");
  }
  return out;
}

} // namespace

TEST_SUITE("list_effects") {
  TEST_CASE("a blocked URL meets the next click, in mail, chats and documents, until it expires") {
    auto entry = blocking("u.example");
    entry.until = start + 6h;
    auto world = model(contoso(),
                       {mail_to("m", 1h, {"dana"}),
                        chat_to("c", 1h, {"omar"}),
                        click_on("before", 2h, "dana", "m"),
                        listed_from(3h, {entry}),
                        going_on(click_on("mail", 4h, "dana", "m")),
                        click_on("chat", 4h + 1min, "omar", "c"),
                        click_on("document", 4h + 2min, "omar", ""),
                        click_on("after", 7h, "dana", "m")});
    world.pass(9h);
    CHECK(action_types(world) ==
          std::vector<std::string>{"allowed", "blocked", "blocked", "blocked", "allowed"});
    CHECK(world.listed(9h).empty());
    CHECK(world.owner.state().allow_block_list.empty());
  }

  TEST_CASE("what Safe Links does not look at stays unseen, whatever is blocked") {
    auto mail = mail_to("m", 1h, {"dana"});
    std::get<tenant::mail>(mail.what).from = "omar";
    auto world =
        model(contoso(),
              {mail, listed_from(2h, {blocking("u.example")}), click_on("c", 4h, "dana", "m")});
    world.pass(9h);
    CHECK(world.rows("UrlClickEvents").empty());
  }

  TEST_CASE("an allowed URL is let through though it is known for phishing") {
    auto entry = blocking("u.example");
    entry.allow = true;
    auto state = contoso();
    state.allow_block_list = {entry};
    auto world =
        model(state, {mail_to("m", 1h, {"dana"}), verdict_at(2h), click_on("c", 3h, "dana", "m")});
    world.pass(9h);
    CHECK(action_types(world) == std::vector<std::string>{"allowed"});
  }

  TEST_CASE("clicks of a burst are blocked from the moment of the entry, and again let through") {
    auto burst = tenant::click_burst();
    burst.id = "b";
    burst.url = "https://u.example/";
    burst.count = 60;
    burst.over = 1h;
    auto entry = blocking("u.example");
    entry.until = start + 1h + 40min;
    auto world =
        model(contoso(), {{start + 1h, "t.toml:8", burst}, listed_from(1h + 20min, {entry})});
    world.pass(9h);
    const auto all = action_types(world);
    CHECK(std::ranges::count(all, "blocked") == 20);
    CHECK(all.size() == 60);
  }

  TEST_CASE("mail from a blocked sender is quarantined as phishing by the organisation") {
    auto state = contoso();
    state.allow_block_list = {blocking("fabrikam.example", tenant::list_type::sender)};
    auto world = model(state, {mail_to("m", 1h, {"dana"})});
    world.pass(2h);
    const auto rows = world.rows("EmailEvents");
    REQUIRE(rows.size() == 1);
    for (const auto* word : {"Quarantine",
                             "Blocked",
                             "Phish",
                             "Block",
                             "Tenant Allow/Block List sender email address block"}) {
      CHECK_MESSAGE(holds(rows[0], word), word);
    }
  }
}
