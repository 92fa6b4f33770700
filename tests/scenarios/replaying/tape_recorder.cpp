#include "tests/scenarios/replaying/tape_recorder.hpp"

#include "scenarios/run/case_history.hpp"
#include "scenarios/run/plan.hpp"
#include "tests/scenarios/run/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace test {
namespace {

using mock_graph::delivery;
namespace run = scenarios::run;
namespace model = scenarios::model;

auto failure_of(delivery::kind how) -> std::string {
  return how == delivery::kind::cut       ? "answer_cut"
         : how == delivery::kind::reset   ? "connection_reset"
         : how == delivery::kind::silence ? "no_answer"
                                          : "";
}

/// Writes down what passes between a wire and the mock.
class tape_recorder final : public mock_graph::service {
public:
  tape_recorder(mock_graph::service& inner, const seams::clock& time, replay::cassette& into)
      : inner_(inner), time_(time), tape_(into) {}

  auto answer(const seams::request& query) -> mock_graph::reply override {
    auto out = inner_.answer(query);
    auto one = replay::exchange();
    using std::chrono::milliseconds;
    one.at = std::chrono::floor<milliseconds>(time_.wall() - tape_.head.base);
    one.took = std::chrono::floor<milliseconds>(out.travel.delay);
    one.asked = query;
    one.failed = failure_of(out.travel.how);
    if (one.failed.empty()) {
      one.answered = out.response;
      one.answered.body_undecodable = out.travel.how == delivery::kind::undecodable;
    }
    tape_.exchanges.push_back(std::move(one));
    return out;
  }

private:
  mock_graph::service& inner_;
  const seams::clock& time_;
  replay::cassette& tape_;
};

auto record(const model::loaded& read, std::uint64_t seed) -> recording {
  if (!read.what) {
    throw std::runtime_error(model::to_text(read.wrong.front()));
  }
  auto out = recording();
  const auto plan = run::plan_of(*read.what, seed, run::wire_kind::memory);
  out.tape.head.base = plan.what.state.start;
  auto options = run::world_options();
  options.keys = &tests::keys(run::wire_kind::memory);
  options.wrap_service = [&](mock_graph::service& mock, const seams::clock& time) {
    return std::make_unique<tape_recorder>(mock, time, out.tape);
  };
  auto place = run::world(plan, options);
  if (place.run() != run::world_end::complete) {
    throw std::runtime_error(place.trouble());
  }
  out.found = findings_of(place);
  return out;
}

} // namespace

auto findings_of(run::world& place) -> findings {
  auto out = findings();
  const auto records = place.records();
  records({}, [&](const core::stored_record& one) {
    out.records.push_back(one.what.feed + " " + one.what.key + " " + one.what.version + ": " +
                          one.what.raw);
  });
  const auto health = place.health();
  for (const auto& one : health) {
    out.health.push_back(one.feed + " " + one.state + " " + one.code);
  }
  std::ranges::stable_sort(
      out.health, {}, [](const std::string& line) { return line.substr(0, line.find(' ')); });
  auto history = run::case_history(records, health, place.roles());
  for (const auto& one : history.within({}, {})) {
    out.cases.push_back(run::case_document(one).dump());
  }
  return out;
}

auto record_scenario(const std::string& name, std::uint64_t seed) -> recording {
  return record(
      model::load(std::string(OFFTENANT_SOURCE_DIR) + "/scenarios/suites/" + name + ".toml"), seed);
}

auto record_text(const std::string& text, std::uint64_t seed) -> recording {
  return record(model::load_text(text, "test.toml"), seed);
}

} // namespace test
