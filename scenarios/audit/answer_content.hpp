#pragma once
// What an answer gave its client, read from the bytes that left: records by name, blobs, next page.
#include "core/seams/http.hpp"
#include "mock_graph/ledger/fingerprint.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace scenarios::audit {

/// One record, by the harness's own name for it (`run::identify`) under each feed that it may be
/// of.
struct carried_record {
  mock_graph::fingerprint name;  ///< feed, key, and version if the client selected it
  mock_graph::fingerprint bytes; ///< less what the ledger leaves out of its digests
};

struct answer_content {
  std::vector<carried_record> records;
  std::vector<std::string> blobs; ///< content ids that a list of the Management API names
  std::string next;               ///< link to the next page, "" where there is none
};

/// Reads a whole answer. `route` as the mock's journal names it, `url` as it was asked for. Nothing
/// but a 200 whose body is as the API writes it carries anything.
auto content_of(std::string_view route, const std::string& url, const seams::response& answer)
    -> answer_content;

} // namespace scenarios::audit
