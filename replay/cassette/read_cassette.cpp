#include "replay/cassette/read_cassette.hpp"

#include "replay/cassette/cassette_text.hpp"
#include "replay/cassette/line_reader.hpp"
#include "replay/text/base64.hpp"
#include "replay/text/dates.hpp"

#include <algorithm>
#include <limits>

namespace replay {
namespace {

constexpr auto format_name = std::string_view("offtenant-cassette");
/// An exchange nests an object or a list of lists in its line; nothing of ours is deeper.
constexpr auto line_depth_max = std::size_t{4};
constexpr auto offset_ms_max = std::int64_t{100} * 366 * 24 * 3'600'000;

/// What reading the lines needs to know.
struct line_context {
  const body_source& bodies;
  const cassette_bounds& within;
  std::optional<line_problem> wrong;
};

auto headers_in(line_reader& from, std::string_view key, line_context& around) -> seams::headers {
  auto out = seams::headers();
  const auto* list = from.list(key);
  if (list == nullptr) {
    return out;
  }
  if (list->items.size() > around.within.headers_max) {
    from.complain(list->offset,
                  "more than " + std::to_string(around.within.headers_max) + " headers");
    return out;
  }
  for (const auto& pair : list->items) {
    const auto good = pair.items.size() == 2 &&
                      std::all_of(pair.items.begin(), pair.items.end(), [](const auto& one) {
                        return one.what == text::json_value::kind::string;
                      });
    if (!good) {
      from.complain(pair.offset, "this is no header", "[\"name\", \"value\"]");
      return out;
    }
    out.add(pair.items[0].text, pair.items[1].text);
  }
  return out;
}

/// The bytes of a body that stands beside the cassette, checked against its name.
auto body_in_file(line_reader& from, line_context& around) -> std::string {
  const auto name = from.text("file");
  const auto most = static_cast<std::int64_t>(around.within.body_bytes_max);
  const auto bytes = from.number("bytes", 0, most);
  const auto is_name =
      name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (around.wrong || !is_name) {
    from.complain("file", "this names no body", "a SHA-256 as 64 digits in lower case");
    return {};
  }
  auto body = around.bodies(name, around.within.body_bytes_max);
  if (!body) {
    from.complain("file", "the body cannot be had: " + body.error().why);
    return {};
  }
  if (static_cast<std::int64_t>(body->size()) != bytes || body_name(*body) != name) {
    from.complain("file", "the body's file holds other bytes than were recorded");
    return {};
  }
  return std::move(*body);
}

auto body_in(line_reader& outer, std::string_view key, line_context& around) -> std::string {
  const auto* object = outer.object_if_there(key);
  if (object == nullptr) {
    return {};
  }
  auto from = line_reader(*object, around.wrong);
  auto out = std::string();
  if (from.has("text")) {
    out = from.text("text");
  } else if (from.has("base64")) {
    auto bytes = text::from_base64(from.text("base64"));
    if (!bytes) {
      from.complain("base64", "this is no base64");
    }
    out = std::move(bytes).value_or("");
  } else {
    out = body_in_file(from, around);
  }
  from.finish();
  return out;
}

auto exchange_in(const text::json_value& line, line_context& around) -> exchange {
  auto from = line_reader(line, around.wrong);
  auto out = exchange();
  out.at = std::chrono::milliseconds(from.number("at", 0, offset_ms_max));
  out.took = std::chrono::milliseconds(from.number("took", 0, offset_ms_max));
  out.asked.method = from.text("method");
  out.asked.url = from.text("url");
  out.asked.fields = headers_in(from, "request_headers", around);
  out.asked.body = body_in(from, "request_body", around);
  if (auto failed = from.text_if_there("failed")) {
    out.failed = std::move(*failed);
  } else {
    out.answered.status = static_cast<int>(from.number("status", 100, 999));
    out.answered.fields = headers_in(from, "response_headers", around);
    out.answered.body = body_in(from, "response_body", around);
    out.answered.body_undecodable = from.flag_if_there("body_undecodable");
  }
  from.finish();
  return out;
}

auto head_in(const text::json_value& line, line_context& around) -> cassette_head {
  auto from = line_reader(line, around.wrong);
  auto out = cassette_head();
  if (from.text("format") != format_name) {
    from.complain("format", "this is no cassette", '"' + std::string(format_name) + '"');
  }
  out.version = static_cast<int>(from.number("version", 1, std::numeric_limits<int>::max()));
  if (out.version > cassette_version) {
    return out;
  }
  out.created_by = from.text("created_by");
  const auto base = text::from_rfc3339(from.text("base_time"));
  if (!base) {
    from.complain("base_time", "this is no date", "\"2026-03-10T08:00:00Z\"");
  }
  out.base = base.value_or(seams::instant());
  out.policy = from.text_if_there("policy").value_or("");
  from.finish();
  return out;
}

auto column_of(std::string_view line, std::size_t offset) -> std::size_t {
  const auto before = line.substr(0, offset);
  return 1 + static_cast<std::size_t>(std::count_if(before.begin(), before.end(), [](char c) {
           return (static_cast<unsigned char>(c) & 0xc0U) != 0x80;
         }));
}

/// Takes the lines of a text one by one.
class line_walk {
public:
  line_walk(std::string_view text, const std::string& name) : rest_(text), name_(name) {}

  auto next() -> bool {
    if (rest_.empty()) {
      return false;
    }
    const auto end = rest_.find('\n');
    ended_ = end != std::string_view::npos;
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(ended_ ? end + 1 : rest_.size());
    ++number_;
    return true;
  }

  [[nodiscard]] auto line() const -> std::string_view { return line_; }
  [[nodiscard]] auto ended() const -> bool { return ended_; }
  [[nodiscard]] auto number() const -> std::size_t { return number_; }

  [[nodiscard]] auto refusal(const line_problem& what,
                             const char* code = "cassette_unreadable") const -> seams::failure {
    auto why = name_ + ':' + std::to_string(std::max<std::size_t>(number_, 1)) + ':' +
               std::to_string(column_of(line_, what.offset)) + ": " + what.message;
    why += what.expected.empty() ? "" : "; expected " + what.expected;
    return {seams::reaction::stop_and_diagnose, code, std::move(why)};
  }

private:
  std::string_view rest_;
  const std::string& name_;
  std::string_view line_;
  bool ended_ = false;
  std::size_t number_ = 0;
};

auto json_in(std::string_view line, const cassette_bounds& within) -> text::json_parsed {
  if (line.size() > within.line_bytes_max) {
    const auto most = std::to_string(within.line_bytes_max);
    return {std::nullopt, {0, "the line is longer than " + most + " bytes"}};
  }
  return text::parse_json(line, {.depth_max = line_depth_max});
}

} // namespace

auto read_cassette(std::string_view text,
                   const std::string& name,
                   const body_source& bodies,
                   const cassette_bounds& within) -> seams::result<cassette> {
  auto walk = line_walk(text, name);
  auto out = cassette();
  auto around = line_context{bodies, within, std::nullopt};
  while (walk.next()) {
    const auto json = json_in(walk.line(), within);
    if (!json.value) {
      if (!walk.ended() && walk.number() > 1) {
        out.torn = "line " + std::to_string(walk.number()) + ", " +
                   std::to_string(walk.line().size()) + " bytes";
        break;
      }
      return walk.refusal({json.wrong.offset, json.wrong.message, ""});
    }
    if (walk.number() == 1) {
      out.head = head_in(*json.value, around);
    } else if (out.exchanges.size() == within.exchanges_max) {
      return walk.refusal(
          {0, "more than " + std::to_string(within.exchanges_max) + " exchanges", ""});
    } else {
      out.exchanges.push_back(exchange_in(*json.value, around));
    }
    if (around.wrong) {
      return walk.refusal(*around.wrong);
    }
    if (out.head.version > cassette_version) {
      return walk.refusal({json.value->find("version")->offset,
                           "version " + std::to_string(out.head.version) +
                               " was written by a newer offtenant (" + std::string(format_name) +
                               ')',
                           "version 1 to " + std::to_string(cassette_version)},
                          "cassette_too_new");
    }
  }
  if (walk.number() == 0) {
    return walk.refusal({0, "the file is empty", "the head of a cassette"});
  }
  return out;
}

auto looks_like_cassette(std::string_view text) -> bool {
  const auto line = text.substr(0, std::min<std::size_t>(text.find('\n'), 4096));
  return line.find(format_name) != std::string_view::npos && line.starts_with('{');
}

} // namespace replay
