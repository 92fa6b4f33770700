#pragma once
// Chance for live use: the operating system's, through OpenSSL.
#include "core/seams/choices.hpp"

namespace core::adapters {

class entropy_choices final : public seams::choices {
public:
  auto below(std::uint64_t limit, std::string_view why) -> std::uint64_t override;
};

} // namespace core::adapters
