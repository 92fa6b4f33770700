#include "core/ocsf/schema.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

auto named(std::span<const attribute> rows, std::string_view name) -> const attribute* {
  const auto found = std::ranges::find_if(rows, [&](const attribute& one) {
    return one.name == name || (!one.sibling.empty() && one.sibling == name);
  });
  return found == rows.end() ? nullptr : &*found;
}

} // namespace

auto find_attribute(const object_description& of, std::string_view name) -> const attribute* {
  return named(of.attributes, name);
}

auto find_attribute(const class_description& of, std::string_view name) -> const attribute* {
  const auto* own = named(of.attributes, name);
  return own != nullptr ? own : named(shared_attributes(), name);
}

auto caption_of(std::span<const caption> values, int id) -> std::string_view {
  const auto found = std::ranges::find(values, id, &caption::id);
  return found == values.end() ? std::string_view() : found->text;
}

auto observable_type(const attribute& of) -> int {
  if (of.observable != 0) {
    return of.observable;
  }
  switch (of.what) {
  case kind::host:
    return 1;
  case kind::ip:
    return 2;
  case kind::mac:
    return 3;
  case kind::user_name:
    return 4;
  case kind::address:
    return 5;
  case kind::url:
    return 6;
  case kind::file_name:
    return 7;
  case kind::hash:
    return 8;
  case kind::process_name:
    return 9;
  case kind::resource_uid:
    return 10;
  case kind::file_path:
    return 45;
  default:
    return 0;
  }
}

} // namespace core::ocsf
