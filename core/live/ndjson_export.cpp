#include "core/live/ndjson_export.hpp"

#include "core/live/ndjson_line.hpp"

#include <charconv>

namespace core::live {
namespace {

using seams::result;

constexpr auto cursor_name = "export/ndjson";
/// Written and noted together, so that a backlog of any size needs little memory.
constexpr auto batch_bytes = std::size_t{1} << 20U;
/// The largest batch: just under `batch_bytes`, and one record of the size the store takes, in the
/// longest form that a line has for it.
constexpr auto tail_bytes_max = std::size_t{128} << 20U;

auto number_in(std::string_view text) -> std::uint64_t {
  auto out = std::uint64_t{0};
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

/// Positions are "identity offset".
class file_sink final : public line_sink {
public:
  file_sink(std::string path, adapters::append_file file)
      : path_(std::move(path)), file_(std::move(file)) {}

  auto prepare() -> result<void> override {
    if (file_.replaced()) {
      auto fresh = adapters::append_file::open(path_);
      if (!fresh) {
        return fresh.error();
      }
      file_ = std::move(*fresh);
    }
    return {};
  }

  auto append(std::string_view lines) -> result<void> override { return file_.append(lines); }

  auto position() -> result<std::string> override {
    const auto size = file_.size();
    if (!size) {
      return size.error();
    }
    return file_.identity() + " " + std::to_string(*size);
  }

  auto written_since(const std::string& position) -> result<std::string> override {
    const auto blank = position.find(' ');
    const auto size = file_.size();
    if (!size) {
      return size.error();
    }
    if (!file_.plain() || blank == std::string::npos ||
        position.substr(0, blank) != file_.identity()) {
      return std::string();
    }
    const auto offset = number_in(std::string_view(position).substr(blank + 1));
    if (offset >= *size || *size - offset > tail_bytes_max) {
      return std::string();
    }
    auto tail = file_.read(offset, static_cast<std::size_t>(*size - offset));
    if (!tail) {
      return tail.error();
    }
    tail->resize(tail->rfind('\n') + 1); // npos + 1 is 0
    if (const auto done = file_.cut(offset + tail->size()); done.has_error()) {
      return done.error();
    }
    return std::move(*tail);
  }

private:
  std::string path_;
  adapters::append_file file_;
};

class stream_sink final : public line_sink {
public:
  explicit stream_sink(std::function<bool(std::string_view)> write) : write_(std::move(write)) {}

  auto prepare() -> result<void> override { return {}; }
  auto append(std::string_view lines) -> result<void> override {
    if (!write_(lines)) {
      return seams::failure(
          seams::reaction::stop_and_diagnose, "file_unavailable", "standard output takes no more");
    }
    return {};
  }
  auto position() -> result<std::string> override { return std::string(); }
  auto written_since(const std::string&) -> result<std::string> override { return std::string(); }

private:
  std::function<bool(std::string_view)> write_;
};

} // namespace

auto open_file_sink(std::string path) -> result<std::unique_ptr<line_sink>> {
  auto file = adapters::append_file::open(path);
  if (!file) {
    return file.error();
  }
  return std::unique_ptr<line_sink>(std::make_unique<file_sink>(std::move(path), std::move(*file)));
}

auto make_stream_sink(std::function<bool(std::string_view)> write) -> std::unique_ptr<line_sink> {
  return std::make_unique<stream_sink>(std::move(write));
}

auto ndjson_export::begin() -> result<void> {
  const auto cursor = records_.cursor(cursor_name);
  if (!cursor) {
    return cursor.error();
  }
  if (!*cursor) {
    return {};
  }
  const auto& text = **cursor;
  const auto blank = text.find(' ');
  last_ = static_cast<std::int64_t>(number_in(text));
  noted_ = blank == std::string::npos ? "" : text.substr(blank + 1);
  const auto written = sink_->written_since(*noted_);
  if (!written) {
    return written.error();
  }
  return skip_written(*written);
}

auto ndjson_export::skip_written(std::string_view lines) -> result<void> {
  auto wanted = record_query();
  wanted.after = last_;
  return records_.read(wanted, [&](const stored_record& one) {
    const auto line = lines.empty() ? std::string() : ndjson_line(one);
    if (line.empty() || !lines.starts_with(line)) {
      return false;
    }
    lines.remove_prefix(line.size());
    last_ = one.arrival;
    return true;
  });
}

auto ndjson_export::next_batch() -> result<batch> {
  auto out = batch();
  auto wanted = record_query();
  wanted.after = last_;
  const auto done = records_.read(wanted, [&](const stored_record& one) {
    out.lines += ndjson_line(one);
    out.last = one.arrival;
    return out.lines.size() < batch_bytes;
  });
  if (done.has_error()) {
    return done.error();
  }
  return out;
}

auto ndjson_export::catch_up(seams::instant now) -> result<void> {
  for (;;) {
    const auto next = next_batch();
    if (!next) {
      return next.error();
    }
    if (next->last == 0) {
      return {};
    }
    if (const auto done = write(*next, now); done.has_error()) {
      return done;
    }
  }
}

auto ndjson_export::write(const batch& next, seams::instant now) -> result<void> {
  if (const auto done = sink_->prepare(); done.has_error()) {
    return done;
  }
  const auto here = sink_->position();
  if (!here) {
    return here.error();
  }
  if (noted_ != *here) {
    if (const auto done = note(last_, now); done.has_error()) {
      return done;
    }
  }
  if (const auto done = sink_->append(next.lines); done.has_error()) {
    return done;
  }
  last_ = next.last;
  return note(last_, now);
}

auto ndjson_export::note(std::int64_t last, seams::instant now) -> result<void> {
  const auto position = sink_->position();
  if (!position) {
    return position.error();
  }
  auto step = commit();
  step.feed = cursor_name;
  step.cursor = std::to_string(last) + " " + *position;
  step.now = now;
  const auto done = records_.apply(step);
  if (!done) {
    return done.error();
  }
  noted_ = *position;
  return {};
}

} // namespace core::live
