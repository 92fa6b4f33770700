#include "core/adapters/files/append_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace core::adapters {
namespace {

auto file_failure(const char* doing, const std::string& path) -> seams::failure {
  return {seams::reaction::stop_and_diagnose,
          "file_unavailable",
          std::string("cannot ") + doing + " " + path + ": " +
              std::generic_category().message(errno)};
}

auto identity_of(const struct stat& what) -> std::string {
  return std::to_string(what.st_dev) + ":" + std::to_string(what.st_ino);
}

} // namespace

auto append_file::open(std::string path) -> seams::result<append_file> {
  const auto file = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  if (file < 0) {
    return file_failure("open", path);
  }
  auto out = append_file(std::move(path), file);
  struct stat what = {};
  if (fstat(file, &what) != 0) {
    return file_failure("look at", out.path_);
  }
  out.plain_ = S_ISREG(what.st_mode);
  out.identity_ = identity_of(what);
  return out;
}

append_file::append_file(append_file&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), plain_(other.plain_),
      identity_(std::move(other.identity_)) {}

auto append_file::operator=(append_file&& other) noexcept -> append_file& {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(plain_, other.plain_);
  std::swap(identity_, other.identity_);
  return *this;
}

append_file::~append_file() {
  if (file_ >= 0) {
    close(file_);
  }
}

auto append_file::append(std::string_view text) -> seams::result<void> {
  while (!text.empty()) {
    const auto written = write(file_, text.data(), text.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return file_failure("write", path_);
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (plain_ && fdatasync(file_) != 0) {
    return file_failure("write", path_);
  }
  return {};
}

auto append_file::size() const -> seams::result<std::uint64_t> {
  struct stat what = {};
  if (fstat(file_, &what) != 0) {
    return file_failure("look at", path_);
  }
  return static_cast<std::uint64_t>(what.st_size);
}

auto append_file::read(std::uint64_t offset, std::size_t bytes_max) const
    -> seams::result<std::string> {
  auto out = std::string(bytes_max, '\0');
  auto filled = std::size_t{0};
  while (filled < bytes_max) {
    const auto got =
        pread(file_, out.data() + filled, bytes_max - filled, static_cast<off_t>(offset + filled));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return file_failure("read", path_);
    }
    if (got == 0) {
      break;
    }
    filled += static_cast<std::size_t>(got);
  }
  out.resize(filled);
  return out;
}

auto append_file::cut(std::uint64_t size) -> seams::result<void> {
  if (ftruncate(file_, static_cast<off_t>(size)) != 0) {
    return file_failure("shorten", path_);
  }
  return {};
}

auto append_file::replaced() const -> bool {
  struct stat what = {};
  return plain_ && (stat(path_.c_str(), &what) != 0 || identity_of(what) != identity_);
}

} // namespace core::adapters
