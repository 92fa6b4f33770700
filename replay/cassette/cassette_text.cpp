#include "replay/cassette/cassette_text.hpp"

#include "core/seams/digest.hpp"
#include "replay/text/base64.hpp"
#include "replay/text/encodings.hpp"
#include "replay/text/json_write.hpp"

namespace replay {
namespace {

auto list_of(const seams::headers& fields) -> std::string {
  auto out = std::string("[");
  for (const auto& one : fields) {
    out += out.size() == 1 ? "[" : ",[";
    out += text::in_json_quotes(one.name) + ',' + text::in_json_quotes(one.value) + ']';
  }
  return out + ']';
}

auto object_of(std::string_view body) -> std::string {
  auto out = text::json_object();
  if (!stands_inline(body)) {
    out.text("file", body_name(body)).number("bytes", static_cast<std::int64_t>(body.size()));
  } else if (text::is_utf8(body)) {
    out.text("text", body);
  } else {
    out.text("base64", text::to_base64(body));
  }
  return out.done();
}

} // namespace

auto stands_inline(std::string_view body) -> bool {
  return body.size() <= inline_bytes_max;
}

auto body_name(std::string_view body) -> std::string {
  return seams::to_hex(seams::sha256(body));
}

auto to_line(const cassette_head& head) -> std::string {
  auto out = text::json_object();
  out.text("format", "offtenant-cassette").number("version", head.version);
  out.text("created_by", head.created_by).text("base_time", seams::to_rfc3339(head.base));
  if (!head.policy.empty()) {
    out.text("policy", head.policy);
  }
  return out.done() + '\n';
}

auto to_line(const exchange& what) -> std::string {
  auto out = text::json_object();
  out.number("at", what.at.count()).number("took", what.took.count());
  out.text("method", what.asked.method).text("url", what.asked.url);
  out.raw("request_headers", list_of(what.asked.fields));
  if (!what.asked.body.empty()) {
    out.raw("request_body", object_of(what.asked.body));
  }
  if (!what.failed.empty()) {
    return out.text("failed", what.failed).done() + '\n';
  }
  out.number("status", what.answered.status);
  out.raw("response_headers", list_of(what.answered.fields));
  if (!what.answered.body.empty()) {
    out.raw("response_body", object_of(what.answered.body));
  }
  if (what.answered.body_undecodable) {
    out.raw("body_undecodable", "true");
  }
  return out.done() + '\n';
}

} // namespace replay
