#include "core/feeds/graph_collection_feed.hpp"

#include "core/auth/form.hpp"
#include "core/feeds/alert_shapes.hpp"
#include "core/feeds/cursor.hpp"
#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/secret_cuts.hpp"
#include "core/feeds/times.hpp"
#include "core/http/links.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <array>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;

constexpr auto alerts_list = std::string_view("security/alerts_v2");
/// Each pass starts later than the one before; a peer that invents changes for ever is left.
constexpr auto passes_max = 100;
/// How often a walk that gains nothing is begun anew at the same place.
constexpr auto restarts_max = std::size_t{2};
constexpr auto licence_code =
    std::string_view("Authentication_RequestFromNonPremiumTenantOrB2CTenant");
constexpr auto licence_patience = seams::duration{1h};

/// Answers that smaller pages may heal at once: the service is there, and fails at this page.
auto is_indigestible(const std::string& code) -> bool {
  return code == "answer_malformed" || code == "answer_cut" || code == "answer_too_large" ||
         code == "500";
}

/// Answers that may have been too heavy for the service.
auto may_be_too_heavy(const std::string& code) -> bool {
  return code == "answer_malformed" || code == "answer_cut" || code == "answer_too_large" ||
         code == "no_answer" || (code.size() == 3 && code.front() == '5');
}

constexpr auto lists = std::to_array<collection_facts>({
    {"alerts", "lastUpdateDateTime", "lastUpdateDateTime", "createdDateTime", ""},
    {"defender_for_cloud",
     "lastUpdateDateTime",
     "lastUpdateDateTime",
     "createdDateTime",
     "serviceSource eq 'microsoftDefenderForCloud'"},
    {"incidents", "lastUpdateDateTime", "lastUpdateDateTime", "createdDateTime", ""},
    {"sign_ins", "createdDateTime", "", "createdDateTime", ""},
    {"directory_audits", "activityDateTime", "", "activityDateTime", ""},
    // Their $orderby cannot be relied on (graph-directory sheet, 3.1).
    {"risk_detections",
     "lastUpdatedDateTime",
     "lastUpdatedDateTime",
     "detectedDateTime",
     "",
     false},
    {"risky_users",
     "riskLastUpdatedDateTime",
     "riskLastUpdatedDateTime",
     "riskLastUpdatedDateTime",
     "",
     false},
});

auto facts_of_list(std::string_view feed) -> const collection_facts& {
  const auto found = std::ranges::find(lists, feed, &collection_facts::feed);
  return found == lists.end() ? lists.front() : *found;
}

} // namespace

graph_collection_feed::graph_collection_feed(const feed_facts& facts,
                                             feed_options options,
                                             const tools& with)
    : facts_(facts), list_(facts_of_list(facts.name)), options_(std::move(options)), tools_(with),
      page_size_(facts.page_size), news_(with.records, options_.name) {}

auto graph_collection_feed::first_url(seams::instant from) const -> std::string {
  const auto changed = std::string(list_.changed);
  auto filter = changed + " ge " + seams::to_rfc3339(from);
  if (!list_.only.empty()) {
    filter += " and " + std::string(list_.only);
  }
  return tools_.config.where.graph.root + "/v1.0/" + std::string(facts_.resource) +
         "?$filter=" + auth::percent_encode(filter) +
         (list_.sorted ? "&$orderby=" + auth::percent_encode(changed + " asc") : "") +
         "&$top=" + std::to_string(page_size_);
}

auto graph_collection_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  const auto at = load_cursor(tools_.records, tools_.time, options_);
  if (!at) {
    co_return at.error();
  }
  const auto started = tools_.time.wall();
  auto way = walk();
  way.asked_from = at->through - options_.overlap;
  way.boundary = way.asked_from;
  way.newest = way.asked_from;
  const auto outcome = co_await read_all(way);
  adapt_page_size(outcome, way);
  if (!outcome) {
    co_return judged(outcome.error());
  }
  unlicensed_since_.reset();
  const auto behind = std::min(tools_.api.clock_offset(workload::graph), seams::duration::zero());
  const auto through = started + behind;
  if (!at->stored || through > at->through) {
    const auto moved =
        apply(tools_.records, move_cursor(options_.name, through, tools_.time.wall()));
    if (!moved) {
      co_return moved.error();
    }
  }
  auto report = poll_report();
  report.odd = remark_on(way);
  co_return report;
}

auto graph_collection_feed::remark_on(const walk& way) const -> std::optional<health::remark> {
  if (way.odd) {
    return way.odd;
  }
  if (way.outside > 0) {
    return health::remark{"schema_drift",
                          "filter_ignored",
                          "the service returned items older than the filter allows"};
  }
  if (list_.sorted && !way.ascending) {
    return health::remark{"schema_drift",
                          "order_ignored",
                          "the service does not list the oldest change first, as asked"};
  }
  return std::nullopt;
}

auto graph_collection_feed::judged(const seams::failure& why) -> seams::failure {
  if (why.code != licence_code) {
    return why;
  }
  const auto now = tools_.time.wall();
  unlicensed_since_ = unlicensed_since_.value_or(now);
  if (now - *unlicensed_since_ >= licence_patience) {
    return why;
  }
  return {seams::reaction::retry_later,
          "licence_unconfirmed",
          "the service says that the licence is missing, which it also says by mistake: " +
              why.why};
}

auto graph_collection_feed::shrink_pages() -> bool {
  const auto before = page_size_;
  page_size_ = std::max(page_size_ / 4, 1);
  return page_size_ < before;
}

void graph_collection_feed::adapt_page_size(const seams::result<void>& outcome, const walk& way) {
  if (!outcome && may_be_too_heavy(outcome.error().code)) {
    (void)shrink_pages();
  } else if (outcome && !way.odd) {
    page_size_ = std::min(page_size_ * 4, facts_.page_size);
  }
}

auto graph_collection_feed::read_all(walk& way) -> boost::asio::awaitable<seams::result<void>> {
  for (auto pass = 0; pass < passes_max; ++pass) {
    const auto outcome = co_await read_pages(way);
    const auto moved = way.newest > way.boundary && way.ascending;
    if (moved) {
      way.boundary = way.newest;
      way.restarts = 0;
    }
    if (outcome ? way.pages <= 1 || !moved : !can_go_on(outcome.error(), way, moved)) {
      co_return outcome;
    }
  }
  co_return seams::failure(seams::reaction::retry_later,
                           "endless_chain",
                           "the list of " + options_.name + " does not come to an end");
}

auto graph_collection_feed::can_go_on(const seams::failure& why, walk& way, bool moved) -> bool {
  const auto go_on = "; went on from " + seams::to_rfc3339(way.boundary);
  if (is_indigestible(why.code)) {
    const auto smaller = shrink_pages();
    way.odd = health::remark{std::string(health::state_of(why)),
                             why.code,
                             why.why + go_on + " with pages of " + std::to_string(page_size_)};
    return smaller;
  }
  if (why.code == "endless_chain") {
    way.odd = health::remark{"bad_answer", why.code, "paging loop: " + why.why + go_on};
    return moved || (way.restarts++ < restarts_max && shrink_pages());
  }
  // The first page was served: it is the link that the service does not want.
  if (way.pages > 0 && health::state_of(why) == "request_refused") {
    way.odd = health::remark{
        "bad_answer", "link_refused", "the service refused its own next link: " + why.why + go_on};
    return moved || way.restarts++ < restarts_max;
  }
  return false;
}

auto graph_collection_feed::read_pages(walk& way) -> boost::asio::awaitable<seams::result<void>> {
  auto pages = http::chain(tools_.config.where.graph.root);
  auto next = first_url(way.boundary);
  way.pages = 0;
  while (!next.empty()) {
    if (const auto allowed = pages.follow(next); !allowed) {
      co_return allowed.error();
    }
    auto what = feed_call(facts_, options_, next);
    const auto answer = co_await tools_.api.send(std::move(what));
    if (!answer) {
      co_return answer.error();
    }
    if (const auto kept = store_page(answer->body, way); !kept) {
      co_return kept.error();
    }
    ++way.pages;
    next = text_of(answer->body, "@odata.nextLink");
  }
  co_return seams::result<void>();
}

auto graph_collection_feed::store_page(std::string_view body, walk& way) -> seams::result<void> {
  const auto items = json::member(body, "value");
  if (!items || json::kind_of(*items) != json::kind::array) {
    return seams::failure(seams::reaction::retry_later,
                          "answer_malformed",
                          "the page of " + options_.name + " has no array 'value'");
  }
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  auto novelties = std::set<std::string>();
  json::for_each_element(*items, [&](std::string_view item) {
    if (facts_.resource == alerts_list) {
      note_alert_novelties(item, novelties);
    }
    auto one = record();
    one.feed = options_.name;
    one.connector_type = facts_.connector_type;
    auto kept = without_secrets(item);
    one.raw = std::move(kept.raw);
    one.cuts = std::move(kept.cuts);
    one.key = key_or_digest(text_of(item, "id"), item);
    one.version = list_.version.empty() ? std::string() : text_of(item, list_.version);
    one.event_time = parse_time(text_of(item, list_.happened));
    const auto changed = parse_time(text_of(item, list_.changed));
    if (changed && *changed < way.asked_from) {
      ++way.outside; // kept all the same: the store knows what it has
    } else if (changed) {
      way.ascending = way.ascending && *changed >= way.newest;
      way.newest = std::max(way.newest, *changed);
    }
    step.records.push_back(std::move(one));
  });
  if (step.records.empty()) {
    return {};
  }
  const auto told = news_.tell(novelties, step);
  return told ? apply(tools_.records, step) : told;
}

} // namespace core::feeds
