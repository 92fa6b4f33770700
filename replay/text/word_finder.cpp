#include "replay/text/word_finder.hpp"

#include "core/seams/letters.hpp"

#include <array>

namespace replay::text {
namespace {

constexpr auto lower_bytes = [] {
  auto out = std::array<unsigned char, 256>();
  for (auto i = std::size_t{0}; i < out.size(); ++i) {
    out[i] = static_cast<unsigned char>(i >= 'A' && i <= 'Z' ? i + 32 : i);
  }
  return out;
}();

auto lower_byte(char c) -> unsigned char {
  return lower_bytes[static_cast<unsigned char>(c)];
}

constexpr auto slots = std::size_t{1} << 16U;

auto slot_of(std::uint32_t start) -> std::size_t {
  return (start * 2654435761U) >> 16U;
}

auto start_of(std::string_view word) -> std::uint32_t {
  auto out = std::uint32_t{0};
  for (const auto c : word.substr(0, word_finder::word_bytes_least)) {
    out = (out << 8U) | lower_byte(c);
  }
  return out;
}

auto follows_lower(std::string_view text, std::size_t from, std::string_view lower) -> bool {
  if (text.size() - from < lower.size()) {
    return false;
  }
  for (auto i = std::size_t{0}; i < lower.size(); ++i) {
    if (lower_byte(text[from + i]) != static_cast<unsigned char>(lower[i])) {
      return false;
    }
  }
  return true;
}

} // namespace

void word_finder::add(std::string_view word, std::size_t tag) {
  if (word.size() < word_bytes_least) {
    return;
  }
  may_start_.resize(slots);
  const auto start = start_of(word);
  may_start_[slot_of(start)] = true;
  by_start_[start].push_back(words_.size());
  words_.push_back({seams::lower_case(word), tag});
}

auto word_finder::next(std::string_view text, std::size_t from) const -> std::optional<hit> {
  if (words_.empty() || text.size() < from + word_bytes_least) {
    return std::nullopt;
  }
  auto start = start_of(text.substr(from)) >> 8U;
  for (auto last = from + word_bytes_least - 1; last < text.size(); ++last) {
    start = (start << 8U) | lower_byte(text[last]);
    if (!may_start_[slot_of(start)]) {
      continue;
    }
    if (auto found = longest_at(text, last + 1 - word_bytes_least, start)) {
      return found;
    }
  }
  return std::nullopt;
}

auto word_finder::longest_at(std::string_view text, std::size_t begin, std::uint32_t start) const
    -> std::optional<hit> {
  const auto there = by_start_.find(start);
  auto out = std::optional<hit>();
  if (there == by_start_.end()) {
    return out;
  }
  for (const auto which : there->second) {
    const auto& one = words_[which];
    const auto end = begin + one.lower.size();
    if ((!out || end > out->end) && follows_lower(text, begin, one.lower)) {
      out = hit{begin, end, one.tag};
    }
  }
  return out;
}

} // namespace replay::text
