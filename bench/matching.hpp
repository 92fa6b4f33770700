#pragma once
// What finding the recorded answer to a request costs, on short and on long tapes.

namespace bench {

/// Tapes of 10 to 100,000 exchanges: polls of a list with a moving window, each with a second page,
/// and content blobs, each asked for once. Prints the microseconds that a request takes, which are
/// to stay flat, those of one that fits nothing, and the time to index the tape.
void time_matching();

} // namespace bench
