#pragma once
// What a client must know to talk to a stand-in: printed at the start.
#include "scenarios/model/scenario.hpp"

#include <iosfwd>
#include <string>

namespace scenarios::serve {

/// Where the parts of a running stand-in are.
struct whereabouts {
  std::string address;   ///< "127.0.0.1:8443"
  std::string root_file; ///< the root certificate
  std::string config;    ///< of the own connector, "" if the app has no secret
  std::string control;   ///< "127.0.0.1:9000" of the control API, "" without one
};

/// What a client needs to go through the proxy at `address`, whose root is in `root_file`: the
/// variables to export, and how to do without a proxy.
void print_exports(const std::string& address, const std::string& root_file, std::ostream& out);

/// As one line of JSON, for programs.
void print_facts(const model::scenario& what, const whereabouts& at, std::ostream& out);
/// The variables to export, and the credentials that the scenario grants.
void print_for_people(const model::scenario& what, const whereabouts& at, std::ostream& out);

} // namespace scenarios::serve
