#pragma once
// Keys for tests of credentials; made once per test program.
#include "core/auth/self_signed.hpp"

#include <chrono>

namespace auth_tests {

constexpr auto passphrase = "correct horse";

inline auto now() -> seams::instant {
  return seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} +
         std::chrono::hours{8};
}

inline auto fresh_pair(const std::string& name, const std::string& secret = passphrase)
    -> core::auth::new_pair {
  return core::auth::make_self_signed({name, now(), now() + std::chrono::days{90}, 2048, secret})
      .value();
}

inline auto the_pair() -> const core::auth::new_pair& {
  static const auto made = fresh_pair("connector");
  return made;
}

} // namespace auth_tests
