#pragma once
// What this process cost so far.

namespace bench {

auto processor_seconds() -> double;
/// The most memory that it ever had.
auto peak_megabytes() -> long;

} // namespace bench
