#include "scenarios/serve/stand_in.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

constexpr auto nothing_happens = R"(
about = "nothing happens"
[connector]
feeds = ["alerts"]
)";

constexpr auto one_alert = R"(
about = "one alert"
[connector]
feeds = ["alerts"]
[[cloud_workload_alert]]
at = "1m"
resource = "/subscriptions/6f1c2c6e-2b1d-4c5a-9d7e-111111111111/vm-1"
)";

/// A stand-in with three hours of history and an end of its own, which nobody talks to.
struct lonely_stand_in {
  lonely_stand_in() : folder(fs::temp_directory_path() / ("ending-" + std::to_string(::getpid()))) {
    fs::create_directories(folder);
    options.port = 0;
    options.offset = -3h;
    options.state = (folder / "state").string();
    options.scenario = (folder / "one.toml").string();
    options.audit = (folder / "audit.json").string();
  }
  lonely_stand_in(const lonely_stand_in&) = delete;
  auto operator=(const lonely_stand_in&) -> lonely_stand_in& = delete;
  ~lonely_stand_in() {
    auto ignored = std::error_code();
    fs::remove_all(folder, ignored);
  }

  auto run(const std::string& scenario, bool interrupted = false) -> int {
    std::ofstream(options.scenario) << scenario;
    const auto stop = std::atomic<bool>(interrupted);
    return scenarios::serve::serve(options, out, err, stop);
  }
  [[nodiscard]] auto audit() const -> nlohmann::json {
    auto file = std::ifstream(options.audit);
    return nlohmann::json::parse(file, nullptr, false);
  }
  [[nodiscard]] auto said(const std::string& part) const -> bool {
    return out.str().find(part) != std::string::npos;
  }

  fs::path folder;
  scenarios::serve::serve_options options;
  std::ostringstream out;
  std::ostringstream err;
};

} // namespace

TEST_SUITE("ending") {
  TEST_CASE("it ends at the tenant's time that was asked for, and holds if nothing was missed") {
    auto with = lonely_stand_in();
    with.options.end.time = 1h;
    CHECK(with.run(nothing_happens) == 0);
    CHECK(with.audit()["all_fetched"] == true);
    CHECK(with.said("Everything that could be fetched was fetched."));
  }

  TEST_CASE("what was never fetched makes it fail, and is named") {
    auto with = lonely_stand_in();
    with.options.end.time = 1h;
    CHECK(with.run(one_alert) == 1);
    CHECK(with.audit()["sources"]["alerts"]["never"] == 1);
    CHECK(with.said("1 record was visible and never fetched."));
    CHECK(with.said("nothing that shows it was ever asked for"));
  }

  TEST_CASE("the timeout ends it in vain") {
    auto with = lonely_stand_in();
    with.options.end.all_fetched = true;
    with.options.end.timeout = 200ms;
    CHECK(with.run(one_alert) == 1);
    CHECK(with.said("Ended by the timeout"));
  }

  TEST_CASE("an interrupt is no failure, and the audit is written") {
    auto with = lonely_stand_in();
    CHECK(with.run(one_alert, true) == 0);
    CHECK(with.audit()["all_fetched"] == false);
  }

  TEST_CASE("an audit that cannot be written is 3") {
    auto with = lonely_stand_in();
    with.options.audit = "/dev/full";
    CHECK(with.run(nothing_happens, true) == 3);
    CHECK(with.err.str().find("cannot be written") != std::string::npos);
  }

  TEST_CASE("programs are told where the control is, and read the verdict beside") {
    auto with = lonely_stand_in();
    with.options.json = true;
    with.options.control_address = "127.0.0.1";
    CHECK(with.run(nothing_happens, true) == 0);
    const auto facts = nlohmann::json::parse(with.out.str(), nullptr, false);
    REQUIRE(facts.is_object());
    CHECK(facts["control"].get<std::string>().starts_with("127.0.0.1:"));
    CHECK(with.err.str().find("Everything") != std::string::npos);
  }
}
