#include "scenarios/serve/state_folder.hpp"

#include "scenarios/run/key_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace scenarios::serve {
namespace {

namespace fs = std::filesystem;

auto read_text(const fs::path& path) -> std::string {
  auto file = std::ifstream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

auto write_private(const fs::path& path, const std::string& text) -> bool {
  auto error = std::error_code();
  auto file = std::ofstream(path, std::ios::binary | std::ios::trunc);
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, error);
  file << text;
  return static_cast<bool>(file.flush());
}

auto unwritable(const fs::path& folder) -> seams::failure {
  return {
      seams::reaction::stop_and_diagnose, "state_unwritable", "cannot write to " + folder.string()};
}

auto from_root(const fs::path& path) -> std::string {
  auto error = std::error_code();
  return fs::absolute(path, error).lexically_normal().string();
}

auto open_root(const fs::path& folder) -> seams::result<mock_graph::wire::root_pair> {
  const auto key_file = folder / "ca-key.pem";
  const auto certificate_file = folder / "ca.pem";
  auto out = mock_graph::wire::root_pair{read_text(key_file), read_text(certificate_file)};
  if (!out.key_pem.empty() && !out.certificate_pem.empty()) {
    return out;
  }
  out = mock_graph::wire::make_root_pair();
  if (!write_private(key_file, out.key_pem) ||
      !write_private(certificate_file, out.certificate_pem)) {
    return unwritable(folder);
  }
  return out;
}

} // namespace

auto open_state(const std::string& folder) -> seams::result<kept_keys> {
  auto error = std::error_code();
  fs::create_directories(folder, error);
  auto root = open_root(folder);
  if (!root) {
    return root.error();
  }
  auto signing = scenarios::run::cached_signing_key((fs::path(folder) / "signing.pem").string());
  if (!signing) {
    return signing.error();
  }
  return kept_keys{std::move(*signing), std::move(*root), from_root(fs::path(folder) / "ca.pem")};
}

auto write_state(const std::string& folder, const std::string& name, const std::string& text)
    -> seams::result<std::string> {
  const auto path = fs::path(folder) / name;
  if (!write_private(path, text)) {
    return unwritable(folder);
  }
  return from_root(path);
}

} // namespace scenarios::serve
