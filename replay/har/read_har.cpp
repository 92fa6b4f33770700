#include "replay/har/read_har.hpp"

#include "core/seams/letters.hpp"
#include "replay/text/base64.hpp"
#include "replay/text/dates.hpp"
#include "replay/text/json_tree.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace replay {
namespace {

using text::json_value;

constexpr auto depth_most = std::size_t{64};
constexpr auto byte_order_mark = std::string_view("\xef\xbb\xbf");
constexpr auto coding_headers =
    std::to_array<std::string_view>({"content-encoding", "transfer-encoding", "content-length"});
constexpr auto took_ms_most = 1e9;

/// Reads the tree of one archive; the first problem is kept.
class har_reader {
public:
  har_reader(std::string_view text, const std::string& name, const har_bounds& within)
      : text_(text), name_(name), within_(within) {}

  auto run() -> seams::result<har_reading> {
    if (text_.size() > within_.bytes_max) {
      return refusal({0, "the archive is larger than " + std::to_string(within_.bytes_max)});
    }
    const auto parsed = text::parse_json(text_, {.depth_max = depth_most});
    if (!parsed.value) {
      return refusal(parsed.wrong);
    }
    read(*parsed.value);
    if (wrong_) {
      return refusal(*wrong_);
    }
    return std::move(out_);
  }

private:
  [[nodiscard]] auto place(std::size_t offset) const -> std::string {
    const auto before = text_.substr(0, offset);
    const auto feed = before.rfind('\n');
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto column = feed == before.npos ? offset + 1 : offset - feed;
    return name_ + ':' + std::to_string(line) + ':' + std::to_string(column) + ": ";
  }

  [[nodiscard]] auto refusal(const text::json_problem& what) const -> seams::failure {
    return {
        seams::reaction::stop_and_diagnose, "har_unreadable", place(what.offset) + what.message};
  }

  void complain(const json_value& where, std::string message) {
    if (!wrong_) {
      wrong_ = text::json_problem{where.offset, std::move(message)};
    }
  }

  auto take(const json_value& owner, std::string_view key, json_value::kind wanted)
      -> const json_value* {
    const auto* found = owner.find(key);
    if (found != nullptr && found->what == wanted) {
      return found;
    }
    complain(found == nullptr ? owner : *found,
             '"' + std::string(key) + "\" is " +
                 (found == nullptr ? "missing" : std::string(to_text(found->what))) +
                 "; expected " + std::string(to_text(wanted)));
    return nullptr;
  }

  auto text_of(const json_value& owner, std::string_view key) -> std::string {
    const auto* found = take(owner, key, json_value::kind::string);
    return found == nullptr ? std::string() : found->text;
  }

  void read(const json_value& root) {
    const auto* log = take(root, "log", json_value::kind::object);
    if (log == nullptr) {
      return;
    }
    const auto version = text_of(*log, "version");
    if (!version.empty() && version != "1.2" && version != "1.1") {
      complain(*log->find("version"),
               "version \"" + version.substr(0, 20) +
                   "\" of the format is not known; expected \"1.2\"");
    }
    if (const auto* creator = log->find("creator"); creator != nullptr) {
      out_.tape.head.created_by = text_of(*creator, "name") + ' ' + text_of(*creator, "version");
    }
    if (const auto* entries = take(*log, "entries", json_value::kind::array)) {
      read_entries(*entries);
    }
  }

  void read_entries(const json_value& entries) {
    if (entries.items.size() > within_.entries_max) {
      complain(entries, "more than " + std::to_string(within_.entries_max) + " entries");
      return;
    }
    auto starts = std::vector<seams::instant>();
    for (const auto& one : entries.items) {
      if (wrong_) {
        return;
      }
      starts.push_back(started(one));
      out_.tape.exchanges.push_back(entry(one));
    }
    if (starts.empty()) {
      return;
    }
    out_.tape.head.base = *std::min_element(starts.begin(), starts.end());
    for (auto i = std::size_t{0}; i < starts.size(); ++i) {
      out_.tape.exchanges[i].at =
          std::chrono::duration_cast<std::chrono::milliseconds>(starts[i] - out_.tape.head.base);
    }
  }

  auto started(const json_value& entry) -> seams::instant {
    const auto written = text_of(entry, "startedDateTime");
    const auto at = text::from_rfc3339(written);
    if (!at) {
      complain(entry, "\"startedDateTime\" is no date; expected \"2026-03-10T08:00:00Z\"");
    }
    return at.value_or(seams::instant());
  }

  auto entry(const json_value& from) -> exchange {
    auto out = exchange();
    if (const auto* time = from.find("time"); time != nullptr) {
      const auto ms = std::strtod(time->text.c_str(), nullptr);
      out.took = std::chrono::milliseconds(std::llround(std::clamp(ms, 0.0, took_ms_most)));
    }
    if (const auto* asked = take(from, "request", json_value::kind::object)) {
      out.asked = request(*asked);
    }
    if (const auto* failed = from.find("_failed"); failed != nullptr) {
      out.failed = failed->text; // ours
    }
    if (const auto* answered = take(from, "response", json_value::kind::object)) {
      response(*answered, out);
    }
    return out;
  }

  auto headers(const json_value& message) -> seams::headers {
    auto out = seams::headers();
    const auto* list = take(message, "headers", json_value::kind::array);
    if (list == nullptr) {
      return out;
    }
    if (list->items.size() > within_.headers_max) {
      complain(*list, "more than " + std::to_string(within_.headers_max) + " headers");
      return out;
    }
    for (const auto& one : list->items) {
      auto header_name = text_of(one, "name");
      const auto coding =
          std::find(coding_headers.begin(), coding_headers.end(), seams::lower_case(header_name)) !=
          coding_headers.end();
      if (!coding && !header_name.starts_with(':')) {
        out.add(std::move(header_name), text_of(one, "value"));
      }
    }
    return out;
  }

  auto request(const json_value& from) -> seams::request {
    auto out = seams::request();
    out.method = text_of(from, "method");
    out.url = text_of(from, "url");
    out.fields = headers(from);
    if (const auto* data = from.find("postData"); data != nullptr) {
      out.body = body(*data, "request");
    }
    return out;
  }

  void response(const json_value& from, exchange& out) {
    const auto* status = take(from, "status", json_value::kind::number);
    const auto value = status == nullptr ? std::nullopt : status->whole();
    if (value == 0) {
      out.failed = out.failed.empty() ? "connection_reset" : out.failed;
      return;
    }
    if (status != nullptr && (!value || *value < 100 || *value > 999)) {
      complain(*status, "\"status\" is " + status->text + "; expected a number from 100 to 999");
    }
    out.failed.clear();
    out.answered.status = static_cast<int>(value.value_or(0));
    out.answered.fields = headers(from);
    if (const auto* content = take(from, "content", json_value::kind::object)) {
      out.answered.body = body(*content, "answer");
    }
  }

  /// `postData` and `content` hold text in the same way; parameters of a form instead of text are
  /// joined as the form had them.
  auto body(const json_value& from, const char* whose) -> std::string {
    const auto* written = from.find("text");
    if (written == nullptr || written->what != json_value::kind::string) {
      return body_without_text(from, whose);
    }
    const auto* encoding = from.find("encoding");
    if (encoding == nullptr || encoding->text.empty()) {
      return written->text;
    }
    auto bytes = text::from_base64(written->text);
    if (encoding->text != "base64" || !bytes) {
      complain(*encoding, "the body is not in the encoding that is named; expected \"base64\"");
    }
    return std::move(bytes).value_or("");
  }

  auto body_without_text(const json_value& from, const char* whose) -> std::string {
    auto out = std::string();
    if (const auto* params = from.find("params"); params != nullptr) {
      for (const auto& one : params->items) {
        const auto* value = one.find("value");
        out += (out.empty() ? "" : "&") + text_of(one, "name") + '=' +
               (value == nullptr ? "" : value->text);
      }
    }
    const auto* size = from.find("size");
    const auto bytes = size == nullptr ? std::nullopt : size->whole();
    if (out.empty() && bytes.value_or(0) > 0) {
      out_.missing.push_back(place(from.offset) + "the " + whose + "'s body (" +
                             std::to_string(*bytes) + " bytes) was not recorded");
    }
    return out;
  }

  std::string_view text_;
  const std::string& name_;
  const har_bounds& within_;
  har_reading out_;
  std::optional<text::json_problem> wrong_;
};

} // namespace

auto read_har(std::string_view text, const std::string& name, const har_bounds& within)
    -> seams::result<har_reading> {
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  return har_reader(text, name, within).run();
}

} // namespace replay
