#include "core/json/canonical.hpp"

#include "core/json/slice.hpp"

#include <algorithm>
#include <vector>

namespace core::json {
namespace {

/// Depth is bounded by the check that the text went through.
void append_canonical(std::string_view value, std::string& out) {
  const auto text = body(value);
  switch (kind_of(text)) {
  case kind::object: {
    auto members = std::vector<member_slice>();
    for_each_member(text, [&](std::string_view name, std::string_view inner) {
      members.push_back({name, inner});
    });
    std::ranges::stable_sort(members, {}, &member_slice::name_raw);
    out += '{';
    for (const auto& one : members) {
      out += out.back() == '{' ? "\"" : ",\"";
      out.append(one.name_raw).append("\":");
      append_canonical(one.value, out);
    }
    out += '}';
    break;
  }
  case kind::array:
    out += '[';
    for_each_element(text, [&](std::string_view inner) {
      out += out.back() == '[' ? "" : ",";
      append_canonical(inner, out);
    });
    out += ']';
    break;
  default:
    out += text;
    break;
  }
}

} // namespace

auto canonical(std::string_view value) -> std::string {
  auto out = std::string();
  out.reserve(value.size());
  append_canonical(value, out);
  return out;
}

} // namespace core::json
