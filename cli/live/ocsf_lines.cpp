#include "cli/live/ocsf_lines.hpp"

#include "core/live/health_line.hpp"
#include "core/ocsf/document.hpp"

#include <ostream>

namespace cli {

auto context_of(const ocsf_options& options) -> core::ocsf::context {
  auto out = core::ocsf::context();
  out.tenant_id = options.tenant;
  out.cloud_partition = options.cloud_partition;
  out.with_raw = options.with_raw;
  return out;
}

void write_events(const core::ocsf::outcome& what,
                  const std::string& where,
                  std::ostream& out,
                  std::ostream& err) {
  for (const auto& event : what.events) {
    out << core::ocsf::to_line(event) << '\n';
  }
  if (what.events.empty()) {
    err << where << ": unknown: " << core::live::on_one_line(what.unknown) << '\n';
  }
  for (const auto& note : what.drift) {
    err << where << ": schema_drift: " << core::live::on_one_line(note) << '\n';
  }
}

} // namespace cli
