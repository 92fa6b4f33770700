#pragma once
// The clouds a tenant can live in, with the hosts and audiences of each, as data.
#include "core/config.hpp"

#include <span>
#include <string>
#include <string_view>

namespace core {

/// Every cloud, the worldwide one first.
auto clouds() -> std::span<const cloud>;

/// Their names, in the same order.
auto cloud_names() -> std::span<const std::string>;

/// The cloud of that name ("global", "gcc", "gcc_high", "dod", "china"), or null.
auto find_cloud(std::string_view name) -> const cloud*;

} // namespace core
