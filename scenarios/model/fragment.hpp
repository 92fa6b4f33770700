#pragma once
// A piece of a scenario file that comes while the scenario runs: more events, more faults.
#include "scenarios/model/scenario.hpp"

namespace scenarios::model {

/// What a piece adds. Empty exactly when `wrong` is not.
struct fragment {
  std::vector<mock_graph::tenant::event> events;
  std::vector<mock_graph::faults::fault> faults;
  std::vector<diagnostic> wrong; ///< places are those in the piece
};

/// Reads pieces of one running scenario. What a piece says may name what the scenario and earlier
/// pieces have.
class fragment_reader {
public:
  /// `text` of the scenario as it was loaded from `path`, laid at `start`.
  fragment_reader(std::string text, std::string path, seams::instant start)
      : text_(std::move(text)), path_(std::move(path)), start_(start) {}

  /// `piece` is TOML with tables of events and faults, and nothing else; `at = "now"` means `now`,
  /// any other offset counts from the start of the scenario. Word-for-word records are not taken.
  auto read(const std::string& piece, seams::instant now) -> fragment;

private:
  std::string text_;
  std::string path_;
  seams::instant start_;
};

/// The same piece written as JSON, {"click": [{"user": "dana"}]}, in TOML; an event without `at`
/// happens now. Nothing for what is no JSON object of tables.
auto fragment_from_json(std::string_view text, std::string_view otherwise_at)
    -> std::optional<std::string>;

} // namespace scenarios::model
