#include "replay/redact/secret_memory.hpp"

#include "core/seams/letters.hpp"
#include "replay/redact/pseudonyms.hpp"
#include "replay/text/encodings.hpp"

#include <algorithm>

namespace replay {
namespace {

constexpr auto learned_bytes_least = std::size_t{8};
constexpr auto learned_bytes_most = std::size_t{16} << 10U;

/// Letters with digits or signs among them; a word, a sentence, a number or a date is none.
auto looks_chosen(std::string_view text) -> bool {
  const auto letter = std::any_of(text.begin(), text.end(), text::is_letter);
  const auto digit = std::any_of(text.begin(), text.end(), text::is_decimal);
  const auto sign = std::any_of(text.begin(), text.end(), [](char c) {
    return std::string_view("!#$%&*+=?@^~").find(c) != std::string_view::npos;
  });
  const auto spaced = text.find(' ') != text.npos;
  return letter && (digit || sign) && !spaced;
}

} // namespace

void secret_memory::learn(std::string_view secret) {
  const auto usual_size =
      secret.size() >= learned_bytes_least && secret.size() <= learned_bytes_most;
  if (usual_size && all_.size() < learned_most && looks_chosen(secret) &&
      !seams::lower_case(secret.substr(0, stand_in_mark.size())).starts_with(stand_in_mark)) {
    know(secret);
  }
}

void secret_memory::know(std::string_view text) {
  if (text.size() >= text::word_finder::word_bytes_least &&
      there_.insert(seams::lower_case(text)).second) {
    words_.add(text, all_.size());
    all_.emplace_back(text);
  }
}

} // namespace replay
