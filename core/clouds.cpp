#include "core/clouds.hpp"

#include <algorithm>

namespace core {
namespace {

auto same(const std::string& root) -> service {
  return {root, root};
}

auto worldwide() -> cloud {
  return {"global",
          "https://login.microsoftonline.com",
          same("https://graph.microsoft.com"),
          same("https://manage.office.com"),
          same("https://outlook.office365.com"),
          {"https://portal.cloudappsecurity.com", "05a65629-4c1b-48c1-a78b-804c4abdd4af"},
          same("https://management.azure.com")};
}

} // namespace

auto clouds() -> std::span<const cloud> {
  static const auto table = std::array{worldwide()};
  return table;
}

auto find_cloud(std::string_view name) -> const cloud* {
  const auto all = clouds();
  const auto found = std::ranges::find(all, name, &cloud::name);
  return found == all.end() ? nullptr : &*found;
}

} // namespace core
