#pragma once
// What it costs to understand a record: OCSF and triage, against merely parsing it.

namespace bench {

/// One pass each over 10,000, 100,000 and 1,000,000 records of a made tenant: parsing the JSON,
/// normalising to OCSF, and triage to the last case. Prints records per second of processor time
/// without the making of the records, the ratio to parsing, how many cases came of it, and the most
/// memory that the process had until then, of which triage holds nearly all: its facts.
void time_understanding();

} // namespace bench
