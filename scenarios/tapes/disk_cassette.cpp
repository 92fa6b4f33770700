#include "scenarios/tapes/disk_cassette.hpp"

#include "core/adapters/files/private_file.hpp"
#include "core/adapters/files/text_file.hpp"

#include <filesystem>

namespace scenarios::tapes {
namespace {

namespace fs = std::filesystem;
using core::adapters::append_file;
using seams::failure;
using seams::reaction;
using seams::result;

auto exists_already(const std::string& path) -> failure {
  return {reaction::stop_and_diagnose,
          "cassette_exists",
          path + " is there already; remove it or choose another name"};
}

auto unavailable(const std::string& doing, const std::string& path, const std::error_code& error)
    -> failure {
  return {reaction::stop_and_diagnose,
          "file_unavailable",
          "cannot " + doing + ' ' + path + ": " + error.message()};
}

auto is_there(const std::string& path) -> bool {
  auto error = std::error_code();
  return fs::exists(path, error);
}

/// An empty file for its owner only.
auto open_private(const std::string& path) -> result<append_file> {
  if (const auto made = core::adapters::ensure_private_file(path); !made) {
    return made.error();
  }
  return append_file::open(path);
}

auto write_private(const std::string& path, std::string_view bytes) -> result<void> {
  auto file = open_private(path);
  if (!file) {
    return file.error();
  }
  return file->append(bytes);
}

auto rename_file(const std::string& from, const std::string& to) -> result<void> {
  auto error = std::error_code();
  fs::rename(from, to, error);
  if (error) {
    return unavailable("rename", from, error);
  }
  return {};
}

/// Writes `to` by way of `part`, which is gone afterwards, whatever happens.
auto write_through(const std::string& part, const std::string& to, std::string_view bytes)
    -> result<void> {
  auto done = write_private(part, bytes);
  if (done) {
    done = rename_file(part, to);
  }
  if (!done) {
    auto ignored = std::error_code();
    fs::remove(part, ignored);
  }
  return done;
}

} // namespace

auto bodies_folder(const std::string& path) -> std::string {
  auto out = path;
  if (out.ends_with(unfinished_mark)) {
    out.resize(out.size() - unfinished_mark.size());
  }
  return out + ".bodies";
}

auto bodies_beside(const std::string& path) -> replay::body_source {
  return [folder = bodies_folder(path)](const std::string& name,
                                        std::size_t bytes_max) -> result<std::string> {
    auto read = core::adapters::read_text_file(folder + '/' + name, bytes_max);
    if (!read.wrong.empty()) {
      return failure{reaction::stop_and_diagnose, "file_unavailable", std::move(read.wrong)};
    }
    return std::move(read.text);
  };
}

auto disk_cassette::create(const std::string& path) -> result<disk_cassette> {
  const auto unfinished = path + std::string(unfinished_mark);
  for (const auto& one : {path, unfinished, bodies_folder(path)}) {
    if (is_there(one)) {
      return exists_already(one);
    }
  }
  auto lines = open_private(unfinished);
  if (!lines) {
    return lines.error();
  }
  return disk_cassette(path, std::move(*lines));
}

auto disk_cassette::append(std::string_view line) -> result<void> {
  auto done = lines_.append(line);
  if (!done) {
    (void)lines_.cut(length_);
    return done;
  }
  length_ += line.size();
  bytes_ += line.size();
  return done;
}

auto disk_cassette::keep_body(const std::string& name, std::string_view bytes) -> result<void> {
  const auto folder = bodies_folder(path_);
  auto error = std::error_code();
  if (fs::create_directory(folder, error)) {
    fs::permissions(folder, fs::perms::owner_all, error);
  }
  if (error) {
    return unavailable("make", folder, error);
  }
  auto done = write_through(folder + '/' + name + ".part", folder + '/' + name, bytes);
  bytes_ += done ? bytes.size() : 0;
  return done;
}

auto disk_cassette::finish() -> result<void> {
  if (is_there(path_)) {
    return exists_already(path_);
  }
  return rename_file(unfinished_path(), path_);
}

void disk_cassette::discard() {
  auto ignored = std::error_code();
  fs::remove(unfinished_path(), ignored);
  fs::remove_all(bodies_folder(path_), ignored);
}

auto write_whole_file(const std::string& path, std::string_view text) -> result<void> {
  const auto part = path + std::string(unfinished_mark);
  for (const auto& one : {path, part}) {
    if (is_there(one)) {
      return exists_already(one);
    }
  }
  return write_through(part, path, text);
}

} // namespace scenarios::tapes
