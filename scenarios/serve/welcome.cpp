#include "scenarios/serve/welcome.hpp"

#include <nlohmann/json.hpp>

#include <ostream>

namespace scenarios::serve {

void print_facts(const model::scenario& what, const whereabouts& at, std::ostream& out) {
  const auto& app = what.standing.applications.front();
  auto facts = nlohmann::ordered_json();
  facts["scenario"] = what.name;
  facts["address"] = at.address;
  facts["ca_file"] = at.root_file;
  facts["tenant_id"] = what.standing.tenant_id;
  facts["domain"] = what.standing.domain;
  facts["client_id"] = app.client_id;
  facts["client_secrets"] = nlohmann::ordered_json::array();
  for (const auto& secret : app.secrets) {
    facts["client_secrets"].push_back({{"name", secret.name}, {"value", secret.value}});
  }
  facts["start"] = seams::to_rfc3339(what.standing.start);
  facts["config"] = at.config;
  facts["control"] = at.control;
  out << facts.dump() << std::endl;
}

void print_exports(const std::string& address, const std::string& root_file, std::ostream& out) {
  out << "export HTTPS_PROXY=http://" << address << "\n"
      << "export SSL_CERT_FILE='" << root_file << "'        # OpenSSL, Go\n"
      << "export REQUESTS_CA_BUNDLE='" << root_file << "'   # Python requests\n"
      << "export NODE_EXTRA_CA_CERTS='" << root_file << "'  # Node.js\n"
      << "# Java: keytool -importcert -noprompt -alias offtenant -file '" << root_file
      << "' -keystore offtenant.jks -storepass offtenant\n\n"
      << "Without a proxy: https://" << address << "/graph.microsoft.com/v1.0/... or the"
      << " real host names resolved to this address.\n\n";
}

void print_for_people(const model::scenario& what, const whereabouts& at, std::ostream& out) {
  const auto& state = what.standing;
  out << "The tenant of " << what.name << " is at " << at.address << ", from "
      << seams::to_rfc3339(state.start) << " on.\n\n";
  print_exports(at.address, at.root_file, out);
  out << "tenant_id      " << state.tenant_id << "  (" << state.domain << ")\n"
      << "client_id      " << state.applications.front().client_id << "\n";
  for (const auto& secret : state.applications.front().secrets) {
    out << "client_secret  " << secret.value << "  (" << secret.name << ")\n";
  }
  if (!at.config.empty()) {
    out << "\nofftenant check '" << at.config << "'\n";
  }
  if (!at.control.empty()) {
    out << "\ncontrol        http://" << at.control << "/\n";
  }
  out << std::endl;
}

} // namespace scenarios::serve
