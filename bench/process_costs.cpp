#include "bench/process_costs.hpp"

#include <sys/resource.h>

namespace bench {
namespace {

auto usage() -> rusage {
  auto out = rusage();
  getrusage(RUSAGE_SELF, &out);
  return out;
}

} // namespace

auto processor_seconds() -> double {
  const auto now = usage();
  const auto seconds = [](const timeval& of) {
    return static_cast<double>(of.tv_sec) + static_cast<double>(of.tv_usec) / 1e6;
  };
  return seconds(now.ru_utime) + seconds(now.ru_stime);
}

auto peak_megabytes() -> long {
  return usage().ru_maxrss / 1024;
}

} // namespace bench
