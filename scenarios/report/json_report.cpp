#include "scenarios/report/json_report.hpp"

#include "core/feeds/times.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <span>
#include <tuple>

namespace scenarios::report {
namespace {

using json = nlohmann::ordered_json;

/// Names and texts of hostile answers may be anything: broken UTF-8 becomes U+FFFD.
auto print(const json& document) -> std::string {
  return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

/// By priority; "" for a label that is in no case.
constexpr auto priority_words = std::to_array<std::string_view>({"", "P1", "P2", "P3", "P4"});

auto document_of(const check& what) -> json {
  auto out = json();
  out["name"] = what.name;
  out["outcome"] = to_text(what.outcome);
  out["expected"] = what.expected;
  out["got"] = what.got;
  out["at"] = what.at ? json(seams::to_rfc3339(*what.at)) : json(nullptr);
  return out;
}

auto document_of(const label& what) -> json {
  auto out = json();
  out["truth"] = what.truth;
  out["verdict"] = what.judgement;
  out["case"] = what.case_id;
  out["priority"] = priority_words.at(static_cast<std::size_t>(what.priority));
  out["time_to_verdict_ms"] = nullptr;
  if (what.time_to_verdict) {
    out["time_to_verdict_ms"] =
        std::chrono::floor<std::chrono::milliseconds>(*what.time_to_verdict).count();
  }
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
  for (const auto& one : what.labels) {
    out["labels"].push_back(document_of(one));
  }
  if (!what.notes.empty()) {
    out["notes"] = what.notes;
  }
  if (with_timings) {
    out["wall_ms"] = what.wall_ms;
  }
  return out;
}

/// Reads members of one object and remembers the first that is not as it should be.
class shape_reader {
public:
  shape_reader(const json& from, std::string path) : from_(from), path_(std::move(path)) {
    if (!from.is_object()) {
      wrong_ = path_ + " is no object";
    }
  }

  auto text(const char* name) -> std::string {
    const auto* found = find(name);
    if (found == nullptr || !found->is_string()) {
      complain(name, "text");
      return {};
    }
    return found->get<std::string>();
  }
  auto number(const char* name) -> std::uint64_t {
    const auto* found = find(name);
    if (found == nullptr || !found->is_number_unsigned()) {
      complain(name, "a whole number from 0");
      return 0;
    }
    return found->get<std::uint64_t>();
  }
  auto time(const char* name) -> seams::instant {
    const auto words = text(name);
    const auto out = core::feeds::parse_time(words);
    if (!out) {
      complain(name, "a time as RFC 3339 writes it");
    }
    return out.value_or(seams::instant());
  }
  auto result(const char* name) -> verdict {
    const auto word = text(name);
    for (const auto one : {verdict::passed, verdict::failed, verdict::error}) {
      if (word == to_text(one)) {
        return one;
      }
    }
    complain(name, "\"passed\", \"failed\" or \"error\"");
    return verdict::error;
  }
  auto word(const char* name, std::span<const std::string_view> allowed) -> std::string {
    auto found = text(name);
    if (std::ranges::find(allowed, found) == allowed.end()) {
      complain(name, "a word of the report");
    }
    return found;
  }
  auto find(const char* name) const -> const json* {
    const auto found = from_.is_object() ? from_.find(name) : from_.end();
    return from_.is_object() && found != from_.end() ? &*found : nullptr;
  }
  void complain(const std::string& name, const std::string& expected) {
    if (wrong_.empty()) {
      wrong_ = path_ + "." + name + " is missing or is not " + expected;
    }
  }
  void take_over(const shape_reader& part) { wrong_ = wrong_.empty() ? part.wrong_ : wrong_; }
  [[nodiscard]] auto path() const -> const std::string& { return path_; }
  [[nodiscard]] auto wrong() const -> const std::string& { return wrong_; }

private:
  const json& from_;
  std::string path_;
  std::string wrong_;
};

auto read_check(shape_reader& from) -> check {
  auto out = check();
  out.name = from.text("name");
  out.outcome = from.result("outcome");
  out.expected = from.text("expected");
  out.got = from.text("got");
  const auto* at = from.find("at");
  if (at == nullptr || !at->is_null()) {
    out.at = from.time("at");
  }
  return out;
}

auto read_label(shape_reader& from) -> label {
  auto out = label();
  out.truth = from.word("truth", truth_words);
  out.judgement = from.word("verdict", judgement_words);
  out.case_id = from.text("case");
  const auto priority = from.word("priority", priority_words);
  out.priority =
      static_cast<int>(std::ranges::find(priority_words, priority) - priority_words.begin());
  const auto* time = from.find("time_to_verdict_ms");
  if (time == nullptr || !time->is_null()) {
    out.time_to_verdict = std::chrono::milliseconds{from.number("time_to_verdict_ms")};
  }
  return out;
}

void read_labels(shape_reader& from, outcome& out) {
  const auto* labels = from.find("labels");
  if (labels == nullptr) {
    return;
  }
  if (!labels->is_array()) {
    from.complain("labels", "a list");
    return;
  }
  for (const auto& one : *labels) {
    auto part =
        shape_reader(one, from.path() + ".labels[" + std::to_string(out.labels.size()) + "]");
    out.labels.push_back(read_label(part));
    from.take_over(part);
  }
}

void read_checks(shape_reader& from, outcome& out) {
  const auto* checks = from.find("checks");
  if (checks == nullptr || !checks->is_array()) {
    from.complain("checks", "a list");
    return;
  }
  for (const auto& one : *checks) {
    auto part =
        shape_reader(one, from.path() + ".checks[" + std::to_string(out.checks.size()) + "]");
    out.checks.push_back(read_check(part));
    from.take_over(part);
  }
}

void read_notes(shape_reader& from, outcome& out) {
  const auto* notes = from.find("notes");
  if (notes == nullptr) {
    return;
  }
  const auto is_text = [](const json& one) { return one.is_string(); };
  if (!notes->is_array() || !std::ranges::all_of(*notes, is_text)) {
    from.complain("notes", "a list of texts");
    return;
  }
  out.notes = notes->get<std::vector<std::string>>();
}

auto read_outcome(shape_reader& from) -> outcome {
  auto out = outcome();
  out.name = from.text("name");
  out.file = from.text("file");
  out.seed = from.number("seed");
  out.wire = from.text("wire");
  out.result = from.result("outcome");
  out.virtual_start = from.time("virtual_start");
  out.virtual_end = from.time("virtual_end");
  out.requests = from.number("requests");
  const auto nothing = json();
  const auto* counts = from.find("records");
  auto records = shape_reader(counts == nullptr ? nothing : *counts, from.path() + ".records");
  out.visible = records.number("visible");
  out.stored = records.number("stored");
  out.excused = records.number("excused");
  from.take_over(records);
  out.trace_hash = from.text("trace_hash");
  if (from.find("wall_ms") != nullptr) {
    out.wall_ms = static_cast<std::int64_t>(from.number("wall_ms"));
  }
  read_checks(from, out);
  read_labels(from, out);
  read_notes(from, out);
  return out;
}

/// Why a document is no report of ours, or "".
auto foreign(const json& document) -> std::string {
  if (document.is_discarded()) {
    return "is not JSON";
  }
  const auto tool = document.is_object() ? document.find("tool") : document.end();
  if (!document.is_object() || tool == document.end() || *tool != "offtenant") {
    return "is no report of `offtenant run --json`: it has no \"tool\": \"offtenant\"";
  }
  const auto scenarios = document.find("scenarios");
  return scenarios == document.end() || !scenarios->is_array() ? "has no list \"scenarios\"" : "";
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
  if (const auto why = foreign(document); !why.empty()) {
    return merge_error{report.name + " " + why};
  }
  auto out = summary();
  for (const auto& one : document["scenarios"]) {
    auto from = shape_reader(one, "scenarios[" + std::to_string(out.outcomes.size()) + "]");
    auto read = read_outcome(from);
    if (!from.wrong().empty()) {
      return merge_error{report.name + ": " + from.wrong()};
    }
    out.outcomes.push_back(std::move(read));
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
