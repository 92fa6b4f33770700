#include "replay/match/tape_index.hpp"

#include "replay/match/given_links.hpp"

#include <algorithm>
#include <limits>

namespace replay {
namespace {

/// So many recorded requests at most are compared with one that fits none.
constexpr auto compared_max = std::size_t{48};

/// Whether a poller would have stopped at this answer, rather than have asked again.
auto is_an_end(const exchange& what) -> bool {
  const auto status = what.answered.status;
  return what.failed.empty() && status != 401 && status != 429 && status < 500;
}

/// "GET\nhost/v1.0/security": the path down to `depth`.
auto path_key(const request_shape& shape, std::size_t depth) -> std::string {
  auto out = shape.host;
  for (auto i = std::size_t{0}; i < depth; ++i) {
    out += '/' + shape.path[i];
  }
  return out;
}

} // namespace

tape_index::tape_index(const std::vector<exchange>& tape,
                       bool loops,
                       const std::function<bool(const exchange&)>& wanted)
    : tape_(tape), loops_(loops), used_(tape.size(), true) {
  const auto count = std::min<std::size_t>(tape.size(), std::numeric_limits<std::uint32_t>::max());
  for (auto i = std::uint32_t{0}; i < count; ++i) {
    if (!wanted || wanted(tape[i])) {
      add(i);
      ++unused_;
    }
  }
}

void tape_index::note_offers(std::uint32_t index, const std::string& list) {
  for (const auto& link : links_given_by(tape_[index].answered)) {
    if (resource_key(shape_of({"GET", link.url, {}, {}})) == list) {
      continue; // it leads to the first page, as any poll does
    }
    auto& known = offers_[link_key(link.url)];
    known = {index, link.is_delta, false};
    offers_by_[index].push_back(&known);
  }
}

void tape_index::add(std::uint32_t index) {
  const auto& one = tape_[index];
  const auto shape = shape_of(one.asked);
  const auto put = [&](lane& into) {
    into.at.push_back(index);
    if (is_an_end(one)) {
      into.end = index;
    }
  };
  used_[index] = false;
  put(hosts_[shape.host]);
  auto link = link_key(one.asked.url);
  const auto is_link = offers_.contains(link);
  if (is_link) {
    put(links_[std::move(link)]);
  }
  if (!shape.onward.empty()) {
    put(continuations_[continuation_key(shape)]);
  }
  const auto list = resource_key(shape);
  if (!is_link) {
    auto& resource = resources_[list];
    put(resource);
    if (resource.at.size() == 1) {
      offer_for_comparison(index, shape);
    }
  }
  note_offers(index, list); // last: a link is followed by later requests only
}

void tape_index::offer_for_comparison(std::uint32_t index, const request_shape& shape) {
  for (auto depth = std::size_t{0}; depth <= shape.path.size(); ++depth) {
    auto& few = near_[path_key(shape, depth)];
    if (few.size() < compared_max) {
      few.push_back(index);
    }
  }
  auto& anywhere = near_[""];
  if (anywhere.size() < compared_max) {
    anywhere.push_back(index);
  }
}

auto tape_index::next_unused(lane& of) const -> std::optional<std::uint32_t> {
  while (of.next < of.at.size() && used_[of.at[of.next]]) {
    ++of.next;
  }
  return of.next < of.at.size() ? std::optional(of.at[of.next]) : std::nullopt;
}

auto tape_index::given(match what) -> match {
  if (const auto found = offers_by_.find(static_cast<std::uint32_t>(what.index));
      found != offers_by_.end()) {
    for (auto* const one : found->second) {
      one->is_out = true;
    }
  }
  return what;
}

auto tape_index::take_from(lane& from) -> match {
  if (const auto found = next_unused(from)) {
    used_[*found] = true;
    --unused_;
    ++from.next;
    return given({match::kind::recorded, *found});
  }
  if (loops_) {
    return given({match::kind::again, from.at[from.repeats++ % from.at.size()]});
  }
  return given({match::kind::again, from.end.value_or(from.at.back())});
}

/// A link that was given out comes first, then what is polled, then links of an earlier replay.
auto tape_index::lane_for(const seams::request& query, const request_shape& shape) -> lane* {
  const auto key = link_key(query.url);
  const auto link = links_.find(key);
  const auto offered = offers_.find(key);
  if (link != links_.end() && offered != offers_.end() && offered->second.is_out) {
    return &link->second;
  }
  if (const auto found = resources_.find(resource_key(shape)); found != resources_.end()) {
    return &found->second;
  }
  if (link != links_.end()) {
    return &link->second;
  }
  if (shape.onward.empty() || offered != offers_.end()) {
    return nullptr;
  }
  const auto found = continuations_.find(continuation_key(shape));
  return found == continuations_.end() ? nullptr : &found->second;
}

auto tape_index::take(const seams::request& query) -> match {
  const auto shape = shape_of(query);
  if (auto* const found = lane_for(query, shape)) {
    return take_from(*found);
  }
  const auto offered = offers_.find(link_key(query.url));
  if (offered == offers_.end()) {
    return {};
  }
  return offered->second.is_delta ? given({match::kind::again, offered->second.by})
                                  : match{match::kind::cut_off, 0};
}

auto tape_index::first_unused_of(const std::string& host) -> std::optional<std::size_t> {
  const auto found = hosts_.find(host);
  return found == hosts_.end() ? std::nullopt
                               : std::optional<std::size_t>(next_unused(found->second));
}

auto tape_index::closest_to(const seams::request& query) const -> difference {
  const auto shape = shape_of(query);
  auto out = difference();
  const auto try_all = [&](const std::string& key) {
    const auto found = near_.find(key);
    if (found == near_.end()) {
      return false;
    }
    for (const auto index : found->second) {
      auto fields = differences(shape, shape_of(tape_[index].asked));
      if (!out.closest || fields.size() < out.fields.size()) {
        out = {index, std::move(fields)};
      }
    }
    return true;
  };
  for (auto depth = shape.path.size() + 1; depth-- > 0;) {
    if (try_all(path_key(shape, depth))) {
      return out;
    }
  }
  (void)try_all("");
  return out;
}

} // namespace replay
