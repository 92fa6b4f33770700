#include "replay/cassette/cassette_writer.hpp"

#include "replay/cassette/cassette_text.hpp"
#include "replay/text/encodings.hpp"

namespace replay {
namespace {

auto readable(const seams::headers& fields) -> seams::headers {
  auto out = seams::headers();
  for (const auto& one : fields) {
    out.add(text::as_utf8(one.name), text::as_utf8(one.value));
  }
  return out;
}

} // namespace

auto cassette_writer::begin(const cassette_head& head) -> seams::result<void> {
  return put(to_line(head));
}

auto cassette_writer::add(exchange what) -> seams::result<void> {
  for (const auto& body :
       {std::string_view(what.asked.body), std::string_view(what.answered.body)}) {
    if (auto kept = keep(body); !kept) {
      return kept;
    }
  }
  what.asked.method = text::as_utf8(what.asked.method);
  what.asked.url = text::as_utf8(what.asked.url);
  what.asked.fields = readable(what.asked.fields);
  what.answered.fields = readable(what.answered.fields);
  return put(to_line(what));
}

auto cassette_writer::keep(std::string_view body) -> seams::result<void> {
  if (stands_inline(body)) {
    return {};
  }
  const auto name = body_name(body);
  if (kept_.contains(name)) {
    return {};
  }
  auto kept = files_.keep_body(name, body);
  if (kept) {
    kept_.insert(name);
  }
  return kept;
}

auto cassette_writer::put(const std::string& line) -> seams::result<void> {
  if (broken_) {
    return *broken_;
  }
  auto done = files_.append(line);
  if (!done) {
    broken_ = done.error();
  }
  return done;
}

} // namespace replay
