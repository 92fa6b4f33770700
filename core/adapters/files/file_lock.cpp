#include "core/adapters/files/file_lock.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace core::adapters {
namespace {

auto holder(int file) -> std::string {
  auto text = std::array<char, 32>();
  const auto size = pread(file, text.data(), text.size(), 0);
  const auto all = std::string_view(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  const auto digits = all.substr(0, all.find_first_not_of("0123456789"));
  return digits.empty() ? "another process" : "process " + std::string(digits);
}

auto lock_failure(const std::string& code, std::string why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, code, std::move(why)};
}

} // namespace

auto file_lock::take(const std::string& path) -> seams::result<file_lock> {
  const auto file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (file < 0) {
    return lock_failure("file_unavailable",
                        "cannot open " + path + ": " + std::generic_category().message(errno));
  }
  auto held = file_lock(file);
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    return errno == EWOULDBLOCK ? lock_failure("in_use", path + " is held by " + holder(file))
                                : lock_failure("file_unavailable",
                                               "cannot lock " + path + ": " +
                                                   std::generic_category().message(errno));
  }
  const auto mine = std::to_string(getpid()) + "\n";
  if (ftruncate(file, 0) != 0 ||
      pwrite(file, mine.data(), mine.size(), 0) != static_cast<ssize_t>(mine.size())) {
    return lock_failure("file_unavailable",
                        "cannot write " + path + ": " + std::generic_category().message(errno));
  }
  return held;
}

file_lock::file_lock(file_lock&& other) noexcept : file_(other.file_) {
  other.file_ = -1;
}

file_lock::~file_lock() {
  if (file_ >= 0) {
    close(file_);
  }
}

} // namespace core::adapters
