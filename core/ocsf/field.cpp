#include "core/ocsf/field.hpp"

#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

template <class value> auto json_or_null(std::optional<value> from) -> json {
  return from ? json(std::move(*from)) : json();
}

auto sibling_of(std::string_view path) -> std::string {
  constexpr auto suffix = std::string_view("_id");
  auto out = std::string(path.substr(0, path.size() - suffix.size()));
  return out.ends_with("activity") ? out + "_name" : out;
}

auto put_word(const field& row, const json& value, json& into) -> bool {
  const auto text = to_text(value);
  if (!text || find_at(into, row.to) != nullptr) {
    return false;
  }
  put_choice(into, row.to, id_of(row.words, *text, other), *text);
  return true;
}

auto put_each(const field& row, const json& value, json& into) -> bool {
  auto all = true;
  for (const auto& one : to_list(value)) {
    all = put_at(into, row.to, row.how(one)) && all;
  }
  return all;
}

auto put_value(const field& row, const json& value, json& into) -> bool {
  if (row.how == nullptr) {
    return put_word(row, value, into);
  }
  if (row.to.find("[]") != std::string_view::npos) {
    return put_each(row, value, into);
  }
  auto ready = row.how(value);
  const auto* there = find_at(into, row.to);
  return (there != nullptr && *there == ready) || put_at(into, row.to, std::move(ready));
}

} // namespace

auto as_text(const json& value) -> json {
  return json_or_null(to_text(value));
}

auto as_time(const json& value) -> json {
  return json_or_null(to_milliseconds(value));
}

auto as_whole(const json& value) -> json {
  return json_or_null(to_whole(value));
}

auto as_fraction(const json& value) -> json {
  return json_or_null(to_fraction(value));
}

auto as_truth(const json& value) -> json {
  return json_or_null(to_truth(value));
}

auto as_not(const json& value) -> json {
  const auto truth = to_truth(value);
  return truth ? json(!*truth) : json();
}

auto as_mail(const json& value) -> json {
  return json_or_null(to_mail_address(value));
}

auto as_guid(const json& value) -> json {
  const auto text = to_text(value).value_or("");
  return is_guid(text) ? json(text) : json();
}

auto as_ip(const json& value) -> json {
  const auto where = to_endpoint(value);
  return where && !where->ip.empty() ? json(where->ip) : json();
}

auto as_port(const json& value) -> json {
  const auto where = to_endpoint(value);
  return where && where->port ? json(*where->port) : json();
}

auto as_hostname(const json& value) -> json {
  const auto where = to_endpoint(value);
  return where && !where->hostname.empty() ? json(where->hostname) : json();
}

auto as_mac(const json& value) -> json {
  return json_or_null(to_mac(value));
}

auto as_is(const json& value) -> json {
  return value;
}

void copy_fields(const record_view& from,
                 std::span<const field> rows,
                 json& into,
                 used_paths& used) {
  for (const auto& row : rows) {
    const auto* value = from.find(row.from);
    if (value != nullptr && !says_nothing(*value) && put_value(row, *value, into)) {
      used.emplace(row.from, row.to);
    }
  }
}

auto rest_of(const json& record, const json& event, const used_paths& used) -> json {
  auto out = record;
  for (const auto& [from, to] : used) {
    if (to.empty() || find_at(event, to.substr(0, to.find("[]"))) != nullptr) {
      cut_path(out, from);
    }
  }
  return without_nothings(std::move(out));
}

void put_choice(json& event, std::string_view path, int id, std::string_view own) {
  const auto says_nothing_new = id == other && (own.empty() || own == "Other");
  if (put_at(event, path, says_nothing_new ? 0 : id) && id == other && !says_nothing_new) {
    put_at(event, sibling_of(path), own);
  }
}

auto id_of(std::span<const word> words, std::string_view text, int fallback) -> int {
  const auto found =
      std::ranges::find_if(words, [&](const word& one) { return same_word(one.text, text); });
  return found == words.end() ? fallback : found->id;
}

} // namespace core::ocsf
