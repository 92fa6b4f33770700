#pragma once
// An engine that records what the commands asked for, and the surroundings to run them in.
#include "cli/program.hpp"

#include <map>
#include <optional>
#include <sstream>

namespace test {

inline auto contains(const std::string& text, std::string_view part) -> bool {
  return text.find(part) != std::string::npos;
}

struct fake_engine {
  std::optional<scenarios::run::suite_options> ran;
  std::optional<std::vector<std::string>> linted;
  std::optional<cli::merge_options> merged;
  std::optional<scenarios::serve::serve_options> served;
  std::optional<scenarios::recording::record_options> recorded;
  std::optional<scenarios::recording::scrub_options> scrubbed;
  std::optional<cli::normalize_options> normalized;
  std::optional<cli::import_options> imported;
  std::optional<std::string> connected;
  std::optional<cli::check_options> checked;
  std::optional<cli::permissions_options> reviewed;
  std::optional<cli::records_options> listed;
  std::optional<cli::act_arguments> acted;
  std::optional<scenarios::shrinking::shrink_options> shrunk;
  std::optional<cli::safelinks_options> managed;
  std::optional<scenarios::replaying::replay_options> replayed;
  std::map<std::string, std::string> variables;
  std::ostringstream out;
  std::ostringstream err;
  std::atomic<bool> interrupted = false;
  std::string suites = ".";
  int code = 0;

  auto parts() -> cli::engine {
    auto made = cli::engine();
    made.run_suite = [this](const auto& options, auto&, auto&, const auto&) {
      ran = options;
      return code;
    };
    made.lint = [this](const auto& paths, auto&, auto&) {
      linted = paths;
      return code;
    };
    made.merge_reports = [this](const auto& options, auto&, auto&) {
      merged = options;
      return code;
    };
    made.serve = [this](const auto& options, auto&, auto&, const auto&) {
      served = options;
      return code;
    };
    made.record = [this](const auto& options, auto&, auto&, const auto&) {
      recorded = options;
      return code;
    };
    made.scrub = [this](const auto& options, auto&, auto&) {
      scrubbed = options;
      return code;
    };
    made.connect = [this](const auto& config, auto&, auto&, const auto&, const auto&) {
      connected = config;
      return code;
    };
    made.check = [this](const auto& options, auto&, auto&, const auto&) {
      checked = options;
      return code;
    };
    made.permissions = [this](const auto& options, auto&, auto&, const auto&) {
      reviewed = options;
      return code;
    };
    made.records = [this](const auto& options, auto&, auto&, const auto&) {
      listed = options;
      return code;
    };
    made.act = [this](const auto& options, auto&, auto&, const auto&, const auto&) {
      acted = options;
      return code;
    };
    made.normalize = [this](const auto& options, auto&, auto&, const auto&) {
      normalized = options;
      return code;
    };
    made.import_files = [this](const auto& options, auto&, auto&) {
      imported = options;
      return code;
    };
    made.replay = [this](const auto& options, auto&, auto&, const auto&) {
      replayed = options;
      return code;
    };
    made.shrink = [this](const auto& options, auto&, auto&, const auto&) {
      shrunk = options;
      return code;
    };
    made.safelinks = [this](const auto& options, auto&, auto&, const auto&, const auto&) {
      managed = options;
      return code;
    };
    return made;
  }

  auto around() -> cli::surroundings {
    return {.out = out,
            .err = err,
            .env = [this](std::string_view name) -> std::optional<std::string> {
              const auto found = variables.find(std::string(name));
              return found == variables.end() ? std::nullopt : std::optional(found->second);
            },
            .wall =
                [] {
                  using namespace std::chrono;
                  return seams::instant(sys_days{year{2026} / 3 / 10});
                },
            .terminal = false,
            .cores = 6,
            .suites = suites,
            .interrupted = interrupted,
            .parts = parts()};
  }

  /// Runs the program with these arguments; gives back its exit code.
  auto run(const std::vector<std::string>& arguments) -> int {
    return cli::program(arguments, "1.2.3", around());
  }
};

} // namespace test
