#include "core/feeds/activity_blob_reader.hpp"

#include "core/feeds/activity_blob.hpp"
#include "core/feeds/audit_shapes.hpp"
#include "core/feeds/cursor.hpp"
#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/secret_cuts.hpp"
#include "core/feeds/times.hpp"
#include "core/http/links.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;
using seams::failure;
using seams::reaction;

/// How long a blob's id is remembered beyond its expiry, which is when nobody can list it any more.
constexpr auto mark_margin = seams::duration{24h};
constexpr auto kept_for_good = std::chrono::days{3650};
/// What one commit of a blob's records holds at most, so that a large blob costs no second copy.
constexpr auto commit_records_max = std::size_t{2000};
constexpr auto commit_bytes_max = std::size_t{8} << 20U;

/// "does not exist", "expired" (management-activity-api sheet, 4). AF20052, "id invalid", is not
/// among them: it is what a tenant of another cloud gets for every blob.
constexpr auto lost_codes = std::to_array<std::string_view>({"AF20050", "AF20051", "404"});

/// A longer address is not kept.
constexpr auto kept_address_max = std::size_t{2048};

auto not_a_blob(std::string_view id) -> failure {
  return {reaction::retry_later, "answer_malformed", "content " + std::string(id) + " is no array"};
}

auto fits_in_address(std::string_view id) -> bool {
  return std::ranges::all_of(id, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '$' ||
           c == '.' || c == '_' || c == '-';
  });
}

} // namespace

auto is_blob_trouble(const failure& why) -> bool {
  static constexpr auto codes = std::to_array<std::string_view>({"answer_malformed",
                                                                 "answer_cut",
                                                                 "answer_too_large",
                                                                 "no_answer",
                                                                 "connection_reset",
                                                                 "408"});
  const auto server = why.code.size() == 3 && why.code.front() == '5';
  return why.next == reaction::skip_record ||
         (why.next == reaction::retry_later &&
          (server || std::ranges::find(codes, why.code) != codes.end()));
}

auto is_blob_refusal(const failure& why) -> bool {
  return why.code == "foreign_link" || why.code == "AF20052" ||
         health::state_of(why) == "request_refused";
}

auto is_access_refusal(const failure& why) -> bool {
  static constexpr auto codes =
      std::to_array<std::string_view>({"AF10001", "AF20010", "AF20011", "AF20013", "401", "403"});
  return std::ranges::find(codes, why.code) != codes.end();
}

auto activity_blob_reader::feed_name() const -> std::string {
  return only_ ? std::string(only_->feed) : options_.name;
}

auto activity_blob_reader::empty_step() const -> commit {
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  return step;
}

auto activity_blob_reader::lasting_address(const content& what) const -> std::string {
  const auto& root = tools_.config.where.management.root;
  if (what.uri.size() <= kept_address_max && http::is_below(what.uri, root)) {
    return what.uri;
  }
  return fits_in_address(what.id)
             ? root + "/api/v1.0/" + tools_.config.tenant_id + "/activity/feed/audit/" + what.id
             : "";
}

auto activity_blob_reader::is_ours(std::string_view item) const -> bool {
  return !only_ || json::as_int64(json::member(item, "RecordType").value_or("")) ==
                       std::optional(only_->record_type);
}

auto activity_blob_reader::record_of(std::string_view item) const -> record {
  auto one = record();
  one.feed = feed_name();
  one.connector_type = facts_.connector_type;
  auto kept = without_secrets(item);
  one.raw = std::move(kept.raw);
  one.cuts = std::move(kept.cuts);
  one.key =
      (only_ ? std::string(only_->key_prefix) : "") + key_or_digest(text_of(item, "Id"), one.raw);
  one.event_time = parse_time(text_of(item, "CreationTime"));
  return one;
}

auto activity_blob_reader::read(content what) -> boost::asio::awaitable<seams::result<void>> {
  if (!http::is_below(what.uri, tools_.config.where.management.root)) {
    co_return failure(reaction::retry_later,
                      "foreign_link",
                      "a contentUri points to another host than the API; not followed");
  }
  const auto* const joint = what.uri.find('?') == std::string::npos ? "?" : "&";
  auto query = feed_call(
      facts_, options_, what.uri + joint + "PublisherIdentifier=" + tools_.config.tenant_id);
  query.even_broken = true;
  const auto blob = co_await tools_.api.send(std::move(query));
  if (blob) {
    co_return store(what, blob->body);
  }
  if (std::ranges::find(lost_codes, blob.error().code) == lost_codes.end()) {
    co_return blob.error();
  }
  auto step = empty_step();
  step.marks.push_back(done_mark(what, step.now));
  step.health.push_back(health::gap(
      feed_name(), blob.error().code, "content " + what.id + " can no longer be read", step.now));
  co_return apply(tools_.records, step);
}

auto activity_blob_reader::give_up(const waiting_blob& what, const failure& why)
    -> seams::result<void> {
  auto step = empty_step();
  step.marks.push_back({what.id, std::max(what.expires, step.now) + mark_margin});
  step.health.push_back(health::gap(feed_name(),
                                    "blob_never_served",
                                    "content " + what.id + " was listed, but from " +
                                        seams::to_rfc3339(what.since) + " until it expired, " +
                                        seams::to_rfc3339(what.expires) +
                                        ", it could not be read: " + why.why,
                                    step.now));
  return apply(tools_.records, step);
}

auto activity_blob_reader::done_mark(const content& what, seams::instant now) const -> mark {
  return {what.id, what.expires.value_or(now + facts_.retention) + mark_margin};
}

/// The blob counts as read with the last of its commits only.
auto activity_blob_reader::store(const content& what, std::string_view body)
    -> seams::result<void> {
  const auto inside = open_blob(body);
  if (!inside) {
    return not_a_blob(what.id);
  }
  auto novelties = std::set<std::string>();
  auto step = empty_step();
  auto bytes = std::size_t{0};
  for (const auto item : inside->records) {
    if (!is_ours(item)) {
      continue;
    }
    note_novelties(item, novelties);
    step.records.push_back(record_of(item));
    bytes += item.size();
    if (step.records.size() >= commit_records_max || bytes >= commit_bytes_max) {
      if (const auto kept = apply(tools_.records, step); !kept) {
        return kept;
      }
      step = empty_step();
      bytes = 0;
    }
  }
  const auto broken = only_ ? std::vector<std::string_view>() : inside->broken;
  for (const auto item : broken) {
    auto one = record_of(item);
    one.connector_type += "_quarantine";
    step.records.push_back(std::move(one));
  }
  if (!broken.empty()) {
    step.health.push_back({options_.name,
                           "schema_drift",
                           "record_unparsable",
                           std::to_string(broken.size()) + " of the records of content " + what.id +
                               " do not parse: kept apart, as they came",
                           step.now});
  }
  step.marks.push_back(done_mark(what, step.now));
  step.marks.push_back({"content seen", step.now + kept_for_good});
  const auto told = news_.tell(novelties, step);
  return told ? apply(tools_.records, step) : told;
}

} // namespace core::feeds
