#include "scenarios/model/scenario.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace scenarios::model;

namespace {

const auto tenant_of_dana = std::string(R"(about = "x"
[[user]]
name = "dana"
forwarding_smtp_address = "x@evil.example"
[connector]
feeds = ["alerts"]
)");

auto list_complaint(const std::string& more) -> std::string {
  const auto read = load_text(tenant_of_dana + more, "t.toml");
  REQUIRE(read.wrong.size() == 1);
  return to_text(read.wrong.front());
}

} // namespace

TEST_SUITE("the block list in scenario files") {
  TEST_CASE("entries and forwarding stand from the start") {
    const auto read =
        load_text(tenant_of_dana +
                      "[[tenant_list_entry]]\ntype = \"file_hash\"\n"
                      "value = \"" +
                      std::string(64, 'a') + "\"\nuntil = \"6h\"\nnotes = \"case 42\"\n",
                  "t.toml");
    REQUIRE(read.what.has_value());
    const auto& state = read.what->standing;
    REQUIRE(state.allow_block_list.size() == 1);
    const auto& entry = state.allow_block_list.front();
    CHECK(entry.type == mock_graph::tenant::list_type::file_hash);
    CHECK(!entry.allow);
    CHECK(entry.until == state.start + 6h);
    CHECK(entry.notes == "case 42");
    CHECK(state.users.front().forwarding.smtp_address == "x@evil.example");
    CHECK(!state.users.front().forwarding.and_deliver);
  }

  TEST_CASE("a value that the service would refuse is refused") {
    const auto text =
        list_complaint("[[tenant_list_entry]]\ntype = \"url\"\nvalue = \"https://u.example/r\"\n");
    CHECK(text.find("\"https://u.example/r\" is no entry: Protocols") != std::string::npos);
  }

  TEST_CASE("a cmdlet of administrators has its parameters checked") {
    const auto text = list_complaint("[[admin_command]]\nat = \"1h\"\ncmdlet = \"Set-Mailbox\"\n"
                                     "parameters = { Identity = \"dana\", Forward = \"x\" }\n");
    CHECK(text.find("parameter name 'Forward'") != std::string::npos);
  }
}
