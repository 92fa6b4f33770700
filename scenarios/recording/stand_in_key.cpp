#include "scenarios/recording/stand_in_key.hpp"

#include "core/adapters/files/text_file.hpp"
#include "core/adapters/socket/entropy_choices.hpp"
#include "scenarios/tapes/disk_cassette.hpp"

#include <filesystem>

namespace scenarios::recording {
namespace {

namespace fs = std::filesystem;

constexpr auto key_bytes_least = std::size_t{16};
constexpr auto key_bytes_max = std::size_t{4096};

auto drawn_key() -> std::string {
  auto chance = core::adapters::entropy_choices();
  return seams::draw_guid(chance, "key of stand-ins") + seams::draw_guid(chance, "and more of it");
}

auto make_key_file(const std::string& path) -> seams::result<key_of_stand_ins> {
  auto out = key_of_stand_ins{drawn_key(), true};
  const auto made = tapes::write_whole_file(path, out.text + '\n');
  if (!made) {
    return seams::failure(seams::reaction::stop_and_diagnose, "unwritable", made.error().why);
  }
  return out;
}

} // namespace

auto stand_in_key(const std::string& path) -> seams::result<key_of_stand_ins> {
  auto error = std::error_code();
  if (path.empty()) {
    return key_of_stand_ins{drawn_key(), false};
  }
  if (!fs::exists(path, error)) {
    return make_key_file(path);
  }
  auto read = core::adapters::read_text_file(path, key_bytes_max);
  const auto end = read.text.find_last_not_of("\r\n");
  read.text.resize(end == std::string::npos ? 0 : end + 1);
  if (!read.wrong.empty() || read.text.size() < key_bytes_least) {
    const auto why = read.wrong.empty() ? "holds fewer than 16 bytes" : read.wrong;
    return seams::failure(
        seams::reaction::stop_and_diagnose, "bad_key", "the key " + path + " " + why);
  }
  return key_of_stand_ins{std::move(read.text), false};
}

} // namespace scenarios::recording
