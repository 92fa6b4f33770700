#include "scenarios/model/event_draft.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;

const auto alert_severities = std::vector<std::string>{"low", "medium", "high", "informational"};
constexpr auto cloud_events_max = std::int64_t{10'000'000};

/// The user of the tenant named by `user`, or "" if the key is absent.
auto user_if_any(event_draft& with, table_reader& read) -> std::string {
  if (read.raw("user") != nullptr) {
    return with.user(read, "user");
  }
  (void)read.text("user");
  return {};
}

template <class event> void read_many(table_reader& read, event& out) {
  out.count = static_cast<std::uint64_t>(read.whole("count", 1, cloud_events_max).value_or(1));
  out.over = read.span("over").value_or(seams::duration{});
  out.visible_after = read.span("visible_after");
}

void read_cloud_apps(event_draft& with) {
  with.each("cloud_app_alert", [&](table_reader& read) {
    auto what = tenant::cloud_app_alert();
    const auto [id, at] = with.begin(read, event_kind::other, "cloud-app-alert");
    what.id = id;
    what.title = read.text("title").value_or(what.title);
    what.description = read.text("description").value_or("");
    const auto severity = read.word("severity", alert_severities).value_or("medium");
    what.severity = std::ranges::find(alert_severities, severity) - alert_severities.begin();
    what.user = user_if_any(with, read);
    what.app = read.text("app").value_or(what.app);
    what.policy = read.text("policy").value_or("");
    what.ip = read.text("ip").value_or("");
    read_many(read, what);
    with.end(read, at, std::move(what));
  });
  with.each("cloud_app_activity", [&](table_reader& read) {
    auto what = tenant::cloud_app_activity();
    const auto [id, at] = with.begin(read, event_kind::other, "cloud-app-activity");
    what.id = id;
    what.user = with.user(read, "user");
    what.app = read.text("app").value_or(what.app);
    what.event = read.text("event").value_or(what.event);
    what.description = read.text("description").value_or(what.description);
    what.ip = read.text("ip").value_or("");
    what.city = read.text("city").value_or("");
    what.country = read.text("country").value_or(what.country);
    read_many(read, what);
    with.end(read, at, std::move(what));
  });
}

auto read_entries(table_reader& operation) -> std::vector<tenant::azure_entry> {
  auto out = std::vector<tenant::azure_entry>();
  for (const auto* table : operation.tables("entry")) {
    auto read = table_reader(operation.shared(), *table, "azure_operation.entry");
    auto one = tenant::azure_entry();
    one.status = read.text("status").value_or(one.status);
    one.after = read.span("after").value_or(seams::duration{});
    one.visible_after = read.span("visible_after");
    read.finish();
    out.push_back(std::move(one));
  }
  if (out.empty()) {
    out = {{"Started", {}, {}}, {"Succeeded", std::chrono::seconds{30}, {}}};
  }
  return out;
}

void read_azure(event_draft& with) {
  with.each("azure_operation", [&](table_reader& read) {
    auto what = tenant::azure_operation();
    const auto [id, at] = with.begin(read, event_kind::other, "azure-operation");
    what.id = id;
    what.subscription = read.text("subscription", need::required).value_or("");
    what.operation = read.text("operation").value_or(what.operation);
    if (std::ranges::count(what.operation, '/') < 2) {
      read.shared().complain(
          read.at("operation"),
          "\"operation\" is " + in_quotes(what.operation),
          "provider/type/action, such as Microsoft.Compute/virtualMachines/write");
    }
    what.resource_group = read.text("resource_group").value_or(what.resource_group);
    what.resource = read.text("resource").value_or(what.resource);
    what.user = user_if_any(with, read);
    what.ip = read.text("ip").value_or("");
    what.entries = read_entries(read);
    with.end(read, at, std::move(what));
  });
}

void read_workloads(event_draft& with) {
  with.each("cloud_workload_alert", [&](table_reader& read) {
    auto what = tenant::cloud_workload_alert();
    const auto [id, at] = with.begin(read, event_kind::other, "cloud-workload-alert");
    what.id = id;
    const auto take = [&](const char* key, std::string& member) {
      member = read.text(key).value_or(member);
    };
    take("title", what.title);
    take("description", what.description);
    what.severity = read.word("severity", alert_severities).value_or(what.severity);
    take("category", what.category);
    take("detection_source", what.detection_source);
    take("detector", what.detector);
    what.resource = read.text("resource", need::required).value_or("");
    take("resource_type", what.resource_type);
    what.visible_after = read.span("visible_after");
    with.end(read, at, std::move(what));
  });
}

} // namespace

void read_cloud(event_draft& with) {
  read_cloud_apps(with);
  read_azure(with);
  read_workloads(with);
}

} // namespace scenarios::model
