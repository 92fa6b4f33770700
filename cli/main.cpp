#include "cli/exit_code.hpp"
#include "cli/program.hpp"
#include "cli/real_engine.hpp"
#include "cli/suite_paths.hpp"
#include "core/adapters/socket/system_clock.hpp"

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace {

// The first signal asks the command to finish and report; the second one ends the process at once.
// A signal handler can reach nothing but globals.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_signal(int) {
  if (interrupted.exchange(true)) {
    _exit(cli::exit_interrupted);
  }
}

void install_handlers() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

/// Every connection of a client is an open file, and the usual 1,024 are soon used up by idle ones.
void allow_many_connections() {
  struct rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

auto variable(std::string_view name) -> std::optional<std::string> {
  const auto* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

} // namespace

int main(int count, char** values) {
  install_handlers();
  allow_many_connections();
  auto ignored = std::error_code();
  const auto executable = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const auto around = cli::surroundings{
      .out = std::cout,
      .err = std::cerr,
      .env = variable,
      .wall = [] { return core::adapters::system_clock().wall(); },
      .terminal = isatty(STDOUT_FILENO) == 1,
      .cores = std::max(1U, std::thread::hardware_concurrency()),
      .suites = cli::shipped_suites(executable, OFFTENANT_SOURCE_DIR),
      .interrupted = interrupted,
      .parts = cli::real_engine(),
  };
  try {
    const auto arguments = std::vector<std::string>(values + 1, values + count);
    const auto code = cli::program(arguments, OFFTENANT_VERSION, around);
    return std::cout.flush() ? code : static_cast<int>(cli::exit_environment);
  } catch (const std::exception& error) {
    std::cerr << "offtenant: " << error.what() << '\n';
    return cli::exit_environment;
  }
}
