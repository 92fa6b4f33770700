// Runs a fuzz target without libFuzzer, for a minute of CI: it mutates the seeds blindly, under the
// compiler and sanitizers of the other tests. tools/fuzz searches deeper.
// Usage: TARGET SECONDS SEED_FOLDER; an input that breaks the target is left in the work folder.
#include <chrono>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int;

namespace {

namespace fs = std::filesystem;

constexpr auto input_bytes_max = std::size_t{8192};
/// An input that takes longer is as bad as one that crashes.
constexpr auto seconds_per_input = 10U;

/// Lies in memory that outlives the process which runs the target.
struct trial {
  std::size_t count;
  std::size_t size;
  char bytes[input_bytes_max];
};

auto shared_trial() -> trial* {
  auto* memory =
      mmap(nullptr, sizeof(trial), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<trial*>(memory);
}

auto read_seeds(const fs::path& folder) -> std::vector<std::string> {
  auto out = std::vector<std::string>{""};
  auto error = std::error_code();
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    auto file = std::ifstream(entry.path(), std::ios::binary);
    out.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return out;
}

class mutator {
public:
  explicit mutator(const std::vector<std::string>& seeds) : seeds_(seeds) {}

  auto next() -> std::string {
    auto out = pick(seeds_);
    for (auto changes = 1 + below(6); changes > 0; --changes) {
      change(out);
    }
    out.resize(std::min(out.size(), input_bytes_max));
    return out;
  }

private:
  auto below(std::size_t bound) -> std::size_t {
    return bound == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }
  auto pick(const std::vector<std::string>& from) -> std::string {
    return from[below(from.size())];
  }

  void change(std::string& text) {
    static const auto odd = std::vector<std::string>{"\"",
                                                     "\\",
                                                     "{",
                                                     "}",
                                                     "[",
                                                     "]",
                                                     ",",
                                                     ":",
                                                     "'",
                                                     "(",
                                                     ")",
                                                     "%",
                                                     "&",
                                                     "=",
                                                     "+",
                                                     "-",
                                                     ".",
                                                     "/",
                                                     "\n",
                                                     "\r\n",
                                                     "\0",
                                                     "\xff",
                                                     "\xef\xbb\xbf",
                                                     "\\u0000",
                                                     "\\ud800",
                                                     "1e999",
                                                     "null",
                                                     "true",
                                                     "9223372036854775808",
                                                     "2026-02-30T25:61:61Z",
                                                     "[[[[[[[[[[[[[[[[",
                                                     "{\"a\":{\"a\":{\"a\":"};
    const auto at = below(text.size() + 1);
    const auto length = below(std::min<std::size_t>(text.size() - at, 64) + 1);
    switch (below(7)) {
    case 0:
      text.erase(at, length);
      break;
    case 1:
      text.insert(at, text.substr(at, length));
      break;
    case 2:
      text.insert(at, pick(odd));
      break;
    case 3:
      if (at < text.size()) {
        text[at] = static_cast<char>(below(256));
      }
      break;
    case 4:
      if (at < text.size()) {
        text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
      }
      break;
    case 5:
      text.resize(at);
      break;
    default: {
      const auto other = pick(seeds_);
      const auto from = below(other.size() + 1);
      text.replace(at, length, other.substr(from, below(256)));
    }
    }
  }

  const std::vector<std::string>& seeds_;
  std::mt19937_64 random_; // the same inputs each time, as many as the time allows
};

[[noreturn]] void
run_target(trial& current, const std::vector<std::string>& seeds, std::chrono::seconds span) {
  auto inputs = mutator(seeds);
  const auto until = std::chrono::steady_clock::now() + span;
  while (std::chrono::steady_clock::now() < until) {
    const auto input = current.count < seeds.size() ? seeds[current.count] : inputs.next();
    current.size = std::min(input.size(), input_bytes_max);
    std::memcpy(current.bytes, input.data(), current.size);
    alarm(seconds_per_input);
    // A heap block of its exact size, so that the sanitizer sees a read beyond its end.
    const auto bytes = std::vector<std::uint8_t>(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    ++current.count;
  }
  _exit(0);
}

} // namespace

auto main(int count, char** arguments) -> int {
  auto* current = shared_trial();
  if (count != 3 || current == nullptr) {
    std::cerr << "usage: " << arguments[0] << " SECONDS SEED_FOLDER\n";
    return 2;
  }
  const auto seeds = read_seeds(arguments[2]);
  if (seeds.size() < 2) {
    std::cerr << "no seeds in " << arguments[2] << '\n';
    return 2;
  }
  const auto child = fork();
  if (child == 0) {
    run_target(*current, seeds, std::chrono::seconds(std::stoi(arguments[1])));
  }
  auto status = 0;
  waitpid(child, &status, 0);
  std::cout << current->count << " inputs\n";
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    return 0;
  }
  const auto name = "broken-by-" + std::to_string(current->count);
  std::ofstream(name, std::ios::binary)
      .write(current->bytes, static_cast<std::streamsize>(current->size));
  std::cerr << "the input in " << fs::absolute(name).string() << " breaks the target\n";
  return 1;
}
