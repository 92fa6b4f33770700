#include "replay/har/write_har.hpp"

#include "replay/text/base64.hpp"
#include "replay/text/encodings.hpp"
#include "replay/text/json_write.hpp"

#include <algorithm>

namespace replay {
namespace {

using text::json_object;

auto har_headers(const seams::headers& fields) -> std::string {
  auto out = std::string("[");
  for (const auto& one : fields) {
    out += out.size() == 1 ? "" : ",";
    out += json_object().text("name", one.name).text("value", one.value).done();
  }
  return out + ']';
}

/// The query as it stands in the URL, taken apart; values stay encoded, as the format has it.
auto query_string(std::string_view url) -> std::string {
  auto out = std::string("[");
  const auto mark = url.find('?');
  auto rest = mark == url.npos ? std::string_view() : url.substr(mark + 1);
  rest = rest.substr(0, rest.find('#'));
  while (!rest.empty()) {
    const auto pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const auto equals = std::min(pair.find('='), pair.size());
    const auto value = pair.substr(std::min(pair.size(), equals + 1));
    out += out.size() == 1 ? "" : ",";
    out += json_object().text("name", pair.substr(0, equals)).text("value", value).done();
  }
  return out + ']';
}

auto har_request(const seams::request& asked) -> std::string {
  auto out = json_object();
  out.text("method", asked.method).text("url", asked.url).text("httpVersion", "HTTP/1.1");
  out.raw("cookies", "[]").raw("headers", har_headers(asked.fields));
  out.raw("queryString", query_string(asked.url));
  if (!asked.body.empty()) {
    auto data = json_object();
    data.text("mimeType", asked.fields.find("Content-Type").value_or(""));
    out.raw("postData", data.text("text", text::as_utf8(asked.body)).done());
  }
  out.number("headersSize", -1);
  return out.number("bodySize", static_cast<std::int64_t>(asked.body.size())).done();
}

auto har_response(const exchange& what) -> std::string {
  const auto& body = what.answered.body;
  auto content = json_object();
  content.number("size", static_cast<std::int64_t>(body.size()));
  content.text("mimeType", what.answered.fields.find("Content-Type").value_or(""));
  if (text::is_utf8(body)) {
    content.text("text", body);
  } else {
    content.text("text", text::to_base64(body)).text("encoding", "base64");
  }
  auto out = json_object();
  out.number("status", what.answered.status).text("statusText", "");
  out.text("httpVersion", "HTTP/1.1").raw("cookies", "[]");
  out.raw("headers", har_headers(what.answered.fields)).raw("content", content.done());
  out.text("redirectURL", what.answered.fields.find("Location").value_or(""));
  return out.number("headersSize", -1).number("bodySize", -1).done();
}

auto har_entry(const cassette& tape, const exchange& what) -> std::string {
  auto out = json_object();
  out.text("startedDateTime", seams::to_rfc3339(tape.head.base + what.at));
  out.number("time", what.took.count());
  out.raw("request", har_request(what.asked)).raw("response", har_response(what));
  out.raw("cache", "{}");
  out.raw("timings",
          json_object()
              .number("send", 0)
              .number("wait", what.took.count())
              .number("receive", 0)
              .done());
  if (!what.failed.empty()) {
    out.text("_failed", what.failed);
  }
  return out.done();
}

} // namespace

auto write_har(const cassette& tape) -> std::string {
  auto out = std::string(R"({"log":{"version":"1.2","creator":)");
  out += json_object().text("name", tape.head.created_by).text("version", "").done();
  out += R"(,"entries":[)";
  for (const auto& one : tape.exchanges) {
    out += &one == tape.exchanges.data() ? "\n" : ",\n";
    out += har_entry(tape, one);
  }
  return out + "\n]}}\n";
}

} // namespace replay
