#pragma once
// What is taken out of recorded traffic; the defaults take out all that could name anybody.
#include <string>
#include <vector>

namespace replay {

/// Secrets, tokens, keys and cookies are taken out whatever a policy says. Names of fields compare
/// without regard to case.
struct redaction_policy {
  std::string name = "default";
  bool people = true;    ///< names of persons, accounts and devices; mail addresses
  bool domains = true;   ///< host names and domains that are not Microsoft's; tenant names
  bool ids = true;       ///< tenant, object and other GUIDs, security identifiers
  bool addresses = true; ///< IP and MAC addresses
  bool free_text = true; ///< subjects, comments, file names, what people wrote
  bool unknown = true;   ///< text in fields that offtenant does not know
  std::vector<std::string> keep_fields;   ///< their text stays, less what looks like a name or key
  std::vector<std::string> secret_fields; ///< their values are taken out whole
  std::vector<std::string> text_fields;   ///< what people wrote
  std::vector<std::string> keep_domains;  ///< these and what lies below them stay
  std::vector<std::string> keep_ids;      ///< GUIDs that stay
};

} // namespace replay
