#include "scenarios/run/suite.hpp"

#include "core/adapters/socket/system_clock.hpp"
#include "scenarios/exit_code.hpp"
#include "scenarios/report/console.hpp"
#include "scenarios/report/json_report.hpp"
#include "scenarios/report/junit_report.hpp"
#include "scenarios/run/key_file.hpp"
#include "scenarios/run/run_scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <ostream>
#include <thread>

namespace scenarios::run {
namespace {

namespace fs = std::filesystem;

struct job {
  const model::scenario* what = nullptr;
  std::uint64_t seed = usual_seed;
};

/// Everything one call of `run_suite` works with.
class suite_run {
public:
  suite_run(const suite_options& options,
            std::ostream& out,
            std::ostream& err,
            const std::atomic<bool>& interrupted)
      : options_(options), out_(out), err_(err), interrupted_(interrupted) {}

  auto run() -> int;

private:
  auto load() -> bool;
  void plan_jobs();
  void list();
  void work(const shared_keys& keys);
  auto run_job(const job& one, const shared_keys& keys) -> report::outcome;
  void finish_job(std::size_t index, report::outcome result);
  auto write_reports() -> bool;
  auto exit_code() const -> int;

  const suite_options& options_;
  std::ostream& out_;
  std::ostream& err_;
  const std::atomic<bool>& interrupted_;
  core::adapters::system_clock real_;
  std::vector<model::scenario> scenarios_;
  std::vector<job> jobs_;
  std::mutex mutex_;
  std::size_t next_job_ = 0;
  std::size_t next_line_ = 0;
  bool stop_ = false;
  bool keep_failed_ = false;
  std::vector<std::optional<report::outcome>> results_;
  report::summary summary_;
};

auto suite_run::load() -> bool {
  auto sound = true;
  for (const auto& file : scenario_files(options_.paths)) {
    auto read = model::load(file);
    for (const auto& wrong : read.wrong) {
      err_ << model::to_text(wrong) << "\n";
      sound = false;
    }
    if (read.what) {
      scenarios_.push_back(std::move(*read.what));
    }
  }
  if (sound && scenarios_.empty()) {
    err_ << "no scenario (*.toml) was found\n";
    return false;
  }
  const auto unwanted = [&](const model::scenario& one) {
    return one.file.find(options_.filter) == std::string::npos &&
           one.name.find(options_.filter) == std::string::npos &&
           one.about.find(options_.filter) == std::string::npos;
  };
  std::erase_if(scenarios_, unwanted);
  if (sound && scenarios_.empty()) {
    err_ << "no scenario matches --filter '" << options_.filter << "'\n";
    return false;
  }
  return sound;
}

void suite_run::plan_jobs() {
  auto all = std::vector<job>();
  for (const auto& one : scenarios_) {
    const auto own = one.seed.value_or(usual_seed);
    const auto seeds = options_.seeds.value_or(seed_range{own, own});
    for (auto seed = seeds.first; seed <= seeds.last; ++seed) {
      all.push_back({&one, seed});
    }
  }
  for (auto i = std::size_t{options_.part.index}; i < all.size(); i += options_.part.count) {
    jobs_.push_back(all[i]);
  }
  results_.resize(jobs_.size());
}

void suite_run::list() {
  for (const auto& one : jobs_) {
    out_ << one.what->name << "  [seed " << one.seed << "]  " << one.what->about << "\n";
  }
}

auto suite_run::run_job(const job& one, const shared_keys& keys) -> report::outcome {
  const auto began = real_.elapsed();
  const auto limit = seams::duration{std::chrono::seconds{options_.timeout_s}};
  auto options = scenario_options();
  options.seed = one.seed;
  options.wire = options_.wire;
  options.world.keys = &keys;
  options.world.interrupted = &interrupted_;
  options.world.overdue = [this, began, limit] { return real_.elapsed() - began > limit; };
  if (!options_.keep.empty()) {
    options.keep = (fs::path(options_.keep) / one.what->name / std::to_string(one.seed)).string();
  }
  auto keep_error = std::string();
  auto result = report::outcome();
  try {
    result = run_scenario(*one.what, options, keep_error);
  } catch (const std::exception& what) {
    result = begun_outcome(*one.what, options);
    result.result = report::verdict::error;
    auto broken = report::check();
    broken.name = "ran_to_its_end";
    broken.outcome = report::verdict::error;
    broken.expected = "ran to its end";
    broken.got = what.what();
    result.checks.push_back(std::move(broken));
  }
  if (!keep_error.empty()) {
    const auto guard = std::lock_guard(mutex_);
    err_ << keep_error << "\n";
    keep_failed_ = true;
  }
  result.wall_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(real_.elapsed() - began).count();
  return result;
}

/// Lines come in the order of the suite, whoever is ready first.
void suite_run::finish_job(std::size_t index, report::outcome result) {
  stop_ = stop_ || (options_.fail_fast && result.result != report::verdict::passed);
  results_[index] = std::move(result);
  if (options_.progress) {
    err_ << "\r\x1b[K";
  }
  while (next_line_ < results_.size() && results_[next_line_]) {
    out_ << report::to_lines(*results_[next_line_++], options_.colour) << std::flush;
  }
  if (options_.progress && next_job_ < jobs_.size()) {
    err_ << "[" << next_line_ << "/" << jobs_.size() << "] " << jobs_[next_job_].what->name
         << std::flush;
  }
}

void suite_run::work(const shared_keys& keys) {
  const auto worker = [this, &keys] {
    for (;;) {
      auto index = std::size_t{0};
      {
        const auto guard = std::lock_guard(mutex_);
        if (next_job_ == jobs_.size() || stop_ || interrupted_) {
          return;
        }
        index = next_job_++;
      }
      auto result = run_job(jobs_[index], keys);
      const auto guard = std::lock_guard(mutex_);
      finish_job(index, std::move(result));
    }
  };
  auto threads = std::vector<std::jthread>();
  const auto count = std::min<std::size_t>(options_.jobs, jobs_.size());
  for (auto i = std::size_t{1}; i < count; ++i) {
    threads.emplace_back(worker);
  }
  worker();
}

auto suite_run::write_reports() -> bool {
  auto written = true;
  const auto write = [&](const std::string& path, const std::string& text) {
    auto file = std::ofstream(path, std::ios::binary);
    file << text;
    file.close();
    if (!file) {
      err_ << "cannot write the report " << path << "\n";
      written = false;
    }
  };
  if (!options_.json.empty()) {
    write(options_.json, report::to_json(summary_, options_.timings));
  }
  if (!options_.junit.empty()) {
    write(options_.junit, report::to_junit(summary_, options_.timings));
  }
  return written;
}

auto suite_run::exit_code() const -> int {
  if (interrupted_) {
    return exit_interrupted;
  }
  if (keep_failed_) {
    return exit_environment;
  }
  const auto held = summary_.count(report::verdict::passed) == summary_.outcomes.size();
  return held ? exit_held : exit_failed;
}

auto suite_run::run() -> int {
  const auto began = real_.elapsed();
  if (!load()) {
    return exit_usage;
  }
  plan_jobs();
  if (options_.list) {
    list();
    return exit_held;
  }
  auto signing = cached_signing_key(options_.key_cache);
  if (!signing) {
    err_ << "cannot make a signing key: " << signing.error().why << "\n";
    return exit_environment;
  }
  const auto keys = shared_keys(std::move(*signing), options_.wire);
  work(keys);
  for (auto& one : results_) {
    if (one) {
      summary_.outcomes.push_back(std::move(*one));
    }
  }
  const auto wall = real_.elapsed() - began;
  out_ << report::to_table(summary_)
       << report::to_line(summary_,
                          std::chrono::duration_cast<std::chrono::milliseconds>(wall).count(),
                          options_.colour);
  if (interrupted_) {
    out_ << "interrupted: " << jobs_.size() - summary_.outcomes.size() << " scenarios not run\n";
  }
  return write_reports() ? exit_code() : exit_environment;
}

} // namespace

auto scenario_files(const std::vector<std::string>& paths) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& path : paths) {
    auto error = std::error_code();
    if (!fs::is_directory(path, error)) {
      out.push_back(path);
      continue;
    }
    auto found = std::vector<std::string>();
    for (const auto& entry : fs::recursive_directory_iterator(path, error)) {
      if (entry.path().extension() == ".toml") {
        found.push_back(entry.path().string());
      }
    }
    std::ranges::sort(found);
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

auto run_suite(const suite_options& options,
               std::ostream& out,
               std::ostream& err,
               const std::atomic<bool>& interrupted) -> int {
  return suite_run(options, out, err, interrupted).run();
}

} // namespace scenarios::run
