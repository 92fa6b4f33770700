#include "core/adapters/files/private_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace core::adapters {

auto ensure_private_file(const std::string& path) -> seams::result<void> {
  const auto file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    return seams::failure(seams::reaction::stop_and_diagnose,
                          "file_unavailable",
                          "cannot open " + path + ": " + std::generic_category().message(errno));
  }
  (void)::close(file);
  return {};
}

} // namespace core::adapters
