#include "scenarios/model/fragment.hpp"

#include "core/toml_reading/parse.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace scenarios::model {
namespace {

using nlohmann::ordered_json;

constexpr auto piece_name = "the request";

/// Tables of scenario files that say how things stand or what must come of them, or read files.
constexpr auto not_in_pieces = std::to_array<std::string_view>({"user",
                                                                "group",
                                                                "device",
                                                                "safe_links_policy",
                                                                "credential",
                                                                "clock_skew",
                                                                "kill",
                                                                "expect",
                                                                "label",
                                                                "records"});

auto lines_in(std::string_view text) -> std::uint32_t {
  return static_cast<std::uint32_t>(std::ranges::count(text, '\n'));
}

/// "7384s500ms"
auto offset_text(seams::duration since_start) -> std::string {
  const auto whole =
      std::chrono::ceil<std::chrono::milliseconds>(std::max(since_start, seams::duration{}));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(whole);
  const auto rest = whole - seconds;
  return std::to_string(seconds.count()) + "s" +
         (rest.count() > 0 ? std::to_string(rest.count()) + "ms" : "");
}

/// Whether a line sets `at` to "now".
auto says_now(std::string_view line) -> bool {
  const auto skip_blanks = [&] {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  };
  const auto take = [&](std::string_view word) {
    skip_blanks();
    const auto found = line.starts_with(word);
    line.remove_prefix(found ? word.size() : 0);
    return found;
  };
  return take("at") && take("=") && take("\"now\"");
}

auto with_now(std::string_view piece, const std::string& offset) -> std::string {
  auto out = std::string();
  while (!piece.empty()) {
    const auto end = std::min(piece.find('\n'), piece.size());
    const auto line = piece.substr(0, end);
    out += says_now(line) ? "at = \"" + offset + "\"" : std::string(line);
    out += '\n';
    piece.remove_prefix(std::min(end + 1, piece.size()));
  }
  return out;
}

/// What may not stand in a piece, or a syntax error.
auto objection_to(const std::string& piece) -> std::optional<diagnostic> {
  const auto tree = core::toml_reading::parse_toml(piece, piece_name);
  if (tree.wrong) {
    return tree.wrong;
  }
  for (const auto& one : tree.root->members) {
    const auto is_tables = one.value.what == core::toml_reading::node::kind::list;
    if (!is_tables || std::ranges::find(not_in_pieces, one.name) != not_in_pieces.end()) {
      return diagnostic{piece_name,
                        one.at,
                        "\"" + one.name + "\" cannot be added to a tenant that runs",
                        "tables of events, such as [[click]], or [[fault]]",
                        ""};
    }
  }
  return std::nullopt;
}

/// The line in "file.toml:31".
auto line_of_origin(const std::string& origin) -> std::uint32_t {
  auto out = std::uint32_t{0};
  const auto colon = origin.rfind(':');
  const auto* end = origin.data() + origin.size();
  if (colon != std::string::npos) {
    std::from_chars(origin.data() + colon + 1, end, out);
  }
  return out;
}

template <class Item>
auto from_line(const std::vector<Item>& items, std::uint32_t first) -> std::vector<Item> {
  auto out = std::vector<Item>();
  for (const auto& one : items) {
    if (line_of_origin(one.origin) >= first) {
      out.push_back(one);
      out.back().origin =
          std::string(piece_name) + ":" + std::to_string(line_of_origin(one.origin) - first + 1);
    }
  }
  return out;
}

auto toml_value(const ordered_json& from) -> std::string {
  if (!from.is_structured()) {
    return from.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  }
  auto out = std::string();
  for (const auto& [name, value] : from.items()) {
    out += (out.empty() ? "" : ", ") +
           (from.is_object() ? ordered_json(name).dump() + " = " : std::string()) +
           toml_value(value);
  }
  return from.is_array() ? "[" + out + "]" : "{ " + out + " }";
}

} // namespace

auto fragment_reader::read(const std::string& piece, seams::instant now) -> fragment {
  auto out = fragment();
  const auto dated = with_now(piece, offset_text(now - start_));
  if (const auto wrong = objection_to(dated)) {
    out.wrong.push_back(*wrong);
    return out;
  }
  const auto first = lines_in(text_) + 2;
  auto joined = text_ + "\n" + dated + "\n";
  auto read = load_text(joined, path_, start_);
  for (auto& one : read.wrong) {
    one.file = piece_name;
    one.at.line -= std::min<decltype(one.at.line)>(one.at.line - 1, first - 1);
    out.wrong.push_back(std::move(one));
  }
  if (read.what) {
    out.events = from_line(read.what->events, first);
    out.faults = from_line(read.what->faults, first);
    // Later pieces may name these events; a fault may be lifted and added anew.
    text_ = out.faults.empty() ? std::move(joined)
                               : text_ + std::string(lines_in(joined) - lines_in(text_), '\n');
  }
  return out;
}

auto fragment_from_json(std::string_view text, std::string_view otherwise_at)
    -> std::optional<std::string> {
  const auto document = ordered_json::parse(text, nullptr, false);
  if (!document.is_object()) {
    return std::nullopt;
  }
  auto out = std::string();
  for (const auto& [name, tables] : document.items()) {
    for (auto table : tables.is_array() ? tables : ordered_json::array({tables})) {
      if (!table.is_object()) {
        return std::nullopt;
      }
      if (!otherwise_at.empty() && !table.contains("at")) {
        table["at"] = otherwise_at;
      }
      out += "[[" + ordered_json(name).dump() + "]]\n";
      for (const auto& [key, value] : table.items()) {
        out += (key == "at" ? key : ordered_json(key).dump()) + " = " + toml_value(value) + "\n";
      }
    }
  }
  return out;
}

} // namespace scenarios::model
