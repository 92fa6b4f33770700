#include "core/live/check.hpp"
#include "core/live/live_run.hpp"
#include "core/live/token_survey.hpp"
#include "core/store/sqlite_store.hpp"
#include "tests/scenarios/serve/running_stand_in.hpp"

#include <doctest/doctest.h>

#include <mutex>
#include <set>

using namespace std::chrono_literals;
using namespace tests;

namespace {

constexpr auto several_feeds = R"(
about = "a blocked click, a sign-in"
[connector]
feeds = ["alerts", "safe_links", "email_events", "sign_ins", "users"]
[[user]]
name = "dana"
[[verdict]]
at = "1m"
url = "https://bad.example/"
[[mail]]
id = "m"
at = "10m"
from = "a@b.example"
to = ["dana"]
urls = ["https://bad.example/"]
[[click]]
at = "20m"
user = "dana"
in = "m"
[[sign_in]]
at = "30m"
user = "dana"
)";

auto settings_of(const running_stand_in& at) -> core::live::settings {
  auto read = core::live::load_settings(at.facts["config"].get<std::string>());
  REQUIRE(read.what);
  return *read.what;
}

auto lines_of(const std::string& path) -> std::vector<std::string> {
  auto file = std::ifstream(path);
  auto out = std::vector<std::string>();
  for (auto line = std::string(); std::getline(file, line);) {
    out.push_back(line);
  }
  return out;
}

/// `offtenant connect` on a thread of its own.
class running_connector {
public:
  explicit running_connector(const core::live::settings& what) {
    say_.log = [this](const std::string& line) {
      const auto alone = std::scoped_lock(guard_);
      log_ += line + "\n";
    };
    thread_ = std::thread([this, what] { outcome_ = core::live::run_live(what, {}, say_, stop_); });
  }
  running_connector(const running_connector&) = delete;
  auto operator=(const running_connector&) -> running_connector& = delete;
  ~running_connector() { (void)end(); }

  auto end() -> seams::result<void> {
    stop_ = true;
    if (thread_.joinable()) {
      thread_.join();
    }
    return outcome_;
  }
  /// Waits until `holds`, at most half a minute.
  template <class Condition> auto until(Condition holds) -> bool {
    for (auto turns = 0; turns < 600 && !holds(); ++turns) {
      std::this_thread::sleep_for(50ms);
    }
    return holds();
  }
  [[nodiscard]] auto has_said(const std::string& words) -> bool {
    const auto alone = std::scoped_lock(guard_);
    return log_.find(words) != std::string::npos;
  }

private:
  core::live::voices say_;
  std::atomic<bool> stop_ = false;
  std::mutex guard_;
  std::string log_;
  seams::result<void> outcome_;
  std::thread thread_;
};

/// An alert, a click from two sources, a mail and its link, a sign-in, and an account.
constexpr auto records_there = std::size_t{7};

/// How far the feed was read, by the store that a connector works on.
auto cursor_of(const core::live::settings& what, const std::string& feed) -> std::string {
  auto how = core::sqlite_store_options();
  how.shared = true;
  how.read_only = true;
  const auto store = core::open_sqlite_store(what.store, "", how);
  REQUIRE(store.has_value());
  return (*store)->cursor(feed).value().value_or("");
}

} // namespace

TEST_SUITE("a live connector") {
  TEST_CASE("it stores and exports each record once, stops cleanly and resumes") {
    const auto tenant = running_stand_in(several_feeds);
    const auto what = settings_of(tenant);
    auto first = running_connector(what);
    CHECK(first.until([&] { return lines_of(what.ndjson).size() >= records_there; }));
    const auto stopped = first.end();
    CHECK_MESSAGE(stopped.has_value(), (stopped ? "" : stopped.error().why));

    const auto before = cursor_of(what, "sign_ins");
    auto second = running_connector(what);
    CHECK(second.until([&] { return cursor_of(what, "sign_ins") != before; }));
    CHECK(second.end().has_value());
    const auto lines = lines_of(what.ndjson);
    CHECK(lines.size() == records_there);
    CHECK(std::set(lines.begin(), lines.end()).size() == lines.size());
  }

  TEST_CASE("two connectors never work on one store") {
    const auto tenant = running_stand_in();
    const auto what = settings_of(tenant);
    auto first = running_connector(what);
    REQUIRE(first.until([&] { return first.has_said("alerts: ok"); }));
    auto second = running_connector(what);
    REQUIRE(second.until([&] { return !second.end().has_value(); }));
    CHECK(second.end().error().code == "in_use");
  }

  TEST_CASE("a wrong secret is told with its code, and the connector goes on trying") {
    const auto tenant = running_stand_in();
    const auto what = settings_of(tenant);
    std::ofstream(what.credential.secret_file) << "not-the-secret";
    auto connector = running_connector(what);
    CHECK(connector.until(
        [&] { return connector.has_said("authentication_failed (AADSTS7000215)"); }));
    CHECK_FALSE(connector.has_said("not-the-secret"));
    CHECK(connector.end().has_value());
  }

  TEST_CASE("a check says of each feed whether it can be read, and stores nothing") {
    const auto tenant = running_stand_in(several_feeds);
    const auto what = settings_of(tenant);
    const auto found = core::live::run_check(what, {}, 20s);
    REQUIRE(found.has_value());
    REQUIRE(found->size() == 5);
    for (const auto& one : *found) {
      CHECK_MESSAGE(one.state == "ok", one.feed << ": " << one.text);
    }
    CHECK_FALSE(fs::exists(what.store));
  }

  TEST_CASE("a check finds what is refused behind the first good answer of a feed") {
    const auto tenant = running_stand_in(R"(
about = "hunting and one subscription are not granted"
[connector]
feeds = ["safe_links", "azure_activity"]
subscriptions = ["11111111-0000-4000-8000-000000000001", "22222222-0000-4000-8000-000000000002"]
[app]
grants = "listed"
[[app.grant]]
role = "ActivityFeed.Read"
api = "management"
[[app.azure_role]]
subscription = "11111111-0000-4000-8000-000000000001"
)");
    const auto found = core::live::run_check(settings_of(tenant), {}, 20s);
    REQUIRE(found.has_value());
    for (const auto& one : *found) {
      CHECK_MESSAGE(one.state == "insufficient_permissions", one.feed << ": " << one.text);
    }
    CHECK(found->at(0).text.find("ThreatHunting.Read.All") != std::string::npos);
    CHECK(found->at(1).text.find("22222222") != std::string::npos);
  }

  TEST_CASE("the tokens' roles are surveyed API by API") {
    const auto tenant = running_stand_in();
    const auto found = core::live::run_survey(settings_of(tenant), {});
    REQUIRE(found.has_value());
    REQUIRE(!found->tokens.empty());
    CHECK(found->tokens.front().of == core::permissions::owner::graph);
    CHECK(found->tokens.front().roles == std::vector<std::string>{"SecurityAlert.Read.All"});
  }
}
