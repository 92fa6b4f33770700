#pragma once
// What redaction needs from files: the policy, the key of its stand-ins, what is known to be
// secret, and the mock's key that tokens are issued with anew.
#include "mock_graph/login/keys.hpp"
#include "replay/redact/policy.hpp"
#include "replay/redact/text_redactor.hpp"

#include <iosfwd>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace scenarios::recording {

/// Files that a user names; "" = none.
struct redaction_files {
  std::string policy; ///< TOML; none: the defaults, which take out all that could name anybody
  std::string key;    ///< of the stand-ins; none: a key that nobody will have again
  std::string known;  ///< secrets, names and addresses, one a line, that must not be left
};

struct redaction_setup {
  replay::redaction_policy policy;
  std::string key;
  std::vector<std::string> known;
  std::shared_ptr<replay::secret_memory> memory; ///< knows those, and learns more
};

/// Reads them. A key file that is not there is made, readable by its owner only, and told on `err`.
/// What is wrong is told on `err` after `speaker` ("offtenant scrub"); then an exit code: 2 (a file
/// is wrong or not there) or 3 (a key cannot be written).
auto set_up_redaction(const redaction_files& files, const std::string& speaker, std::ostream& err)
    -> std::variant<redaction_setup, int>;

/// Issues tokens with `key`, which outlives it, in RS256 and with the claims' own bytes. The same
/// claims give the same token.
auto issue_with(const mock_graph::login::signing_key& key) -> replay::token_signer;

} // namespace scenarios::recording
