#pragma once
// Exports what the store takes as lines of JSON, each once, whatever dies when.
#include "core/adapters/files/append_file.hpp"
#include "core/store/store.hpp"

#include <functional>
#include <memory>

namespace core::live {

/// Where lines go.
class line_sink {
public:
  virtual ~line_sink() = default;

  /// To be called before `position` and `append`: finds out whether lines go elsewhere by now.
  virtual auto prepare() -> seams::result<void> = 0;
  /// All of `lines` is out, and safe from a crash as far as the sink can say, when this succeeds.
  virtual auto append(std::string_view lines) -> seams::result<void> = 0;
  /// A text for `written_since`: where the next line will stand.
  virtual auto position() -> seams::result<std::string> = 0;
  /// The whole lines that stand behind `position`, which an earlier process noted; a line that was
  /// cut short is removed. "" if the sink cannot tell.
  virtual auto written_since(const std::string& position) -> seams::result<std::string> = 0;
};

/// Lines into the file at `path`, which is made if there is none, opened anew once somebody has
/// moved it away, and synced after each append.
auto open_file_sink(std::string path) -> seams::result<std::unique_ptr<line_sink>>;

/// Lines to whoever takes texts; `write` says whether it could. Cannot tell what it wrote before a
/// crash, so the last lines may be repeated then.
auto make_stream_sink(std::function<bool(std::string_view)> write) -> std::unique_ptr<line_sink>;

/// Writes the records that arrived in the store after the last one written, in that order. How far
/// it came stands in the store, as the cursor of the feed "export/ndjson", and moves after the
/// lines are out: nothing is lost. Lines that are out and not yet noted are recognised by their
/// bytes when the export begins: nothing is doubled. For that, a file is noted before its first
/// line.
class ndjson_export {
public:
  /// `records` outlives the export.
  ndjson_export(store& records, std::unique_ptr<line_sink> sink)
      : records_(records), sink_(std::move(sink)) {}

  /// Finds the place where an earlier process stopped; call once, first.
  auto begin() -> seams::result<void>;
  /// Writes everything new. `now` is noted with the cursor.
  auto catch_up(seams::instant now) -> seams::result<void>;

private:
  struct batch {
    std::string lines;
    std::int64_t last = 0; ///< arrival of the last record in it; 0 = there is none
  };

  auto write(const batch& next, seams::instant now) -> seams::result<void>;
  auto next_batch() -> seams::result<batch>;
  auto skip_written(std::string_view lines) -> seams::result<void>;
  auto note(std::int64_t last, seams::instant now) -> seams::result<void>;

  store& records_;
  std::unique_ptr<line_sink> sink_;
  std::int64_t last_ = 0;
  std::optional<std::string> noted_; ///< the position that stands in the store
};

} // namespace core::live
