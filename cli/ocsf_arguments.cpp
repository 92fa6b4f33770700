#include "cli/ocsf_arguments.hpp"

#include "core/clouds.hpp"
#include "core/toml_reading/spell.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace cli {
namespace {

/// OCSF's `cloud.cloud_partition`; the schema names these three. GCC lives in the worldwide cloud.
auto partition_of(std::string_view cloud) -> std::string {
  return cloud == "gcc_high" || cloud == "dod" ? "AzureUSGovernment"
         : cloud == "china"                    ? "AzureChinaCloud"
                                               : "AzureCloud";
}

} // namespace

void declare_ocsf(CLI::App& app, ocsf_arguments& typed) {
  app.add_option("--tenant", typed.tenant, "OCSF: the tenant's id, where records name none")
      ->type_name("ID");
  app.add_option("--cloud", typed.cloud, "OCSF: global, gcc, gcc_high, dod or china")
      ->type_name("CLOUD");
  app.add_flag("--raw", typed.raw, "OCSF: add each record as raw_data");
}

auto ocsf_options_of(const ocsf_arguments& typed) -> parsed<ocsf_options> {
  auto out = ocsf_options{typed.tenant, "", typed.raw};
  if (!typed.cloud) {
    return out;
  }
  if (core::find_cloud(*typed.cloud) == nullptr) {
    const auto names = core::cloud_names();
    return usage_error(fmt::format(
        "--cloud: '{}' is none of {}", *typed.cloud, fmt::join(names.begin(), names.end(), ", ")));
  }
  out.cloud_partition = partition_of(*typed.cloud);
  return out;
}

} // namespace cli
