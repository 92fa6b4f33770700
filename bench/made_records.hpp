#pragma once
// A large tenant's records, made by index, as the services write them.
#include "core/store/store.hpp"

#include <cstdint>

namespace bench {

/// Record `n` of 24 hours of a tenant of 20,000 people that has `count` of them. Ten records tell
/// one story: a mail to three, its link, a click, two sign-ins, mail read twice, and a login; in
/// one story of 200 an alert calls the link malicious. The same `n` gives the same bytes.
auto made_record(std::int64_t n, std::int64_t count) -> core::record;

} // namespace bench
