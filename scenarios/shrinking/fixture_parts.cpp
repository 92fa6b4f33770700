#include "scenarios/shrinking/fixture_parts.hpp"

#include "core/adapters/files/text_file.hpp"
#include "core/toml_reading/parse.hpp"
#include "scenarios/model/record_file.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace scenarios::shrinking {
namespace {

namespace fs = std::filesystem;
namespace toml = core::toml_reading;

auto unreadable(std::string why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, "fixture_unreadable", std::move(why)};
}

auto lines_of(const std::string& text) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (auto from = std::size_t{0}; from < text.size();) {
    const auto end = text.find('\n', from);
    const auto past = end == std::string::npos ? text.size() : end + 1;
    out.push_back(text.substr(from, past - from));
    from = past;
  }
  return out;
}

auto first_letter(const std::string& line) -> char {
  const auto at = line.find_first_not_of(" \t");
  return at == std::string::npos ? '\n' : line[at];
}

void collect_tables(const toml::node& from, std::set<std::size_t>& lines) {
  if (from.what == toml::node::kind::table) {
    lines.insert(from.at.line - 1);
  }
  for (const auto& item : from.items) {
    collect_tables(item, lines);
  }
  for (const auto& member : from.members) {
    collect_tables(member.value, lines);
  }
}

/// Places of the lines, from 0, with which tables begin, comments above them included.
auto table_starts(const toml::node& root, const std::vector<std::string>& lines)
    -> std::set<std::size_t> {
  auto headers = std::set<std::size_t>();
  for (const auto& member : root.members) {
    collect_tables(member.value, headers);
  }
  auto out = std::set<std::size_t>();
  for (auto line : headers) {
    if (line >= lines.size() || first_letter(lines[line]) != '[') {
      continue; // an inline table
    }
    while (line > 0 && first_letter(lines[line - 1]) == '#') {
      --line;
    }
    out.insert(line);
  }
  return out;
}

/// Where the names in `feeds = [...]` stand; nothing if that is not a plain list of names.
struct name_list {
  std::size_t begin = 0; ///< of the first byte behind '['
  std::size_t end = 0;   ///< of ']'
  std::vector<std::string> names;
};

auto feeds_in(const std::string& table) -> std::optional<name_list> {
  if (table.find("[connector]") == std::string::npos) {
    return std::nullopt;
  }
  const auto key = table.find("\nfeeds");
  const auto open = key == std::string::npos ? key : table.find('[', key);
  const auto close = open == std::string::npos ? open : table.find(']', open);
  if (close == std::string::npos) {
    return std::nullopt;
  }
  auto out = name_list{open + 1, close, {}};
  for (auto at = table.find('"', open); at < close; at = table.find('"', at)) {
    const auto end = table.find('"', at + 1);
    if (end > close) {
      return std::nullopt;
    }
    out.names.push_back(table.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return out;
}

auto in_list(const std::vector<std::string>& names) -> std::string {
  auto out = std::string();
  for (const auto& name : names) {
    out += (out.empty() ? "\"" : ", \"") + name + '"';
  }
  return out;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// The paths that the scenario's `[[records]]` name, each once.
auto record_paths(const toml::node& root) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  const auto* tables = root.find("records");
  for (const auto& table : tables == nullptr ? std::vector<toml::node>() : tables->value.items) {
    const auto* file = table.find("file");
    const auto* path = file == nullptr ? nullptr : std::get_if<std::string>(&file->value.value);
    if (path != nullptr && std::ranges::find(out, *path) == out.end()) {
      out.push_back(*path);
    }
  }
  return out;
}

} // namespace

auto fixture_parts::read(const std::string& scenario_path) -> seams::result<fixture_parts> {
  const auto file = core::adapters::read_text_file(scenario_path, toml::file_bytes_max);
  if (!file.wrong.empty()) {
    return unreadable(scenario_path + ": " + file.wrong);
  }
  const auto parsed = toml::parse_toml(file.text, scenario_path);
  if (!parsed.root) {
    return unreadable(toml::to_text(*parsed.wrong));
  }
  auto out = fixture_parts();
  out.name_ = fs::path(scenario_path).filename().string();
  const auto lines = lines_of(file.text);
  const auto starts = table_starts(*parsed.root, lines);
  auto* into = &out.head_;
  for (auto i = std::size_t{0}; i < lines.size(); ++i) {
    if (starts.contains(i)) {
      out.parts_.push_back({part_kind::table, 0, {}});
      into = &out.parts_.back().text;
    }
    *into += lines[i];
  }
  const auto tables = out.parts_.size();
  for (auto i = std::size_t{0}; i < tables; ++i) {
    const auto feeds = feeds_in(out.parts_[i].text).value_or(name_list());
    for (const auto& name : feeds.names) {
      out.parts_.push_back({part_kind::feed, i, name});
    }
  }
  for (const auto& written : record_paths(*parsed.root)) {
    const auto path = fs::path(scenario_path).parent_path() / written;
    auto records = model::read_record_file(path.string());
    if (!records.wrong.empty()) {
      return unreadable(path.string() + ": " + records.wrong);
    }
    const auto place = out.files_.size();
    const auto name = "records/" + std::to_string(place + 1) + "-" + path.stem().string();
    out.files_.push_back({written, name + ".ndjson"});
    for (auto& record : records.records) {
      out.parts_.push_back({part_kind::record, place, std::move(record.raw)});
    }
  }
  return out;
}

auto fixture_parts::text_of(const selection& kept) const -> fixture_text {
  auto scenario = head_;
  auto records = std::map<std::size_t, std::string>();
  auto feeds = std::map<std::size_t, std::vector<std::string>>();
  for (const auto i : kept) {
    const auto& one = parts_[i];
    if (one.what == part_kind::feed) {
      feeds[one.of].push_back(one.text);
    } else if (one.what == part_kind::record) {
      auto line = one.text;
      std::erase_if(line, [](char c) { return c == '\n' || c == '\r'; });
      records[one.of] += line + '\n';
    }
  }
  for (const auto i : kept) {
    const auto& one = parts_[i];
    if (one.what != part_kind::table) {
      continue;
    }
    auto text = one.text;
    if (const auto list = feeds_in(text)) {
      text.replace(list->begin, list->end - list->begin, in_list(feeds[i]));
    }
    scenario += text;
  }
  for (const auto& [written, name] : files_) {
    replace_all(scenario, '"' + written + '"', '"' + name + '"');
  }
  auto out = fixture_text{{name_, std::move(scenario)}};
  for (auto& [place, text] : records) {
    out.emplace_back(files_[place].name, std::move(text));
  }
  return out;
}

} // namespace scenarios::shrinking
