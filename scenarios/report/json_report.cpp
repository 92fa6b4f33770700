#include "scenarios/report/json_report.hpp"

#include "core/feeds/times.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <tuple>

namespace scenarios::report {
namespace {

using json = nlohmann::ordered_json;

/// Names and texts of hostile answers may be anything: broken UTF-8 becomes U+FFFD.
auto print(const json& document) -> std::string {
  return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

auto document_of(const check& what) -> json {
  auto out = json();
  out["name"] = what.name;
  out["outcome"] = to_text(what.outcome);
  out["expected"] = what.expected;
  out["got"] = what.got;
  out["at"] = what.at ? json(seams::to_rfc3339(*what.at)) : json(nullptr);
  return out;
}

auto document_of(const outcome& what, bool with_timings) -> json {
  auto out = json();
  out["name"] = what.name;
  out["file"] = what.file;
  out["seed"] = what.seed;
  out["wire"] = what.wire;
  out["outcome"] = to_text(what.result);
  out["virtual_start"] = seams::to_rfc3339(what.virtual_start);
  out["virtual_end"] = seams::to_rfc3339(what.virtual_end);
  out["requests"] = what.requests;
  out["records"]["visible"] = what.visible;
  out["records"]["stored"] = what.stored;
  out["records"]["excused"] = what.excused;
  out["trace_hash"] = what.trace_hash;
  out["checks"] = json::array();
  for (const auto& one : what.checks) {
    out["checks"].push_back(document_of(one));
  }
  if (with_timings) {
    out["wall_ms"] = what.wall_ms;
  }
  return out;
}

auto verdict_of(const std::string& word) -> verdict {
  return word == "passed" ? verdict::passed : word == "failed" ? verdict::failed : verdict::error;
}

auto read_outcome(const json& from) -> outcome {
  auto out = outcome();
  out.name = from.at("name").get<std::string>();
  out.file = from.at("file").get<std::string>();
  out.seed = from.at("seed").get<std::uint64_t>();
  out.wire = from.at("wire").get<std::string>();
  out.result = verdict_of(from.at("outcome").get<std::string>());
  const auto time = [&](const char* name) {
    return core::feeds::parse_time(from.at(name).get<std::string>()).value_or(seams::instant());
  };
  out.virtual_start = time("virtual_start");
  out.virtual_end = time("virtual_end");
  out.requests = from.at("requests").get<std::uint64_t>();
  out.visible = from.at("records").at("visible").get<std::uint64_t>();
  out.stored = from.at("records").at("stored").get<std::uint64_t>();
  out.excused = from.at("records").at("excused").get<std::uint64_t>();
  out.trace_hash = from.at("trace_hash").get<std::string>();
  out.wall_ms = from.value("wall_ms", std::int64_t{0});
  for (const auto& one : from.at("checks")) {
    auto read = check();
    read.name = one.at("name").get<std::string>();
    read.outcome = verdict_of(one.at("outcome").get<std::string>());
    read.expected = one.at("expected").get<std::string>();
    read.got = one.at("got").get<std::string>();
    if (one.at("at").is_string()) {
      read.at = core::feeds::parse_time(one.at("at").get<std::string>());
    }
    out.checks.push_back(std::move(read));
  }
  return out;
}

} // namespace

auto to_json(const summary& what, bool with_timings) -> std::string {
  auto out = json();
  out["tool"] = "offtenant";
  out["version"] = OFFTENANT_VERSION;
  out["scenarios"] = json::array();
  for (const auto& one : what.outcomes) {
    out["scenarios"].push_back(document_of(one, with_timings));
  }
  out["passed"] = what.count(verdict::passed);
  out["failed"] = what.count(verdict::failed);
  out["errors"] = what.count(verdict::error);
  return print(out);
}

auto from_json(const named_text& report) -> std::variant<summary, merge_error> {
  const auto document = json::parse(report.text, nullptr, false);
  if (!document.is_object() || document.value("tool", "") != "offtenant" ||
      !document.contains("scenarios") || !document["scenarios"].is_array()) {
    return merge_error{report.name + " is no report of `offtenant run --json`"};
  }
  auto out = summary();
  try {
    for (const auto& one : document["scenarios"]) {
      out.outcomes.push_back(read_outcome(one));
    }
  } catch (const json::exception& what) {
    return merge_error{report.name + ": scenario " + std::to_string(out.outcomes.size() + 1) +
                       " is not as docs/report-format.md says: " + what.what()};
  }
  return out;
}

auto merge(const std::vector<named_text>& reports) -> std::variant<summary, merge_error> {
  auto out = summary();
  auto seen = std::set<std::tuple<std::string, std::uint64_t, std::string>>();
  for (const auto& report : reports) {
    auto read = from_json(report);
    if (const auto* wrong = std::get_if<merge_error>(&read)) {
      return *wrong;
    }
    for (auto& one : std::get<summary>(read).outcomes) {
      if (!seen.emplace(one.file, one.seed, one.wire).second) {
        return merge_error{report.name + ": " + one.name + " with seed " +
                           std::to_string(one.seed) + " is in another report too"};
      }
      out.outcomes.push_back(std::move(one));
    }
  }
  std::ranges::stable_sort(out.outcomes, [](const outcome& a, const outcome& b) {
    return std::tie(a.file, a.seed, a.wire) < std::tie(b.file, b.seed, b.wire);
  });
  return out;
}

} // namespace scenarios::report
