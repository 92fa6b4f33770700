#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/functions.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::hunting::kql {
namespace {

constexpr auto flag = always<scalar::boolean>;
constexpr auto whole = always<scalar::int64>;
constexpr auto bag = always<scalar::dynamic>;

/// One argument read as a string; lives as long as the call.
class text_arg {
public:
  text_arg(arguments args, std::size_t at) : view_(text_view(*args[at], scratch_)) {}
  text_arg(const text_arg&) = delete;
  auto operator=(const text_arg&) -> text_arg& = delete;
  [[nodiscard]] auto view() const -> std::string_view { return view_; }

private:
  std::string scratch_;
  std::string_view view_;
};

template <char First, char Last, int Shift>
auto change_case(const call_env&, arguments args) -> value {
  auto made = text_of(*args[0]);
  for (auto& c : made) {
    c = c >= First && c <= Last ? static_cast<char>(c + Shift) : c;
  }
  return made;
}

// Code points, not bytes.
auto length(std::string_view utf8) -> std::int64_t {
  return std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

// The byte where code point `index` starts, or the end.
auto byte_at(std::string_view utf8, std::int64_t index) -> std::size_t {
  for (auto at = std::size_t{0}; at < utf8.size(); ++at) {
    if ((utf8[at] & 0xC0) != 0x80 && index-- == 0) {
      return at;
    }
  }
  return utf8.size();
}

auto strlen_(const call_env&, arguments args) -> value {
  const auto in = text_arg(args, 0);
  return length(in.view());
}

auto strcat(const call_env& env, arguments args) -> value {
  auto made = std::string();
  for (auto at = std::size_t{0}; at < args.size(); ++at) {
    const auto part = text_arg(args, at);
    env.check_size(made.size() + part.view().size());
    made += part.view();
  }
  return made;
}

auto strcat_delim(const call_env& env, arguments args) -> value {
  const auto delimiter = text_arg(args, 0);
  auto made = std::string();
  for (auto at = std::size_t{1}; at < args.size(); ++at) {
    const auto part = text_arg(args, at);
    env.check_size(made.size() + part.view().size() + delimiter.view().size());
    made += std::string(at > 1 ? delimiter.view() : "") + std::string(part.view());
  }
  return made;
}

auto split(const call_env& env, arguments args) -> value {
  const auto in = text_arg(args, 0);
  const auto delimiter = text_arg(args, 1);
  auto parts = nlohmann::json::array();
  auto rest = in.view();
  env.check_size(rest.size());
  while (!delimiter.view().empty()) {
    const auto at = rest.find(delimiter.view());
    if (at == std::string_view::npos) {
      break;
    }
    parts.push_back(rest.substr(0, at));
    rest.remove_prefix(at + delimiter.view().size());
  }
  parts.push_back(rest);
  if (args.size() < 3) {
    return parts;
  }
  const auto wanted = integer_of(*args[2]);
  auto one = nlohmann::json::array();
  if (wanted && *wanted >= 0 && *wanted < static_cast<std::int64_t>(parts.size())) {
    one.push_back(parts[static_cast<std::size_t>(*wanted)]);
  }
  return one;
}

auto substring(const call_env&, arguments args) -> value {
  const auto in = text_arg(args, 0);
  const auto start = integer_of(*args[1]);
  const auto wanted = args.size() > 2 ? integer_of(*args[2]) : std::optional(INT64_MAX);
  if (!start || !wanted || *wanted <= 0) {
    return std::string();
  }
  const auto from = *start < 0 ? std::max(length(in.view()) + *start, std::int64_t{0}) : *start;
  const auto rest = in.view().substr(byte_at(in.view(), from));
  return std::string(rest.substr(0, byte_at(rest, *wanted)));
}

auto indexof(const call_env&, arguments args) -> value {
  const auto in = text_arg(args, 0);
  const auto needle = text_arg(args, 1);
  const auto start = args.size() > 2 ? integer_of(*args[2]).value_or(0) : 0;
  const auto from = start < 0 ? std::max(length(in.view()) + start, std::int64_t{0}) : start;
  const auto at = in.view().find(needle.view(), byte_at(in.view(), from));
  return at == std::string_view::npos ? std::int64_t{-1} : length(in.view().substr(0, at));
}

auto countof(const call_env&, arguments args) -> value {
  const auto in = text_arg(args, 0);
  const auto needle = text_arg(args, 1);
  auto count = std::int64_t{0};
  for (auto at = in.view().find(needle.view());
       at != std::string_view::npos && !needle.view().empty();
       at = in.view().find(needle.view(), at + 1)) {
    ++count;
  }
  return count;
}

auto replace_string(const call_env& env, arguments args) -> value {
  const auto in = text_arg(args, 0);
  const auto lookup = text_arg(args, 1);
  const auto rewrite = text_arg(args, 2);
  auto made = std::string();
  auto rest = in.view();
  while (!lookup.view().empty()) {
    const auto at = rest.find(lookup.view());
    if (at == std::string_view::npos) {
      break;
    }
    made += std::string(rest.substr(0, at)) + std::string(rewrite.view());
    env.check_size(made.size());
    rest.remove_prefix(at + lookup.view().size());
  }
  return made + std::string(rest);
}

auto replace_regex(const call_env& env, arguments args) -> value {
  const auto in = text_arg(args, 0);
  const auto pattern = text_arg(args, 1);
  const auto rewrite = text_arg(args, 2);
  auto made = env.regexes.replace(pattern.view(), rewrite.view(), in.view(), env.value_bytes_max);
  if (!made) {
    env.check_size(env.value_bytes_max + 1);
  }
  return std::move(*made);
}

auto extract(const call_env& env, arguments args) -> value {
  const auto pattern = text_arg(args, 0);
  const auto group = integer_of(*args[1]);
  const auto in = text_arg(args, 2);
  const auto found = env.regexes.find(pattern.view(), in.view(), 1);
  const auto fits =
      !found.empty() && group && *group >= 0 && *group < static_cast<std::int64_t>(found[0].size());
  return fits ? std::string(found[0][static_cast<std::size_t>(*group)]) : std::string();
}

// One group: a flat array; several: an array of arrays.
auto extract_all(const call_env& env, arguments args) -> value {
  const auto pattern = text_arg(args, 0);
  const auto in = text_arg(args, args.size() - 1);
  constexpr auto matches_max = std::size_t{10'000};
  auto made = nlohmann::json::array();
  for (const auto& match : env.regexes.find(pattern.view(), in.view(), matches_max)) {
    if (match.size() <= 2) {
      made.push_back(match.back());
      continue;
    }
    auto groups = nlohmann::json::array();
    for (auto at = std::size_t{1}; at < match.size(); ++at) {
      groups.push_back(match[at]);
    }
    made.push_back(std::move(groups));
  }
  return made.empty() ? value() : value(std::move(made));
}

// trim(regex, text): the pattern is taken off as long as it fits at an end.
template <bool Start, bool End> auto trim(const call_env& env, arguments args) -> value {
  const auto pattern = text_arg(args, 0);
  const auto in = text_arg(args, 1);
  auto rest = in.view();
  if (Start) {
    const auto head = env.regexes.find("^(?:" + std::string(pattern.view()) + ")+", rest, 1);
    rest.remove_prefix(head.empty() ? 0 : head[0][0].size());
  }
  if (End) {
    const auto tail = env.regexes.find("(?:" + std::string(pattern.view()) + ")+$", rest, 1);
    rest.remove_suffix(tail.empty() ? 0 : tail[0][0].size());
  }
  return std::string(rest);
}

template <bool Wanted> auto empty(const call_env&, arguments args) -> value {
  const auto in = text_arg(args, 0);
  return in.view().empty() == Wanted;
}

auto reverse(const call_env&, arguments args) -> value {
  const auto in = text_arg(args, 0);
  auto made = std::string();
  auto end = in.view().size();
  for (auto at = end; at-- > 0;) {
    if ((in.view()[at] & 0xC0) != 0x80) {
      made += in.view().substr(at, end - at);
      end = at;
    }
  }
  return made;
}

constexpr auto strings_table =
    std::array{function_info{"tolower", 1, 1, always<scalar::string>, change_case<'A', 'Z', 32>},
               function_info{"toupper", 1, 1, always<scalar::string>, change_case<'a', 'z', -32>},
               function_info{"strlen", 1, 1, whole, strlen_},
               function_info{"strcat", 1, any_count, always<scalar::string>, strcat},
               function_info{"strcat_delim", 2, any_count, always<scalar::string>, strcat_delim},
               function_info{"split", 2, 3, bag, split},
               function_info{"substring", 2, 3, always<scalar::string>, substring},
               function_info{"indexof", 2, 3, whole, indexof},
               function_info{"countof", 2, 2, whole, countof},
               function_info{"replace_string", 3, 3, always<scalar::string>, replace_string},
               function_info{"replace_regex", 3, 3, always<scalar::string>, replace_regex, 1},
               function_info{"replace",
                             3,
                             3,
                             always<scalar::string>,
                             [](const call_env& env, arguments args) -> value {
                               const auto turned = std::array{args[2], args[0], args[1]};
                               return replace_regex(env, turned);
                             },
                             0},
               function_info{"extract", 3, 3, always<scalar::string>, extract, 0},
               function_info{"extract_all", 2, 2, bag, extract_all, 0},
               function_info{"trim", 2, 2, always<scalar::string>, trim<true, true>, 0},
               function_info{"trim_start", 2, 2, always<scalar::string>, trim<true, false>, 0},
               function_info{"trim_end", 2, 2, always<scalar::string>, trim<false, true>, 0},
               function_info{"reverse", 1, 1, always<scalar::string>, reverse},
               function_info{"isempty", 1, 1, flag, empty<true>},
               function_info{"isnotempty", 1, 1, flag, empty<false>},
               function_info{"notempty", 1, 1, flag, empty<false>}};

} // namespace

auto string_functions() -> std::span<const function_info> {
  return strings_table;
}

} // namespace mock_graph::hunting::kql
