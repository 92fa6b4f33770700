#include "scenarios/run/text_search.hpp"

#include <algorithm>

namespace scenarios::run {
namespace {

auto pair_of(char first, char second) -> std::size_t {
  return static_cast<std::size_t>(static_cast<unsigned char>(first)) * 256 +
         static_cast<unsigned char>(second);
}

} // namespace

text_search::text_search(std::vector<std::string> wanted)
    : wanted_(std::move(wanted)), found_(wanted_.size(), false) {
  for (auto which = std::size_t{0}; which < wanted_.size(); ++which) {
    const auto& text = wanted_[which];
    if (text.empty()) {
      continue;
    }
    longest_ = std::max(longest_, text.size());
    by_first_[static_cast<unsigned char>(text[0])].push_back(which);
    for (auto second = 0; second < 256; ++second) {
      const auto any = static_cast<char>(second);
      if (text.size() == 1 || text[1] == any) {
        openings_.set(pair_of(text[0], any));
      }
    }
  }
}

void text_search::look_at(std::string_view piece) {
  if (longest_ == 0) {
    return;
  }
  const auto join = std::min(piece.size(), longest_ - 1);
  carried_ += piece.substr(0, join);
  look_through(carried_);
  look_through(piece);
  const auto keep = longest_ - 1;
  if (piece.size() >= keep) {
    carried_ = piece.substr(piece.size() - keep);
  } else {
    carried_.erase(0, carried_.size() > keep ? carried_.size() - keep : 0);
  }
}

void text_search::look_through(std::string_view bytes) {
  for (auto at = std::size_t{0}; at < bytes.size(); ++at) {
    const auto second = at + 1 < bytes.size() ? bytes[at + 1] : '\0';
    if (at + 1 < bytes.size() && !openings_.test(pair_of(bytes[at], second))) {
      continue;
    }
    for (const auto which : by_first_[static_cast<unsigned char>(bytes[at])]) {
      found_[which] = found_[which] || bytes.substr(at).starts_with(wanted_[which]);
    }
  }
}

} // namespace scenarios::run
