#include "core/feeds/waiting_blobs.hpp"

#include "core/feeds/cursor.hpp"
#include "core/feeds/times.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;

constexpr auto first_pause = seams::duration{5min};
constexpr auto longest_pause = seams::duration{2h};
/// So many doublings are more than the longest pause.
constexpr auto doublings_max = std::uint64_t{6};
constexpr auto blob_fields = std::size_t{6};

auto pause_after(std::uint64_t tries) -> seams::duration {
  return std::min(first_pause * (1 << std::min(tries - 1, doublings_max)), longest_pause);
}

/// A line for each blob; neither ids nor addresses hold control characters.
auto line_of(const waiting_blob& one) -> std::string {
  return seams::to_rfc3339(one.since) + '\t' + seams::to_rfc3339(one.next) + '\t' +
         seams::to_rfc3339(one.expires) + '\t' + std::to_string(one.tries) + '\t' + one.id + '\t' +
         one.uri + '\n';
}

auto blob_in(std::string_view line) -> std::optional<waiting_blob> {
  auto fields = std::array<std::string_view, blob_fields>();
  for (auto i = std::size_t{0}; i + 1 < blob_fields; ++i) {
    const auto end = line.find('\t');
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    fields[i] = line.substr(0, end);
    line.remove_prefix(end + 1);
  }
  const auto since = parse_time(fields[0]);
  const auto next = parse_time(fields[1]);
  const auto expires = parse_time(fields[2]);
  auto out = waiting_blob();
  const auto* const end = fields[3].data() + fields[3].size();
  const auto number = std::from_chars(fields[3].data(), end, out.tries);
  if (!since || !next || !expires || number.ptr != end || out.tries == 0) {
    return std::nullopt;
  }
  out.since = *since;
  out.next = *next;
  out.expires = *expires;
  out.id = fields[4];
  out.uri = line;
  return out;
}

} // namespace

auto waiting_blobs::load(seams::instant now) -> seams::result<void> {
  auto found = read_back();
  if (!found) {
    return found.error();
  }
  auto names = std::vector<std::string>();
  for (const auto& one : *found) {
    names.push_back(one.id);
  }
  const auto dealt_with = records_.marked(feed_, names);
  if (!dealt_with) {
    return dealt_with.error();
  }
  list_.clear();
  for (auto i = std::size_t{0}; i < found->size(); ++i) {
    if (!(*dealt_with)[i]) {
      list_.push_back(std::move((*found)[i]));
    }
  }
  return list_.size() == found->size() ? seams::result<void>() : save(now);
}

auto waiting_blobs::read_back() -> seams::result<std::vector<waiting_blob>> {
  const auto stored = records_.cursor(place_);
  if (!stored) {
    return stored.error();
  }
  auto out = std::vector<waiting_blob>();
  auto rest = *stored ? std::string_view(**stored) : std::string_view();
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    auto one = end == std::string_view::npos ? std::nullopt : blob_in(rest.substr(0, end));
    if (!one) {
      return seams::failure(seams::reaction::stop_and_diagnose,
                            "store_damaged",
                            "the list of the blobs that wait, of " + feed_ + ", is none");
    }
    out.push_back(std::move(*one));
    rest.remove_prefix(end + 1);
  }
  return out;
}

auto waiting_blobs::save(seams::instant now) -> seams::result<void> {
  auto step = commit();
  step.feed = place_;
  step.now = now;
  step.cursor = "";
  for (const auto& one : list_) {
    *step.cursor += line_of(one);
  }
  return apply(records_, step);
}

auto waiting_blobs::holds(std::string_view id) const -> bool {
  return std::ranges::find(list_, id, &waiting_blob::id) != list_.end();
}

auto waiting_blobs::due(seams::instant now) const -> std::vector<waiting_blob> {
  auto out = std::vector<waiting_blob>();
  std::ranges::copy_if(list_, std::back_inserter(out), [&](const waiting_blob& one) {
    const auto clock_was_set_back = one.next > now + longest_pause;
    return std::min(one.next, one.expires) <= now || clock_was_set_back;
  });
  std::ranges::stable_sort(out, {}, &waiting_blob::next);
  return out;
}

auto waiting_blobs::remark() const -> std::optional<health::remark> {
  if (list_.empty()) {
    return std::nullopt;
  }
  const auto first = std::ranges::min_element(list_, {}, &waiting_blob::since);
  return health::remark{"delayed",
                        "blobs_waiting",
                        std::to_string(list_.size()) +
                            " of the listed blobs cannot be read so far, the first since " +
                            seams::to_rfc3339(first->since) + ": " + first->id +
                            "; each is asked for again until it expires"};
}

auto waiting_blobs::add(std::string id, std::string uri, seams::instant expires, seams::instant now)
    -> seams::result<void> {
  list_.push_back({std::move(id), std::move(uri), now, now + pause_after(1), expires, 1});
  return save(now);
}

auto waiting_blobs::postpone(std::string_view id, seams::instant now) -> seams::result<void> {
  const auto found = std::ranges::find(list_, id, &waiting_blob::id);
  if (found == list_.end()) {
    return {};
  }
  ++found->tries;
  found->next = now + pause_after(found->tries);
  return save(now);
}

auto waiting_blobs::remove(std::string_view id, seams::instant now) -> seams::result<void> {
  std::erase_if(list_, [&](const waiting_blob& one) { return one.id == id; });
  return save(now);
}

} // namespace core::feeds
