#include "core/feeds/trace_source.hpp"

#include "core/feeds/items.hpp"
#include "core/feeds/times.hpp"
#include "core/json/slice.hpp"
#include "core/seams/letters.hpp"

#include <charconv>

namespace core::feeds {
namespace {

constexpr auto date_opening = std::string_view("/Date(");

/// "/Date(1789372683214)/", once JSON is unescaped, or a time as others write it.
auto receipt_time(std::string_view text) -> std::optional<seams::instant> {
  if (!text.starts_with(date_opening)) {
    return parse_time(text);
  }
  auto ms = std::int64_t{0};
  const auto* first = text.data() + date_opening.size();
  const auto parsed = std::from_chars(first, text.data() + text.size(), ms);
  return parsed.ec == std::errc() ? std::optional(seams::instant{std::chrono::milliseconds{ms}})
                                  : std::nullopt;
}

/// "Delivered" and "delivered" are one status.
auto camel_case(std::string word) -> std::string {
  if (!word.empty()) {
    word.front() = seams::lower_case(word.substr(0, 1)).front();
  }
  return word;
}

} // namespace

auto trace_row(std::string_view item, const trace_names& names) -> record {
  auto one = record();
  one.raw = item;
  const auto id = text_of(item, names.id);
  const auto recipient = text_of(item, names.recipient);
  one.key = key_or_digest(
      id.empty() ? "" : seams::lower_case(id) + "|" + seams::lower_case(recipient), item);
  one.version = camel_case(text_of(item, names.status));
  one.event_time = receipt_time(text_of(item, names.received));
  return one;
}

auto form_of(std::string_view raw) -> trace_form {
  if (!json::member(raw, report_names.id)) {
    return trace_form::graph;
  }
  return text_of(raw, report_names.received).starts_with(date_opening) ? trace_form::report
                                                                       : trace_form::cmdlet;
}

auto no_rows() -> seams::failure {
  return {seams::reaction::retry_later,
          "answer_malformed",
          "the page of message traces has no array of rows"};
}

auto linked_trace_walk::next() -> seams::result<std::optional<api::call>> {
  if (next_.empty()) {
    return std::optional<api::call>();
  }
  if (const auto allowed = pages_.follow(next_); !allowed) {
    return allowed.error();
  }
  auto out = what_;
  out.url = next_;
  return std::optional(std::move(out));
}

} // namespace core::feeds
