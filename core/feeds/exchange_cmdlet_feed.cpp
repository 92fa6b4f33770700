#include "core/feeds/exchange_cmdlet_feed.hpp"

#include "core/exchange/invocation.hpp"
#include "core/feeds/cursor.hpp"
#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/times.hpp"
#include "core/http/links.hpp"
#include "core/json/slice.hpp"
#include "core/seams/digest.hpp"

#include <array>

namespace core::feeds {
namespace {

using seams::failure;
using seams::reaction;

constexpr auto snapshot_cmdlets = std::to_array<std::string_view>(
    {"Get-SafeLinksPolicy", "Get-SafeLinksRule", "Get-AtpPolicyForO365"});

/// Local times of the service are UTC too and say so in numbers.
auto utc_time(std::string text) -> std::optional<seams::instant> {
  constexpr auto zone = std::string_view("+00:00");
  if (text.ends_with(zone)) {
    text.resize(text.size() - zone.size());
  }
  return parse_time(text);
}

auto first_text(std::string_view row, std::initializer_list<std::string_view> names)
    -> std::string {
  for (const auto name : names) {
    if (auto found = text_of(row, name); !found.empty()) {
      return found;
    }
  }
  return {};
}

} // namespace

auto exchange_cmdlet_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  auto wrong = std::optional<failure>();
  auto cut = std::string();
  for (const auto cmdlet : snapshot_cmdlets) {
    const auto was_cut = co_await read(cmdlet);
    if (was_cut) {
      cut += *was_cut ? (cut.empty() ? "" : ", ") + std::string(cmdlet) : "";
      continue;
    }
    wrong = wrong ? wrong : was_cut.error();
    if (was_cut.error().code != "directory_role_missing") {
      break;
    }
  }
  if (wrong) {
    co_return *wrong;
  }
  const auto now = tools_.time.wall();
  if (const auto moved = apply(tools_.records, move_cursor(options_.name, now, now)); !moved) {
    co_return moved.error();
  }
  auto report = poll_report();
  if (!cut.empty()) {
    report.odd = health::remark{"bad_answer",
                                "list_cut",
                                "Exchange gave only the beginning of " + cut +
                                    " and refuses to go on: what is missing is unknown"};
  }
  co_return report;
}

auto exchange_cmdlet_feed::command(std::string_view cmdlet, std::string url) const -> api::call {
  auto out = feed_call(facts_, options_, std::move(url));
  auto how = exchange::invocation(tools_.config, cmdlet, "{}", facts_.page_size);
  out.method = std::move(how.method);
  out.body = std::move(how.body);
  out.fields = std::move(how.fields);
  return out;
}

auto exchange_cmdlet_feed::read(std::string_view cmdlet)
    -> boost::asio::awaitable<seams::result<bool>> {
  const auto& root = tools_.config.where.of(facts_.api).root;
  auto pages = http::chain(root);
  auto next =
      root + "/adminapi/beta/" + tools_.config.tenant_id + "/" + std::string(facts_.resource);
  while (!next.empty()) {
    if (const auto allowed = pages.follow(next); !allowed) {
      co_return allowed.error();
    }
    auto what = command(cmdlet, next);
    const auto answer = co_await tools_.api.send(std::move(what));
    if (!answer) {
      if (pages.pages() > 1 && exchange::is_dead_link(answer.error())) {
        co_return true;
      }
      co_return exchange::named_grant(answer.error(), cmdlet);
    }
    if (const auto kept = store_page(cmdlet, answer->body); !kept) {
      co_return kept.error();
    }
    next = text_of(answer->body, "@odata.nextLink");
    if (next.empty() && exchange::has_warnings(answer->body)) {
      co_return true;
    }
  }
  co_return false;
}

auto exchange_cmdlet_feed::store_page(std::string_view cmdlet, std::string_view body)
    -> seams::result<void> {
  const auto rows = json::member(body, "value");
  if (!rows || json::kind_of(*rows) != json::kind::array) {
    return failure(reaction::retry_later,
                   "answer_malformed",
                   "the answer of " + std::string(cmdlet) + " has no array 'value'");
  }
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  json::for_each_element(*rows, [&](std::string_view row) {
    auto one = record();
    one.feed = options_.name;
    one.connector_type = facts_.connector_type;
    one.raw = row;
    const auto identity = first_text(row, {"Guid", "Identity"});
    one.key =
        key_or_digest(identity.empty() ? std::string() : std::string(cmdlet) + "/" + identity, row);
    const auto changed = first_text(row, {"WhenChangedUTC", "WhenChanged"});
    one.version = changed.empty() ? seams::to_hex(seams::sha256(row)) : changed;
    one.event_time = utc_time(changed);
    step.records.push_back(std::move(one));
  });
  return step.records.empty() ? seams::result<void>() : apply(tools_.records, step);
}

} // namespace core::feeds
