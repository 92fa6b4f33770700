#include "scenarios/recording/tape.hpp"

#include "replay/cassette/cassette_text.hpp"
#include "scenarios/recording/findings.hpp"
#include "scenarios/recording/url_filter.hpp"

namespace scenarios::recording {

tape::tape(tapes::disk_cassette& disk,
           const replay::text_redactor& with,
           tape_options options,
           std::function<void(const std::string& what)> tell)
    : disk_(disk), with_(with), options_(std::move(options)), tell_(std::move(tell)),
      writer_(disk) {}

auto tape::begin(seams::instant base) -> seams::result<void> {
  base_ = base;
  auto head = replay::cassette_head();
  head.created_by = program_name();
  head.base = base;
  head.policy = replay::policy_mark(with_.policy());
  return writer_.begin(head);
}

void tape::add(const replay::exchange& what) {
  if (ended_) {
    ++counts_.beyond;
    return;
  }
  auto bare = replay::redacted(what, with_);
  if (!is_wanted(what.asked.url, options_.filters)) {
    ++counts_.filtered;
    return;
  }
  if (!fits(bare)) {
    ++counts_.beyond;
    stop("the recording has reached its " + std::to_string(options_.bytes_max) + " bytes");
    return;
  }
  if (const auto done = writer_.add(std::move(bare)); !done) {
    ++counts_.beyond;
    failed_ = true;
    stop(done.error().why);
    return;
  }
  ++counts_.recorded;
}

auto tape::fits(const replay::exchange& what) const -> bool {
  if (options_.bytes_max == 0) {
    return true;
  }
  auto bytes = disk_.bytes() + replay::to_line(what).size();
  for (const auto& body : {what.asked.body, what.answered.body}) {
    bytes += replay::stands_inline(body) ? 0 : body.size();
  }
  return bytes <= options_.bytes_max;
}

void tape::stop(const std::string& why) {
  ended_ = true;
  tell_(why + "; nothing more is recorded, requests are still forwarded");
}

} // namespace scenarios::recording
