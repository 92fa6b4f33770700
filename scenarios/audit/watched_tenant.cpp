#include "scenarios/audit/watched_tenant.hpp"

#include "mock_graph/odata/percent.hpp"
#include "scenarios/audit/batch_parts.hpp"

namespace scenarios::audit {
namespace {

using mock_graph::delivery;

/// A client may encode a link anew before it follows it.
auto same_for_all(const std::string& url) -> std::string {
  return mock_graph::odata::decode_query(url).value_or(url);
}

auto arrives(const mock_graph::reply& given) -> bool {
  return given.travel.how == delivery::kind::whole;
}

} // namespace

auto watched_tenant::answer(const seams::request& query) -> mock_graph::reply {
  const auto place = inner_.requests().size();
  auto out = inner_.answer(query);
  const auto& own = inner_.requests()[place];
  note_exchange(own, out);
  if (!arrives(out)) {
    return out;
  }
  note_answer(out.response, place);
  if (own.route == "graph.batch") {
    auto part_place = place;
    for (const auto& part : answered_parts(query, out.response)) {
      note_answer(part, ++part_place);
    }
  }
  return out;
}

void watched_tenant::note_answer(const seams::response& given, std::size_t place) {
  if (given.status != 200) {
    return;
  }
  const auto& entry = inner_.requests()[place];
  const auto content = content_of(entry.route, entry.url, given);
  for (const auto& one : content.records) {
    sightings_[one.name].push_back({place, one.bytes});
  }
  for (const auto& blob : content.blobs) {
    listings_[blob].push_back(place);
  }
  note_page(entry.url, content.next, place);
}

void watched_tenant::note_exchange(const mock_graph::journal_entry& entry,
                                   const mock_graph::reply& given) {
  auto note = run::exchange_note();
  const auto earliest = exchanges_.empty() ? entry.at : exchanges_.back().sent + seams::duration{1};
  note.sent = std::max(entry.at, earliest);
  note.received = note.sent;
  note.method = entry.method;
  note.url = entry.url;
  note.status = arrives(given) ? entry.status : 0;
  if (const auto pause = given.response.fields.find("Retry-After"); pause && arrives(given)) {
    note.retry_after = std::string(*pause);
  }
  exchanges_.push_back(std::move(note));
}

void watched_tenant::note_page(const std::string& asked,
                               const std::string& next,
                               std::size_t answer) {
  if (const auto known = page_at_.find(same_for_all(asked)); known != page_at_.end()) {
    ++pages_[known->second].followed;
  }
  if (next.empty()) {
    return;
  }
  const auto [at, fresh] = page_at_.emplace(same_for_all(next), pages_.size());
  if (fresh) {
    pages_.push_back({next, answer, 0, 0});
  }
  ++pages_[at->second].given;
}

auto watched_tenant::sightings_of(const mock_graph::fingerprint& name) const
    -> const std::vector<sighting>& {
  static const auto none = std::vector<sighting>();
  const auto found = sightings_.find(name);
  return found == sightings_.end() ? none : found->second;
}

auto watched_tenant::listings_of(const std::string& blob) const -> const std::vector<std::size_t>& {
  static const auto none = std::vector<std::size_t>();
  const auto found = listings_.find(blob);
  return found == listings_.end() ? none : found->second;
}

} // namespace scenarios::audit
