#pragma once
// A cassette kept in memory, which can be told to fail.
#include "replay/cassette/cassette_writer.hpp"
#include "replay/cassette/read_cassette.hpp"

#include <map>

namespace test {

class cassette_in_memory final : public replay::cassette_files {
public:
  auto append(std::string_view line) -> seams::result<void> override {
    if (full) {
      text += line.substr(0, line.size() / 2);
      return seams::failure(seams::reaction::stop_and_diagnose, "file_unavailable", "disk full");
    }
    text += line;
    return {};
  }

  auto keep_body(const std::string& name, std::string_view bytes) -> seams::result<void> override {
    bodies[name] = bytes;
    return {};
  }

  auto read(const replay::cassette_bounds& within = {}) const -> seams::result<replay::cassette> {
    const auto source = [this](const std::string& name, std::size_t) -> seams::result<std::string> {
      const auto found = bodies.find(name);
      if (found == bodies.end()) {
        return seams::failure(seams::reaction::stop_and_diagnose, "file_unavailable", "no file");
      }
      return found->second;
    };
    return replay::read_cassette(text, "a.jsonl", source, within);
  }

  std::string text;
  std::map<std::string, std::string> bodies;
  bool full = false;
};

} // namespace test
