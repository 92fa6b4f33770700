#pragma once
// What a stand-in keeps between starts: the root that clients trust and the key that signs tokens.
#include "mock_graph/login/keys.hpp"
#include "mock_graph/wire/authority.hpp"

#include <string>

namespace scenarios::serve {

struct kept_keys {
  mock_graph::login::signing_key signing;
  mock_graph::wire::root_pair root;
  std::string root_file; ///< the root certificate, for clients to trust
};

/// Reads the keys in `folder`, which is made if it is not there; makes and writes those that are
/// missing, readable by the owner only. Fails with code "state_unwritable" or "state_damaged".
auto open_state(const std::string& folder) -> seams::result<kept_keys>;

/// Writes a file of that folder anew, readable by the owner only. Gives back its path from the root
/// on; fails with "state_unwritable".
auto write_state(const std::string& folder, const std::string& name, const std::string& text)
    -> seams::result<std::string>;

} // namespace scenarios::serve
