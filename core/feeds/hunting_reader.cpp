#include "core/feeds/hunting_reader.hpp"

#include "core/feeds/cursor.hpp"
#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/secret_cuts.hpp"
#include "core/feeds/times.hpp"
#include "core/json/slice.hpp"

#include <algorithm>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;

/// Rows are printed to the millisecond at least: smaller windows would not part them.
constexpr auto window_least = seams::duration{1ms};
/// Data of the last thirty days can be asked for; our clock is not the service's.
constexpr auto reach_margin = seams::duration{5min};

constexpr auto clicks =
    std::to_array<hunting_table>({{"safe_links",
                                   "UrlClickEvents",
                                   {"ReportId", "ActionType", "IsClickedThrough", "Timestamp"}}});
constexpr auto mails = std::to_array<hunting_table>(
    {{"email_events",
      "EmailEvents",
      {"NetworkMessageId", "RecipientEmailAddress"},
      "LatestDeliveryLocation"},
     {"email_events", "EmailUrlInfo", {"NetworkMessageId", "Url", "UrlLocation"}},
     {"email_events",
      "EmailAttachmentInfo",
      {"NetworkMessageId", "RecipientEmailAddress", "FileName", "SHA256"}},
     {"email_events",
      "EmailPostDeliveryEvents",
      {"NetworkMessageId", "RecipientEmailAddress", "ActionType", "Timestamp"}}});
constexpr auto messages = std::to_array<hunting_table>(
    {{"teams_messages", "MessageEvents", {"TeamsMessageId", "MessageVersion"}},
     {"teams_messages", "MessageUrlInfo", {"TeamsMessageId", "Url"}},
     {"teams_messages",
      "MessagePostDeliveryEvents",
      {"TeamsMessageId", "ActionType", "Timestamp"}}});

/// What a row is known by, as slices of it; a name that stands twice counts the last time.
struct row_slices {
  std::array<std::string_view, 4> key; ///< in order of the table's key columns
  std::string_view version;
  std::string_view time;
};

/// One walk over the row for all of them: an answer has thousands of rows, and polls overlap.
auto slices_of(std::string_view row, const hunting_table& of) -> row_slices {
  auto out = row_slices();
  json::for_each_member(row, [&](std::string_view name, std::string_view value) {
    for (auto i = std::size_t{0}; i < of.key.size(); ++i) {
      if (!of.key[i].empty() && json::same_name(name, of.key[i])) {
        out.key[i] = value;
      }
    }
    if (!of.version.empty() && json::same_name(name, of.version)) {
      out.version = value;
    }
    if (json::same_name(name, "Timestamp")) {
      out.time = value;
    }
  });
  return out;
}

auto text_in(std::string_view slice) -> std::string {
  return json::as_string(slice).value_or("");
}

/// A bool column arrives as JSON bool, as number or as text (graph-security sheet, 4.1).
auto is_true(std::string_view slice) -> bool {
  const auto word = json::as_string(slice).value_or("");
  return json::as_bool(slice).value_or(false) || json::as_int64(slice).value_or(0) != 0 ||
         word == "true" || word == "True" || word == "1";
}

auto part_of_key(std::string_view slice, std::string_view column) -> std::string {
  return column == "IsClickedThrough" ? (is_true(slice) ? "1" : "0") : text_in(slice);
}

/// The time of the last row, if every row has one and none is before its neighbour.
auto last_of_ordered(const std::vector<record>& rows) -> std::optional<seams::instant> {
  const auto ordered = std::ranges::is_sorted(rows, {}, &record::event_time);
  return ordered && rows.front().event_time ? rows.back().event_time : std::nullopt;
}

auto says(const seams::failure& why, std::string_view words) -> bool {
  return why.why.find(words) != std::string::npos;
}

/// A table the tenant is not licensed for is a 400 that names it (graph-security sheet, 4.1).
auto diagnosed(seams::failure why, std::string_view table) -> seams::failure {
  if (says(why, "Failed to resolve table") && says(why, table)) {
    return {why.next,
            "table_missing",
            "the tenant has no table " + std::string(table) +
                ": it needs a licence of Defender for Office 365 Plan 2"};
  }
  return why;
}

} // namespace

auto tables_of(std::string_view feed) -> std::span<const hunting_table> {
  return feed == "email_events"     ? std::span<const hunting_table>(mails)
         : feed == "teams_messages" ? std::span<const hunting_table>(messages)
                                    : std::span<const hunting_table>(clicks);
}

hunting_reader::hunting_reader(const feed_facts& facts,
                               const hunting_table& table,
                               feed_options options,
                               std::string memory,
                               const tools& with)
    : facts_(facts), table_(table), options_(std::move(options)), tools_(with) {
  options_.name = std::move(memory);
}

auto hunting_reader::empty_step() const -> commit {
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  return step;
}

auto hunting_reader::query_for(const window& span) const -> std::string {
  const auto from = seams::to_rfc3339(span.from);
  const auto to = seams::to_rfc3339(span.to);
  const auto query = std::string(table_.name) + " | where Timestamp >= datetime(" + from +
                     ") and Timestamp < datetime(" + to + ") | order by Timestamp asc | take " +
                     std::to_string(facts_.page_size);
  return R"({"Query":")" + query + R"(","Timespan":")" + from + "/" + to + R"("})";
}

auto hunting_reader::poll() -> boost::asio::awaitable<seams::result<void>> {
  const auto at = load_cursor(tools_.records, tools_.time, options_);
  if (!at) {
    co_return at.error();
  }
  now_ = poll_start{*at, tools_.time.wall(), {}};
  const auto oldest = now_.started - facts_.retention + reach_margin;
  if (at->stored && at->through < oldest) {
    now_.lost = "rows of " + std::string(table_.name) + " from " + seams::to_rfc3339(at->through) +
                " to " + seams::to_rfc3339(oldest) + " are older than the service keeps them";
  }
  auto open = std::vector<window>();
  const auto from = std::max(at->through - options_.overlap, oldest);
  if (from < now_.started) { // a clock that was set back may have put the cursor ahead of it
    open.push_back(window{from, now_.started});
  }
  while (!open.empty()) {
    auto span = open.back();
    open.pop_back();
    auto got = co_await ask(span);
    if (!got) {
      co_return got.error();
    }
    if (got->more_from) {
      open.push_back(window{*got->more_from, span.to});
      span.to = *got->more_from;
    }
    if (got->too_large && span.to - span.from > window_least) {
      const auto middle = span.from + (span.to - span.from) / 2;
      open.push_back(window{middle, span.to});
      open.push_back(window{span.from, middle});
    } else if (const auto kept = finish(std::move(*got), span, open.empty()); !kept) {
      co_return kept.error();
    }
  }
  co_return seams::result<void>();
}

/// Commits the rows of a window, what is lost, and the cursor if it moves.
auto hunting_reader::finish(reading got, window span, bool is_last) -> seams::result<void> {
  auto& step = got.step;
  if (got.too_large) {
    step.health.push_back(health::gap(std::string(facts_.name),
                                      "row_limit",
                                      "more rows of " + std::string(table_.name) + " at " +
                                          seams::to_rfc3339(span.from) + " than one query returns",
                                      step.now));
  }
  const auto behind = std::min(tools_.api.clock_offset(workload::graph), seams::duration::zero());
  const auto end = std::min(span.to, now_.started + behind);
  if (end > now_.at.through || (is_last && !now_.at.stored)) {
    step.cursor = seams::to_rfc3339(end);
    if (!now_.lost.empty()) {
      step.health.push_back(
          health::gap(std::string(facts_.name), "too_old", std::exchange(now_.lost, {}), step.now));
    }
  }
  const auto changes = !step.records.empty() || !step.health.empty() || step.cursor;
  return changes ? apply(tools_.records, step) : seams::result<void>();
}

auto hunting_reader::ask(window span) -> boost::asio::awaitable<seams::result<reading>> {
  auto what = feed_call(
      facts_, options_, tools_.config.where.graph.root + "/v1.0/security/runHuntingQuery");
  what.method = "POST";
  what.body = query_for(span);
  const auto answer = co_await tools_.api.send(std::move(what));
  auto out = reading();
  out.step = empty_step();
  if (!answer) {
    if (!says(answer.error(), "exceeded the allowed")) {
      co_return diagnosed(answer.error(), table_.name);
    }
    out.too_large = true;
    co_return out;
  }
  auto rows = rows_of(answer->body);
  if (!rows) {
    co_return rows.error();
  }
  out.step = std::move(*rows);
  if (out.step.records.size() >= static_cast<std::size_t>(facts_.page_size)) {
    const auto last = last_of_ordered(out.step.records);
    out.too_large = !last || *last <= span.from;
    out.more_from = out.too_large ? std::nullopt : last;
  }
  co_return out;
}

auto hunting_reader::rows_of(std::string_view body) const -> seams::result<commit> {
  const auto rows = json::member(body, "results");
  if (!rows || json::kind_of(*rows) != json::kind::array) {
    return seams::failure(seams::reaction::retry_later,
                          "answer_malformed",
                          "the hunting answer has no array 'results'");
  }
  auto step = empty_step();
  json::for_each_element(*rows, [&](std::string_view row) { step.records.push_back(row_of(row)); });
  return step;
}

auto hunting_reader::row_of(std::string_view row) const -> record {
  auto one = record();
  one.feed = facts_.name;
  one.connector_type = facts_.connector_type;
  auto kept = without_secrets(row);
  one.raw = std::move(kept.raw);
  one.cuts = std::move(kept.cuts);
  const auto known_by = slices_of(one.raw, table_);
  auto key = text_in(known_by.key.front());
  if (!key.empty()) {
    for (auto i = std::size_t{1}; i < table_.key.size(); ++i) {
      key += table_.key[i].empty() ? "" : "|" + part_of_key(known_by.key[i], table_.key[i]);
    }
    key = (options_.name == facts_.name ? "" : std::string(table_.name) + "|") + key;
  }
  one.version = text_in(known_by.version);
  one.event_time = parse_time(text_in(known_by.time));
  one.key = key_or_digest(std::move(key), one.raw);
  return one;
}

} // namespace core::feeds
