#include "scenarios/run/keep.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace scenarios::run {
namespace {

namespace fs = std::filesystem;

auto write(const fs::path& path, const std::string& bytes) -> std::string {
  auto file = std::ofstream(path, std::ios::binary);
  file << bytes;
  file.close();
  return file ? "" : "cannot write " + path.string();
}

auto journal_line(const mock_graph::journal_entry& entry) -> std::string {
  auto out = nlohmann::ordered_json();
  out["at"] = seams::to_rfc3339(entry.at);
  out["method"] = entry.method;
  out["url"] = entry.url;
  out["route"] = entry.route;
  out["status"] = entry.status;
  out["note"] = entry.note;
  out["fault"] = entry.fault;
  return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace

auto keep_world(const std::string& folder, const world& place, const std::string& trace_lines)
    -> std::string {
  auto error = std::error_code();
  fs::create_directories(folder, error);
  if (error) {
    return "cannot make the folder " + folder + ": " + error.message();
  }
  auto journal = std::string();
  for (const auto& entry : place.mock().requests()) {
    journal += journal_line(entry);
  }
  for (const auto& [name, bytes] : {std::pair{"store.db", place.database()},
                                    std::pair{"journal.jsonl", journal},
                                    std::pair{"trace.txt", trace_lines}}) {
    if (auto wrong = write(fs::path(folder) / name, bytes); !wrong.empty()) {
      return wrong;
    }
  }
  return {};
}

} // namespace scenarios::run
