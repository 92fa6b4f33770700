#include "scenarios/recording/read_tape.hpp"

#include "core/adapters/files/text_file.hpp"
#include "replay/har/read_har.hpp"
#include "scenarios/recording/disk_cassette.hpp"

namespace scenarios::recording {
namespace {

constexpr auto tape_bytes_max = std::size_t{4} << 30U;

} // namespace

auto read_tape(const std::string& path) -> seams::result<tape_reading> {
  auto file = core::adapters::read_text_file(path, tape_bytes_max);
  if (!file.wrong.empty()) {
    return seams::failure(
        seams::reaction::stop_and_diagnose, "file_unavailable", path + ": " + file.wrong);
  }
  if (replay::looks_like_cassette(file.text)) {
    auto tape = replay::read_cassette(file.text, path, bodies_beside(path));
    if (!tape) {
      return tape.error();
    }
    auto out = tape_reading{std::move(*tape), {}};
    if (!out.tape.torn.empty()) {
      out.notes.push_back(path + ": the end was cut while it was written: " + out.tape.torn);
    }
    return out;
  }
  auto archive = replay::read_har(file.text, path);
  if (!archive) {
    return archive.error();
  }
  return tape_reading{std::move(archive->tape), std::move(archive->missing)};
}

} // namespace scenarios::recording
