#include "replay/import/trace_rows.hpp"

#include "core/seams/digest.hpp"
#include "core/seams/letters.hpp"
#include "replay/import/dates.hpp"
#include "replay/import/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace replay {
namespace {

auto first_of(const trace_column& column, std::initializer_list<std::string_view> names)
    -> std::string {
  for (const auto name : names) {
    if (auto text = column(name); !text.empty()) {
      return text;
    }
  }
  return {};
}

auto camel_case(std::string word) -> std::string {
  std::erase(word, ' ');
  if (!word.empty()) {
    word.front() = seams::lower(word.front());
  }
  return word;
}

auto size_text(const std::string& text) -> std::string {
  auto number = std::int64_t{0};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() ? std::to_string(std::max<std::int64_t>(number, 0)) : "0";
}

const auto received_names =
    std::initializer_list<std::string_view>{"received", "receiveddatetime", "origintimestamputc"};

} // namespace

auto plain_column_name(std::string_view name) -> std::string {
  auto out = seams::lower_case(name);
  std::erase_if(out, [](char c) { return c == ' ' || c == '_' || c == '-'; });
  return out;
}

auto guid_of_content(std::string_view content) -> std::string {
  const auto hex = seams::to_hex(seams::sha256(content));
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-4" + hex.substr(13, 3) + "-8" +
         hex.substr(17, 3) + "-" + hex.substr(20, 12);
}

auto is_trace_header(std::span<const std::string> names) -> bool {
  const auto has = [&](std::initializer_list<std::string_view> wanted) {
    return std::ranges::any_of(names, [&](const std::string& one) {
      return std::ranges::find(wanted, plain_column_name(one)) != wanted.end();
    });
  };
  return has({"recipientaddress"}) && has({"senderaddress"}) && has(received_names);
}

auto graph_trace(const trace_column& column) -> seams::result<std::string> {
  const auto wrong = [](std::string why) {
    return seams::failure(seams::reaction::skip_record, "bad_trace", std::move(why));
  };
  const auto recipient = first_of(column, {"recipientaddress"});
  const auto at = parse_date(first_of(column, received_names));
  if (recipient.empty()) {
    return wrong("has no recipient");
  }
  if (!at) {
    return wrong("has no date that can be read");
  }
  const auto sender = first_of(column, {"senderaddress"});
  const auto message = first_of(column, {"messageid"});
  auto id = first_of(column, {"messagetraceid", "networkmessageid", "id"});
  const auto time = seams::to_rfc3339(*at);
  id = id.empty() ? guid_of_content(time + "|" + sender + "|" + message) : id;
  return R"({"id":)" + quoted_json(id) + R"(,"senderAddress":)" + quoted_json(sender) +
         R"(,"recipientAddress":)" + quoted_json(recipient) + R"(,"messageId":)" +
         quoted_json(message) + R"(,"receivedDateTime":)" + quoted_json(time) + R"(,"subject":)" +
         quoted_json(first_of(column, {"subject", "messagesubject"})) + R"(,"size":)" +
         size_text(first_of(column, {"size", "totalbytes"})) + R"(,"fromIP":)" +
         quoted_json(first_of(column, {"fromip", "originalclientip"})) + R"(,"toIP":)" +
         quoted_json(first_of(column, {"toip"})) + R"(,"status":)" +
         quoted_json(camel_case(first_of(column, {"status", "recipientstatus"}))) + "}";
}

auto graph_trace(std::string_view report_row) -> seams::result<std::string> {
  auto cells = std::map<std::string, std::string, std::less<>>();
  for (const auto& [name, value] : members_of(report_row)) {
    cells[plain_column_name(string_of(name))] = value.starts_with('"') ? string_of(value)
                                                : value == "null"      ? ""
                                                                       : std::string(value);
  }
  return graph_trace([&](std::string_view name) {
    const auto found = cells.find(name);
    return found == cells.end() ? std::string() : found->second;
  });
}

} // namespace replay
