#pragma once
// The config of offtenant's own connector for a tenant that is served.
#include "scenarios/model/scenario.hpp"

#include <string>

namespace scenarios::serve {

/// What `offtenant connect` and `check` take as it is: the scenario's feeds and app, base URLs at
/// `address` ("127.0.0.1:8443"), the root in `root_file` to be believed. The credential is the
/// app's first secret, to be read from `secret_file`; store and export stand beside the config.
auto sample_config(const model::scenario& what,
                   const std::string& address,
                   const std::string& root_file,
                   const std::string& secret_file) -> std::string;

} // namespace scenarios::serve
