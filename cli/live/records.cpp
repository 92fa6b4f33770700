#include "cli/exit_code.hpp"
#include "cli/live/ocsf_lines.hpp"
#include "cli/live/work.hpp"
#include "core/adapters/socket/system_clock.hpp"
#include "core/live/health_line.hpp"
#include "core/live/ndjson_line.hpp"
#include "core/store/sqlite_store.hpp"

#include <fmt/format.h>

#include <ostream>

namespace cli {
namespace {

constexpr auto row_form = "{:<24}  {:<24}  {:>8}  {}\n";

void print_row(const core::stored_record& one, std::ostream& out) {
  const auto at = one.what.event_time.value_or(one.received_at);
  out << fmt::format(
      row_form,
      seams::to_rfc3339(std::chrono::floor<std::chrono::milliseconds>(at)),
      one.what.connector_type,
      one.what.raw.size(),
      core::live::on_one_line(one.what.key +
                              (one.what.version.empty() ? "" : "  (" + one.what.version + ")")));
}

void print(const core::stored_record& one, record_format format, std::ostream& out) {
  switch (format) {
  case record_format::table:
    print_row(one, out);
    return;
  case record_format::ndjson:
    out << core::live::ndjson_line(one);
    return;
  case record_format::raw:
    out << one.what.raw << '\n';
    return;
  case record_format::ocsf:
    return; // see ocsf_writer
  }
}

/// Records come in order of feed, key and version, so what came before tells first from later.
class ocsf_writer {
public:
  explicit ocsf_writer(const ocsf_options& options) : around_(context_of(options)) {}

  void see(const core::stored_record& one) {
    const auto id = one.what.feed + '\n' + one.what.key;
    around_.seen_before = id == last_;
    last_ = id;
    around_.received_at = one.received_at;
    around_.key = one.what.key;
    around_.version = one.what.version;
  }
  void print(const core::stored_record& one, std::ostream& out, std::ostream& err) const {
    write_events(core::ocsf::normalize(one.what.feed, one.what.raw, around_),
                 one.what.feed + " " + core::live::on_one_line(one.what.key),
                 out,
                 err);
  }

private:
  core::ocsf::context around_;
  std::string last_;
};

auto resolved(const records_options& options) -> core::live::record_filter {
  const auto now = core::adapters::system_clock().wall();
  auto out = options.filter;
  if (options.since_ago) {
    out.since = now - *options.since_ago;
  }
  if (options.until_ago) {
    out.until = now - *options.until_ago;
  }
  return out;
}

} // namespace

auto list_records(const records_options& options,
                  std::ostream& out,
                  std::ostream& err,
                  const std::atomic<bool>& interrupted) -> int {
  auto how = core::sqlite_store_options();
  how.read_only = true;
  const auto opened = core::open_sqlite_store(options.store, "", how);
  if (!opened) {
    err << "offtenant records: " << options.store << ": " << opened.error().why << '\n';
    return exit_environment;
  }
  const auto filter = resolved(options);
  const auto head = options.format == record_format::table && !options.count;
  auto events = ocsf_writer(options.ocsf);
  auto found = std::uint64_t{0};
  if (head) {
    out << fmt::format(row_form, "TIME", "TYPE", "BYTES", "KEY");
  }
  const auto read =
      (*opened)->read(core::live::query_of(filter), [&](const core::stored_record& one) {
        if (options.limit && found == *options.limit) {
          return false;
        }
        events.see(one);
        if (core::live::matches(filter, one)) {
          ++found;
          if (!options.count && options.format == record_format::ocsf) {
            events.print(one, out, err);
          } else if (!options.count) {
            print(one, options.format, out);
          }
        }
        return !interrupted && static_cast<bool>(out);
      });
  if (read.has_error()) {
    err << "offtenant records: " << options.store << ": " << read.error().why << '\n';
    return exit_environment;
  }
  if (options.count) {
    out << found << '\n';
  }
  return interrupted ? exit_interrupted : exit_held;
}

} // namespace cli
