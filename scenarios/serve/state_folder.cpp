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
    return seams::failure(seams::reaction::stop_and_diagnose,
                          "state_unwritable",
                          "cannot write to " + folder.string());
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
  const auto root_file = fs::absolute(fs::path(folder) / "ca.pem", error).lexically_normal();
  return kept_keys{std::move(*signing), std::move(*root), root_file.string()};
}

} // namespace scenarios::serve
