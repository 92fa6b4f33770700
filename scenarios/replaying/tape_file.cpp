#include "scenarios/replaying/tape_file.hpp"

#include "core/adapters/files/text_file.hpp"
#include "replay/cassette/read_cassette.hpp"
#include "replay/har/read_har.hpp"

namespace scenarios::replaying {
namespace {

using seams::failure;
using seams::reaction;

constexpr auto tape_bytes_max = std::size_t{2} << 30U;

auto body_from(const std::string& folder) -> replay::body_source {
  return [folder](const std::string& name, std::size_t bytes_max) -> seams::result<std::string> {
    auto file = core::adapters::read_text_file(folder + "/" + name, bytes_max);
    if (!file.wrong.empty()) {
      return failure(reaction::stop_and_diagnose, "file_unavailable", file.wrong);
    }
    return std::move(file.text);
  };
}

/// An archive is an object with a member "log"; a cassette's first line says that it is one, also
/// when it is damaged further on.
auto looks_like_archive(std::string_view text) -> bool {
  const auto begin = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return begin != text.npos && text[begin] == '{' && !replay::looks_like_cassette(text) &&
         text.substr(begin, 200).find("\"log\"") != text.npos;
}

} // namespace

auto read_tape(const std::string& path) -> seams::result<tape_file> {
  const auto file = core::adapters::read_text_file(path, tape_bytes_max);
  if (!file.wrong.empty()) {
    return failure(reaction::stop_and_diagnose, "file_unavailable", path + " " + file.wrong);
  }
  auto out = tape_file();
  if (looks_like_archive(file.text)) {
    auto read = replay::read_har(file.text, path);
    if (!read) {
      return read.error();
    }
    out = {std::move(read->tape), std::move(read->missing)};
    return out;
  }
  auto read = replay::read_cassette(file.text, path, body_from(path + ".bodies"));
  if (!read) {
    return read.error();
  }
  out.tape = std::move(*read);
  if (!out.tape.torn.empty()) {
    out.remarks.push_back(
        path + ": the last line was cut while it was written and is left out: " + out.tape.torn);
  }
  return out;
}

} // namespace scenarios::replaying
