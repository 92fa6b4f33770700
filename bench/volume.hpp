#pragma once
// What a record costs in a small world and in a big one.
#include "mock_graph/login/keys.hpp"

namespace bench {

/// One world of 24 virtual hours each for 10,000, 100,000 and 1,000,000 records, half of them
/// clicks that are hunted for and half audit records, judged to the end. Prints microseconds of
/// processor time per record, which are to stay flat, and the most memory that the process had
/// until then. What grows with the records is the harness: some 100 bytes for each in the ledger
/// and in the comparison; the database lies on a RAM disk that spills into a file.
void time_volume(const mock_graph::login::signing_key& signing);

} // namespace bench
