#include "scenarios/run/key_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace scenarios::run {
namespace {

namespace fs = std::filesystem;

/// Written beside its place and moved there, so that two processes never see half a key.
void keep(const fs::path& path, const std::string& pem) {
  auto error = std::error_code();
  fs::create_directories(path.parent_path(), error);
  const auto fresh = fs::path(path.string() + ".new");
  fs::remove(fresh, error);
  {
    auto file = std::ofstream(fresh, std::ios::binary);
    fs::permissions(fresh, fs::perms::owner_read | fs::perms::owner_write, error);
    file << pem;
  }
  fs::rename(fresh, path, error);
}

} // namespace

auto cached_signing_key(const std::string& path) -> seams::result<mock_graph::login::signing_key> {
  if (path.empty()) {
    return mock_graph::login::signing_key::generate();
  }
  if (auto file = std::ifstream(path, std::ios::binary)) {
    const auto pem = std::string(std::istreambuf_iterator<char>(file), {});
    if (auto known = mock_graph::login::signing_key::from_pem(pem)) {
      return known;
    }
  }
  auto made = mock_graph::login::signing_key::generate();
  if (made) {
    keep(path, made->to_pem());
  }
  return made;
}

} // namespace scenarios::run
