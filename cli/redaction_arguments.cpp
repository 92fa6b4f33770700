#include "cli/redaction_arguments.hpp"

#include <CLI/App.hpp>

namespace cli {

void declare_redaction(CLI::App& app, scenarios::recording::redaction_files& typed) {
  app.add_option("--policy", typed.policy, "What to take out, TOML")->type_name("FILE");
  app.add_option("--key", typed.key, "Key of the stand-ins; made if it is not there")
      ->type_name("FILE");
  app.add_option("--known", typed.known, "Secrets, names and addresses, one a line")
      ->type_name("FILE");
}

} // namespace cli
