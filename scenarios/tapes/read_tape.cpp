#include "scenarios/tapes/read_tape.hpp"

#include "core/adapters/files/text_file.hpp"
#include "replay/har/read_har.hpp"
#include "scenarios/tapes/disk_cassette.hpp"

namespace scenarios::tapes {
namespace {

constexpr auto tape_bytes_max = std::size_t{4} << 30U;

/// An archive is an object with a member "log"; a cassette's first line says that it is one, also
/// when it is damaged further on.
auto looks_like_archive(std::string_view text) -> bool {
  const auto begin = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return begin != text.npos && text[begin] == '{' && !replay::looks_like_cassette(text) &&
         text.substr(begin, 200).find("\"log\"") != text.npos;
}

} // namespace

auto read_tape(const std::string& path) -> seams::result<tape_reading> {
  const auto file = core::adapters::read_text_file(path, tape_bytes_max);
  if (!file.wrong.empty()) {
    return seams::failure(
        seams::reaction::stop_and_diagnose, "file_unavailable", path + ": " + file.wrong);
  }
  if (looks_like_archive(file.text)) {
    auto archive = replay::read_har(file.text, path);
    if (!archive) {
      return archive.error();
    }
    return tape_reading{std::move(archive->tape), std::move(archive->missing)};
  }
  auto tape = replay::read_cassette(file.text, path, bodies_beside(path));
  if (!tape) {
    return tape.error();
  }
  auto out = tape_reading{std::move(*tape), {}};
  if (!out.tape.torn.empty()) {
    out.notes.push_back(
        path + ": the last line was cut while it was written and is left out: " + out.tape.torn);
  }
  return out;
}

} // namespace scenarios::tapes
