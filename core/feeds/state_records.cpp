#include "core/feeds/state_records.hpp"

#include "core/json/slice.hpp"

#include <algorithm>
#include <charconv>

namespace core::feeds {
namespace {

/// Versions sort as text.
auto counted(std::uint64_t number) -> std::string {
  auto digits = std::to_string(number);
  return std::string(10 - std::min<std::size_t>(digits.size(), 10), '0') + digits;
}

auto count_in(const std::string& version) -> std::uint64_t {
  auto out = std::uint64_t{0};
  (void)std::from_chars(version.data(), version.data() + version.size(), out);
  return out;
}

auto absence_of(const std::string& key) -> std::string {
  auto quoted = std::string();
  for (const auto c : key) {
    quoted += c == '"' || c == '\\' ? "\\" : "";
    quoted += c;
  }
  return R"({"id":")" + quoted + R"(","@removed":{"reason":"absent"}})";
}

} // namespace

auto is_removal(std::string_view item) -> bool {
  return json::member(item, "@removed").has_value();
}

auto state_records::newest_of(const std::string& key) -> seams::result<newest> {
  auto wanted = record_query();
  wanted.feed = facts_.name;
  wanted.key = key;
  auto out = newest();
  const auto done = records_.read(wanted, [&](const stored_record& one) {
    out = {count_in(one.what.version), one.what.raw};
    return true;
  });
  return done ? seams::result<newest>(std::move(out)) : seams::result<newest>(done.error());
}

auto state_records::add(const std::string& key,
                        std::string raw,
                        std::vector<std::string> cuts,
                        commit& step) -> seams::result<void> {
  auto found = known_.find(key);
  if (found == known_.end()) {
    auto stored = newest_of(key);
    if (!stored) {
      return stored.error();
    }
    found = known_.emplace(key, std::move(*stored)).first;
  }
  if (found->second.raw != raw) {
    append(key, std::move(raw), std::move(cuts), found->second, step);
  }
  return {};
}

auto state_records::add_absent(const std::set<std::string>& seen, commit& step)
    -> seams::result<void> {
  /// Of each thing: its newest version, and whether that is a removal.
  auto stored = std::map<std::string, std::pair<std::uint64_t, bool>>();
  auto wanted = record_query();
  wanted.feed = facts_.name;
  const auto done = records_.read(wanted, [&](const stored_record& one) {
    stored[one.what.key] = {count_in(one.what.version), is_removal(one.what.raw)};
    return true;
  });
  if (!done) {
    return done;
  }
  for (const auto& [key, version] : stored) {
    if (!version.second && !seen.contains(key) && !known_.contains(key)) {
      auto last = newest{version.first, {}};
      append(key, absence_of(key), {}, last, step);
    }
  }
  return {};
}

void state_records::append(const std::string& key,
                           std::string raw,
                           std::vector<std::string> cuts,
                           newest& last,
                           commit& step) const {
  auto one = record();
  one.feed = facts_.name;
  one.connector_type = facts_.connector_type;
  one.key = key;
  one.version = counted(++last.number);
  one.cuts = std::move(cuts);
  last.raw = raw;
  one.raw = std::move(raw);
  step.records.push_back(std::move(one));
}

} // namespace core::feeds
