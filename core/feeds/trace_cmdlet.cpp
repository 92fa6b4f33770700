#include "core/exchange/invocation.hpp"
#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/permission_hint.hpp"
#include "core/feeds/trace_source.hpp"
#include "core/json/slice.hpp"
#include "core/seams/letters.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <set>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;
using seams::failure;
using seams::reaction;

constexpr auto trace_cmdlet = std::string_view("Get-MessageTraceV2");
constexpr auto cmdlet_bucket = "Get-MessageTraceV2";
/// 100 requests in five minutes, and a little more: they do not travel equally fast.
constexpr auto cmdlet_spacing = seams::duration{3100ms};
constexpr auto queries_max = std::size_t{400};
constexpr auto cmdlet_traits = trace_traits{trace_form::cmdlet,
                                            workload::exchange,
                                            "read from the cmdlet",
                                            seams::duration{std::chrono::days{1}}};
constexpr auto cmdlet_roles = std::to_array<std::string_view>({exchange::app_role});

/// Where a query begins, going back in time.
struct trace_place {
  std::string end_date; ///< as the service wrote it: no other text is sure to name that instant
  std::string recipient;
};

auto place_of(const record& row) -> trace_place {
  return {text_of(row.raw, report_names.received), text_of(row.raw, report_names.recipient)};
}

auto are_same(const trace_place& a, const trace_place& b) -> bool {
  return a.end_date == b.end_date && seams::equal_ignoring_case(a.recipient, b.recipient);
}

class keyset_walk final : public trace_walk {
public:
  keyset_walk(const trace_tools& with, const trace_window& span)
      : with_(with), start_(seams::to_rfc3339(span.from)), at_({seams::to_rfc3339(span.to), ""}) {}

  auto next() -> seams::result<std::optional<api::call>> override;
  auto take(std::string_view body) -> seams::result<trace_page> override;

private:
  [[nodiscard]] auto parameters() const -> std::string;
  void go_behind(const trace_place& last, trace_page& out);

  trace_tools with_;
  std::string start_;
  trace_place at_;
  std::set<std::string> boundary_; ///< rows seen where the last answer ended
  std::size_t queries_ = 0;
  bool done_ = false;
};

auto keyset_walk::parameters() const -> std::string {
  auto out = nlohmann::ordered_json();
  out["StartDate"] = start_;
  out["EndDate"] = at_.end_date;
  if (!at_.recipient.empty()) {
    out["StartingRecipientAddress"] = at_.recipient;
  }
  out["ResultSize"] = with_.facts.page_size;
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

auto keyset_walk::next() -> seams::result<std::optional<api::call>> {
  if (done_) {
    return std::optional<api::call>();
  }
  if (queries_ == queries_max) {
    return failure(reaction::retry_later,
                   "window_too_full",
                   "the message traces of " + start_ + " to " + at_.end_date +
                       " do not end within " + std::to_string(queries_max) + " queries");
  }
  ++queries_;
  const auto usual = feed_call(with_.facts, with_.options, "");
  auto out = exchange::invocation(with_.config, trace_cmdlet, parameters(), with_.facts.page_size);
  out.feed = usual.feed;
  out.patience = usual.patience;
  out.bucket = cmdlet_bucket;
  out.spacing = cmdlet_spacing;
  return std::optional(std::move(out));
}

auto keyset_walk::take(std::string_view body) -> seams::result<trace_page> {
  const auto rows = json::member(body, "value");
  if (!rows || json::kind_of(*rows) != json::kind::array) {
    return no_rows();
  }
  auto out = trace_page();
  json::for_each_element(
      *rows, [&](std::string_view row) { out.rows.push_back(trace_row(row, report_names)); });
  const auto last = out.rows.empty() ? trace_place() : place_of(out.rows.back());
  auto seen = std::exchange(boundary_, {});
  done_ = !exchange::has_warnings(body);
  if (!done_) {
    if (last.end_date.empty() || last.recipient.empty()) {
      return failure(reaction::retry_later,
                     "answer_malformed",
                     std::string(trace_cmdlet) + " has more rows and none to go on from");
    }
    go_behind(last, out);
  }
  std::erase_if(out.rows, [&](const record& row) { return seen.contains(row.raw); });
  return out;
}

/// An answer that begins and ends at one place would come again for ever. Whatever orders addresses
/// puts one that goes on with the first of all signs next.
void keyset_walk::go_behind(const trace_place& last, trace_page& out) {
  if (are_same(last, at_)) {
    out.lost = "message traces of " + last.end_date + " to " + last.recipient + " beyond the " +
               std::to_string(out.rows.size()) + " that one query gives";
    out.lost_id = "lost " + last.end_date + "|" + seams::lower_case(last.recipient);
    at_.recipient += '!';
    return;
  }
  at_ = last;
  for (const auto& row : out.rows) {
    if (are_same(place_of(row), last)) {
      boundary_.insert(row.raw);
    }
  }
}

class cmdlet_trace_source final : public trace_source {
public:
  explicit cmdlet_trace_source(const trace_tools& with) : with_(with), needs_(with.facts) {
    needs_.api = workload::exchange;
    needs_.permissions = cmdlet_roles;
    needs_.also = "a directory role of the service principal: Security Reader or Global Reader";
  }

  [[nodiscard]] auto traits() const -> const trace_traits& override { return cmdlet_traits; }

  [[nodiscard]] auto walk(const trace_window& span) const -> std::unique_ptr<trace_walk> override {
    return std::make_unique<keyset_walk>(with_, span);
  }

  [[nodiscard]] auto explained(seams::failure why) const -> seams::failure override {
    return with_permission_hint(exchange::named_grant(std::move(why), trace_cmdlet), needs_);
  }

private:
  trace_tools with_;
  feed_facts needs_; ///< the feed's, as far as grants go those of this source
};

} // namespace

auto cmdlet_traces(const trace_tools& with) -> std::unique_ptr<trace_source> {
  return std::make_unique<cmdlet_trace_source>(with);
}

} // namespace core::feeds
