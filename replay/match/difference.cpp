#include "replay/match/difference.hpp"

#include <algorithm>

namespace replay {
namespace {

constexpr auto shown_max = std::size_t{160};
constexpr auto lines_max = std::size_t{40};

auto quoted(const std::string& value) -> std::string {
  return value.size() <= shown_max ? "'" + value + "'" : "'" + value.substr(0, shown_max) + "...'";
}

void compare(const std::string& what,
             const std::string* asked,
             const std::string* recorded,
             std::vector<std::string>& out) {
  if (out.size() >= lines_max || (asked != nullptr && recorded != nullptr && *asked == *recorded)) {
    return;
  }
  out.push_back(what + ": " +
                (asked == nullptr ? std::string("not asked") : "asked " + quoted(*asked)) + ", " +
                (recorded == nullptr ? "not recorded" : "recorded " + quoted(*recorded)));
}

/// Both are sorted by name.
void compare_fields(const std::string& what,
                    const std::vector<request_field>& asked,
                    const std::vector<request_field>& recorded,
                    std::vector<std::string>& out) {
  auto left = asked.begin();
  auto right = recorded.begin();
  while (left != asked.end() || right != recorded.end()) {
    const auto only_left =
        right == recorded.end() || (left != asked.end() && left->name < right->name);
    const auto only_right =
        left == asked.end() || (right != recorded.end() && right->name < left->name);
    const auto& name = only_right ? right->name : left->name;
    compare(name.empty() ? what : what + " " + name,
            only_right ? nullptr : &left->value,
            only_left ? nullptr : &right->value,
            out);
    left += only_right ? 0 : 1;
    right += only_left ? 0 : 1;
  }
}

} // namespace

auto differences(const request_shape& asked, const request_shape& recorded)
    -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  compare("method", &asked.method, &recorded.method, out);
  compare("host", &asked.host, &recorded.host, out);
  const auto length = std::max(asked.path.size(), recorded.path.size());
  for (auto i = std::size_t{0}; i < length; ++i) {
    compare("path segment " + std::to_string(i + 1),
            i < asked.path.size() ? &asked.path[i] : nullptr,
            i < recorded.path.size() ? &recorded.path[i] : nullptr,
            out);
  }
  compare_fields("parameter", asked.query, recorded.query, out);
  compare_fields("parameter", asked.onward, recorded.onward, out);
  compare_fields("body", asked.body, recorded.body, out);
  return out;
}

} // namespace replay
