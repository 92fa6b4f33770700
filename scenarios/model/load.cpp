#include "core/adapters/files/text_file.hpp"
#include "core/toml_reading/parse.hpp"
#include "scenarios/model/readers.hpp"

#include <algorithm>
#include <filesystem>

namespace scenarios::model {
namespace {

constexpr auto usual_start =
    seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} + std::chrono::hours{8};

/// Outside these, lifetimes and look-backs would meet the ends of what services can write.
constexpr auto earliest_start =
    seams::instant{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};
constexpr auto latest_start =
    seams::instant{std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}};

/// The path below the last folder named "suites", without ".toml".
auto name_of(const std::string& path) -> std::string {
  const auto marker = path.rfind("suites/");
  auto name = marker == std::string::npos ? std::filesystem::path(path).filename().string()
                                          : path.substr(marker + 7);
  if (name.ends_with(".toml")) {
    name.resize(name.size() - 5);
  }
  return name;
}

auto read_start(table_reader& top) -> seams::instant {
  const auto* found = top.raw("start");
  if (found == nullptr) {
    return usual_start;
  }
  const auto complain = [&](std::string_view what, const char* expected) {
    top.shared().complain(found->value.at, "\"start\" is " + std::string(what), expected);
    return usual_start;
  };
  if (found->value.what != node::kind::stamp) {
    return complain(to_text(found->value.what), "a date and time such as 2026-03-10T08:00:00Z");
  }
  const auto start = std::get<seams::instant>(found->value.value);
  if (start < earliest_start || start > latest_start) {
    return complain(seams::to_rfc3339(start), "a date from 2000 to 2100");
  }
  return start;
}

void read_all(table_reader& top, scenario& out, std::optional<seams::instant> start = {}) {
  const auto own = read_start(top);
  top.shared().start = start.value_or(own);
  out.name = top.text("name").value_or(name_of(out.file));
  out.about = top.text("about", need::required).value_or("");
  out.run_for = top.span("run_for");
  if (const auto seed = top.whole("seed", 0, INT64_MAX)) {
    out.seed = static_cast<std::uint64_t>(*seed);
  }
  read_tenant(top, out);
  read_tenant_list(top, out);
  read_connector(top, out);
  read_events(top, out);
  read_records(top, out);
  read_operations(top, out);
  read_troubles(top, out);
  read_expectations(top, out);
  read_labels(top, out);
  top.finish();
  std::ranges::stable_sort(out.events, {}, &mock_graph::tenant::event::at);
}

} // namespace

auto load_text(const std::string& text,
               const std::string& path,
               std::optional<seams::instant> start) -> loaded {
  auto out = loaded();
  const auto tree = core::toml_reading::parse_toml(text, path);
  if (tree.wrong) {
    out.wrong.push_back(*tree.wrong);
    return out;
  }
  auto shared = reading();
  shared.file = path;
  const auto folder = std::filesystem::path(path).parent_path().string();
  shared.folder = folder.empty() ? "." : folder;
  auto what = scenario();
  what.file = path;
  auto top = table_reader(shared, *tree.root, "");
  read_all(top, what, start);
  out.wrong = std::move(shared.wrong);
  std::ranges::stable_sort(out.wrong, {}, &diagnostic::at);
  if (out.wrong.empty()) {
    out.what = std::move(what);
  }
  return out;
}

auto load(const std::string& path, std::optional<seams::instant> start) -> loaded {
  const auto file = core::adapters::read_text_file(path, core::toml_reading::file_bytes_max);
  if (!file.wrong.empty()) {
    return {std::nullopt, {{path, {}, "the file " + file.wrong, "a scenario file", ""}}};
  }
  return load_text(file.text, path, start);
}

auto known_keys() -> std::vector<std::string> {
  // One of each table, so that every reader asks for all of its keys.
  constexpr auto sample = R"(
connector.feed.alerts = {}
tenant = { delays = {}, readings = {}, page_sizes = {} }
app = { secret = [{}], certificate = [{}], grant = [{}], directory_role = [{}], azure_role = [{}] }
user = [{}]
group = [{}]
device = [{}]
safe_links_policy = [{}]
tenant_list_entry = [{}]
credential = [{ audience = {} }]
clock_skew = [{}]
mail = [{ attachments = [{}] }]
teams_message = [{}]
click = [{}]
click_burst = [{}]
verdict = [{}]
purge = [{}]
policy_change = [{}]
admin_command = [{}]
audit = [{}]
audit_burst = [{}]
redelivery = [{}]
subscription_change = [{}]
trace_change = [{}]
alert_change = [{}]
incident_change = [{}]
incident_merge = [{}]
sign_in = [{}]
directory_change = [{ target = [{}] }]
risk = [{}]
risk_change = [{}]
user_change = [{}]
delta_reset = [{}]
group_change = [{}]
device_change = [{}]
out_of_office = [{}]
inbox_rule = [{}]
cloud_app_alert = [{}]
cloud_app_activity = [{}]
azure_operation = [{ entry = [{}] }]
cloud_workload_alert = [{}]
records = [{}]
act = [{}]
fault = [{}]
kill = {}
sweep = {}
expect = [{ alerts = {} }]
label = [{}]
expect_failure = {}
)";
  auto shared = reading();
  auto what = scenario();
  what.feeds.push_back({"alerts", {}, {}, {}});
  const auto tree = core::toml_reading::parse_toml(sample, "sample");
  auto top = table_reader(shared, *tree.root, "");
  read_all(top, what);
  return {shared.keys.begin(), shared.keys.end()};
}

} // namespace scenarios::model
