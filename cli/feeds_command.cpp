#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/table_text.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/feeds/permission_hint.hpp"

#include <CLI/App.hpp>
#include <nlohmann/json.hpp>

#include <ostream>

namespace cli {
namespace {

using core::feeds::feed_facts;
using words = std::span<const std::string_view>;

constexpr auto feeds_examples = R"(Examples:
  offtenant feeds            every feed: its API, permissions, delay, retention, limits
  offtenant feeds --json     the same for programs; spans are in seconds

Permissions are application permissions; all of them are needed unless "or" stands between them.
PAGE SIZE is how many records the connector asks for at once; the service may give fewer.
Exit code: 0.)";

auto joined(words all, std::string_view by) -> std::string {
  auto out = std::string();
  for (const auto one : all) {
    out += (out.empty() ? "" : std::string(by)) + std::string(one);
  }
  return out;
}

/// "User.Read.All", or "(User.Read.All or Directory.Read.All)" where a wider role will do.
auto role_text(std::string_view role, bool alone) -> std::string {
  const auto wider = core::feeds::wider_role(role);
  if (wider.empty()) {
    return std::string(role);
  }
  const auto either = std::string(role) + " or " + std::string(wider);
  return alone ? either : "(" + either + ")";
}

/// Without what other sources need.
auto main_permissions_of(const feed_facts& of) -> std::string {
  if (of.permissions.empty()) {
    return "-";
  }
  if (!of.instead.empty()) {
    return joined(of.permissions, " + ") + " or " + joined(of.instead, " or ");
  }
  auto out = std::string();
  for (const auto role : of.permissions) {
    out += (out.empty() ? "" : " + ") + role_text(role, of.permissions.size() == 1);
  }
  return out;
}

auto permissions_of(const feed_facts& of) -> std::string {
  auto out = main_permissions_of(of);
  for (const auto& other : of.others) {
    out += (other.shows_the_same ? " or " : " + ") + joined(other.permissions, " + ");
  }
  return out;
}

/// The roles of `all` for which a wider one will do, with that one.
auto wider_roles_of(words all) -> nlohmann::ordered_json {
  auto out = nlohmann::ordered_json::object();
  for (const auto role : all) {
    if (const auto wider = core::feeds::wider_role(role); !wider.empty()) {
      out[std::string(role)] = wider;
    }
  }
  return out;
}

auto other_sources_of(const feed_facts& of) -> nlohmann::ordered_json {
  auto out = nlohmann::ordered_json::array();
  for (const auto& other : of.others) {
    out.push_back({{"api", core::feeds::portal_name(other.api)},
                   {"permissions", std::vector(other.permissions.begin(), other.permissions.end())},
                   {"either_will_do", other.shows_the_same}});
  }
  return out;
}

auto span_text(seams::duration span) -> std::string {
  return span > seams::duration::zero() ? seams::to_text(span) : "-";
}

auto row_of(const feed_facts& of) -> table_row {
  return {std::string(of.name),
          std::string(core::feeds::portal_name(of.api)),
          permissions_of(of),
          span_text(of.period),
          span_text(of.overlap),
          span_text(of.delay),
          span_text(of.retention),
          of.page_size > 0 ? std::to_string(of.page_size) : "-",
          of.budget.empty() ? "-" : std::string(of.budget),
          of.also.empty() ? "-" : std::string(of.also)};
}

auto seconds(seams::duration span) -> std::int64_t {
  return std::chrono::duration_cast<std::chrono::seconds>(span).count();
}

auto json_of(const feed_facts& of) -> nlohmann::ordered_json {
  return {{"name", of.name},
          {"connector_type", of.connector_type},
          {"api", core::feeds::portal_name(of.api)},
          {"permissions", std::vector(of.permissions.begin(), of.permissions.end())},
          {"instead", std::vector(of.instead.begin(), of.instead.end())},
          {"wider", wider_roles_of(of.permissions)},
          {"other_sources", other_sources_of(of)},
          {"poll_s", seconds(of.period)},
          {"overlap_s", seconds(of.overlap)},
          {"delay_s", seconds(of.delay)},
          {"retention_s", seconds(of.retention)},
          {"page_size", of.page_size},
          {"budget", of.budget},
          {"also", of.also}};
}

class feeds_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("feeds", "Print every feed and what it needs");
    app->footer(feeds_examples);
    app->add_flag("--json", json_, "Print JSON");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto table = core::feeds::feed_table();
    if (json_) {
      auto all = nlohmann::ordered_json::array();
      for (const auto& one : table) {
        all.push_back(json_of(one));
      }
      around.out << all.dump(2) << '\n';
      return exit_held;
    }
    auto rows = std::vector<table_row>{{"FEED",
                                        "API",
                                        "PERMISSIONS",
                                        "POLL",
                                        "OVERLAP",
                                        "DELAY",
                                        "RETENTION",
                                        "PAGE SIZE",
                                        "BUDGET",
                                        "ALSO NEEDS"}};
    for (const auto& one : table) {
      rows.push_back(row_of(one));
    }
    for (const auto& line : aligned(rows)) {
      around.out << line << '\n';
    }
    return exit_held;
  }

private:
  bool json_ = false;
};

} // namespace

auto make_feeds_command() -> std::unique_ptr<command> {
  return std::make_unique<feeds_command>();
}

} // namespace cli
