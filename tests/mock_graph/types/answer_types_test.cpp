#include "scenarios/model/scenario.hpp"
#include "scenarios/run/plan.hpp"
#include "scenarios/run/suite.hpp"
#include "tests/mock_graph/types/answers.hpp"
#include "tests/scenarios/run/test_keys.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace scenarios;
namespace fs = std::filesystem;

namespace {

/// The description lies beside the project: no copy of it is shipped.
const auto description =
    fs::path(OFFTENANT_SOURCE_DIR) / ".." / "shared" / "facts" / "graph-security-types.json";

/// Each deviation once, with how often it was met and where first.
struct deviations {
  struct entry {
    std::size_t times = 0;
    std::string first;
  };
  std::map<std::string, entry> all;

  [[nodiscard]] auto print() const -> std::string {
    auto out = std::string();
    for (const auto& [text, one] : all) {
      out +=
          "\n  " + text + " (" + std::to_string(one.times) + " times, first in " + one.first + ")";
    }
    return out;
  }
};

/// What the documentation has and the metadata does not. Source:
/// learn.microsoft.com/graph/api/resources/exchangemessagetrace, the property `status`.
auto is_documented(const std::string& deviation) -> bool {
  return deviation == "microsoft.graph.exchangeMessageTrace.status: \"recalled\" is no word of "
                      "microsoft.graph.exchangeMessageTraceStatus";
}

class checked_transport final : public seams::transport {
public:
  using check = std::function<void(const seams::request&, const seams::response&)>;
  checked_transport(seams::transport& inner, check look) : inner_(inner), look_(std::move(look)) {}

  auto exchange(seams::request query)
      -> boost::asio::awaitable<seams::result<seams::response>> override {
    const auto asked = query;
    auto answer = co_await inner_.exchange(std::move(query));
    if (answer) {
      look_(asked, *answer);
    }
    co_return answer;
  }

private:
  seams::transport& inner_;
  check look_;
};

/// Records that a scenario feeds word for word may be as odd as they like.
auto has_verbatim_records(const model::scenario& what) -> bool {
  return std::ranges::any_of(what.events, [](const mock_graph::tenant::event& one) {
    return std::holds_alternative<mock_graph::tenant::verbatim_record>(one.what);
  });
}

/// The scenario's own tenant and connector, without what is broken on purpose.
auto undisturbed(model::scenario what) -> model::scenario {
  what.faults.clear();
  what.kills.clear();
  return what;
}

void watch(const std::string& file,
           const graph_types::type_book& book,
           graph_types::tally& count,
           deviations& wrong) {
  const auto read = model::load(file);
  REQUIRE(read.what.has_value());
  if (has_verbatim_records(*read.what)) {
    return;
  }
  const auto note = [&](const std::string& where, const std::string& what) {
    const auto text = where + ": " + what;
    if (is_documented(text)) {
      return;
    }
    auto& one = wrong.all[text];
    one.first = one.times++ == 0 ? read.what->name : one.first;
  };
  auto options = run::world_options();
  options.keys = &tests::keys(run::wire_kind::memory);
  options.tamper.wrap_transport = [&](seams::transport& inner) {
    return std::make_unique<checked_transport>(inner, [&](const auto& query, const auto& answer) {
      graph_types::check_answer(book, query, answer, count, note);
    });
  };
  const auto what = undisturbed(*read.what);
  const auto plan = run::plan_of(what, what.seed.value_or(1), run::wire_kind::memory);
  auto world = run::world(plan, options);
  CHECK(world.run() == run::world_end::complete);
}

} // namespace

TEST_SUITE("shipped scenarios") {
  TEST_CASE("every answer of Graph in every shipped scenario has the type that Graph describes") {
    auto file = std::ifstream(description);
    if (!file) {
      MESSAGE("the description of Graph's types is not at hand: nothing was checked");
      return;
    }
    const auto book = graph_types::type_book(nlohmann::json::parse(file));
    auto count = graph_types::tally();
    auto wrong = deviations();
    const auto suites = std::string(OFFTENANT_SOURCE_DIR) + "/scenarios/suites";
    for (const auto& scenario : run::scenario_files({suites})) {
      CAPTURE(scenario);
      watch(scenario, book, count, wrong);
    }
    CHECK(wrong.print() == "");
    CHECK(count.objects > 1000);
    MESSAGE(count.objects << " objects of " << count.types.size() << " types with " << count.members
                          << " members were checked");
  }
}
