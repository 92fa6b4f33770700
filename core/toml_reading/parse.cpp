#include "core/toml_reading/parse.hpp"

#include <toml++/toml.h>

#include <algorithm>

namespace core::toml_reading {

namespace {

auto place(const toml::source_region& region) -> position {
  return {std::max(region.begin.line, 1U), std::max(region.begin.column, 1U)};
}

auto to_instant(const toml::date& day, const toml::time& time, int offset_minutes)
    -> seams::instant {
  using namespace std::chrono;
  const auto date = sys_days{year{day.year} / day.month / day.day};
  return seams::instant{date} + hours{time.hour} + minutes{time.minute - offset_minutes} +
         seconds{time.second} + seams::duration{time.nanosecond / 100};
}

auto convert(const toml::node& from) -> node;

void convert_table(const toml::table& from, node& to) {
  for (const auto& [key, value] : from) {
    to.members.push_back({std::string{key.str()}, place(key.source()), convert(value)});
  }
  std::stable_sort(to.members.begin(), to.members.end(), [](const member& a, const member& b) {
    return a.at < b.at;
  });
}

auto text_of(const toml::time& time) -> std::string {
  auto out = std::ostringstream{};
  out << time;
  return out.str();
}

auto convert(const toml::node& from) -> node {
  auto to = node{};
  to.at = place(from.source());
  from.visit([&to](const auto& value) {
    using type = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_same_v<type, toml::table>) {
      convert_table(value, to);
    } else if constexpr (std::is_same_v<type, toml::array>) {
      to.what = node::kind::list;
      for (const auto& item : value) {
        to.items.push_back(convert(item));
      }
    } else if constexpr (std::is_same_v<type, toml::value<std::string>>) {
      to.what = node::kind::text;
      to.value = *value;
    } else if constexpr (std::is_same_v<type, toml::value<std::int64_t>>) {
      to.what = node::kind::whole;
      to.value = *value;
    } else if constexpr (std::is_same_v<type, toml::value<double>>) {
      to.what = node::kind::real;
      to.value = *value;
    } else if constexpr (std::is_same_v<type, toml::value<bool>>) {
      to.what = node::kind::flag;
      to.value = *value;
    } else if constexpr (std::is_same_v<type, toml::value<toml::date_time>>) {
      to.what = node::kind::stamp;
      const auto offset = value->offset ? value->offset->minutes : std::int16_t{0};
      to.value = to_instant(value->date, value->time, offset);
    } else if constexpr (std::is_same_v<type, toml::value<toml::date>>) {
      to.what = node::kind::stamp;
      to.value = to_instant(*value, {}, 0);
    } else {
      to.what = node::kind::text;
      to.value = text_of(*value);
    }
  });
  return to;
}

} // namespace

auto parse_toml(std::string_view text, const std::string& file) -> parsed {
  if (auto wrong = broken_bound(text, file)) {
    return {std::nullopt, std::move(wrong)};
  }
  try {
    return {convert(toml::parse(text, file)), std::nullopt};
  } catch (const toml::parse_error& error) {
    const auto what = std::string{error.description()};
    return {std::nullopt, diagnostic{file, place(error.source()), what, {}, {}}};
  }
}

} // namespace core::toml_reading
