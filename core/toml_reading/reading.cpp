#include "core/toml_reading/reading.hpp"

#include "core/toml_reading/span.hpp"
#include "core/toml_reading/spell.hpp"

#include <algorithm>

namespace core::toml_reading {
namespace {

constexpr auto span_forms = R"(a span such as "30h", "47h59m", "1d 2h", "90s" or "500ms")";

auto joined(std::span<const std::string> words) -> std::string {
  auto out = std::string();
  for (const auto& one : words) {
    out += (out.empty() ? "" : ", ") + one;
  }
  return out;
}

/// At most ten of them: a file may name hundreds.
auto shortened(std::span<const std::string> words) -> std::string {
  constexpr auto shown_max = std::size_t{10};
  return words.size() <= shown_max ? joined(words)
                                   : joined(words.first(shown_max)) + " and " +
                                         std::to_string(words.size() - shown_max) + " more";
}

} // namespace

auto is_guid(std::string_view text) -> bool {
  constexpr auto form = std::string_view("hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh");
  return std::ranges::equal(text, form, [](char c, char wanted) {
    return wanted == '-' ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
}

void reading::complain(position at, std::string message, std::string expected, std::string near) {
  if (wrong.size() < complaints_max) {
    wrong.push_back({file, at, std::move(message), std::move(expected), std::move(near)});
  }
}

void reading::check_known(const placed_text& name,
                          std::string_view what,
                          std::span<const std::string> known) {
  if (std::ranges::find(known, name.text) == known.end()) {
    complain(name.at,
             "there is no " + std::string(what) + " " + in_quotes(name.text),
             known.empty() ? "nothing here: the file has no " + std::string(what)
                           : "one of " + shortened(known),
             nearest(name.text, known));
  }
}

table_reader::table_reader(reading& shared, const node& table, std::string name)
    : shared_(shared), table_(table), name_(std::move(name)) {
  if (table.what != node::kind::table) {
    shared_.complain(
        table.at, in_quotes(name_) + " is " + std::string(to_text(table.what)), "a table");
  }
}

auto table_reader::raw(std::string_view key) -> const member* {
  asked_.emplace(key);
  shared_.keys.insert(name_ + "." + std::string(key));
  return table_.find(key);
}

auto table_reader::at(std::string_view key) const -> position {
  const auto* found = table_.find(key);
  return found == nullptr ? table_.at : found->value.at;
}

auto table_reader::take(std::string_view key, node::kind wanted, need how) -> const node* {
  const auto* found = raw(key);
  if (found == nullptr) {
    if (how == need::required) {
      shared_.complain(table_.at,
                       (name_.empty() ? shared_.subject : "[" + name_ + "]") + " has no key " +
                           in_quotes(key),
                       std::string(key) + " = " + std::string(to_text(wanted)));
    }
    return nullptr;
  }
  if (found->value.what != wanted) {
    shared_.complain(found->value.at,
                     in_quotes(key) + " is " + std::string(to_text(found->value.what)),
                     std::string(to_text(wanted)));
    return nullptr;
  }
  return &found->value;
}

auto table_reader::text(std::string_view key, need how) -> std::optional<std::string> {
  const auto* found = take(key, node::kind::text, how);
  return found == nullptr ? std::nullopt : std::optional(std::get<std::string>(found->value));
}

auto table_reader::whole(std::string_view key, std::int64_t least, std::int64_t most, need how)
    -> std::optional<std::int64_t> {
  const auto* found = take(key, node::kind::whole, how);
  if (found == nullptr) {
    return std::nullopt;
  }
  const auto number = std::get<std::int64_t>(found->value);
  if (number < least || number > most) {
    shared_.complain(found->at,
                     in_quotes(key) + " is " + std::to_string(number),
                     "a whole number from " + std::to_string(least) + " to " +
                         std::to_string(most));
    return std::nullopt;
  }
  return number;
}

auto table_reader::flag(std::string_view key) -> std::optional<bool> {
  const auto* found = take(key, node::kind::flag, need::optional);
  return found == nullptr ? std::nullopt : std::optional(std::get<bool>(found->value));
}

auto table_reader::span(std::string_view key, need how) -> std::optional<seams::duration> {
  const auto words = text(key, how);
  if (!words) {
    return std::nullopt;
  }
  const auto out = parse_span(*words);
  if (!out || *out < seams::duration::zero()) {
    shared_.complain(at(key), in_quotes(key) + " is " + in_quotes(*words), span_forms);
    return std::nullopt;
  }
  return out;
}

auto table_reader::offset(std::string_view key, need how) -> std::optional<seams::duration> {
  const auto words = text(key, how);
  if (!words) {
    return std::nullopt;
  }
  const auto out = parse_span(*words);
  if (!out) {
    shared_.complain(at(key),
                     in_quotes(key) + " is " + in_quotes(*words),
                     std::string("an offset from the start: ") + span_forms +
                         ", with '-' for before it");
  }
  return out;
}

auto table_reader::placed_texts(std::string_view key, need how) -> std::vector<placed_text> {
  auto out = std::vector<placed_text>();
  const auto* found = take(key, node::kind::list, how);
  if (found == nullptr) {
    return out;
  }
  for (const auto& item : found->items) {
    if (item.what == node::kind::text) {
      out.push_back({std::get<std::string>(item.value), item.at});
    } else {
      shared_.complain(item.at,
                       "an item of " + in_quotes(key) + " is " + std::string(to_text(item.what)),
                       "text");
    }
  }
  if (found->items.empty() && how == need::required) {
    shared_.complain(found->at, in_quotes(key) + " is empty", "at least one text");
  }
  return out;
}

auto table_reader::texts(std::string_view key, need how) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (auto& one : placed_texts(key, how)) {
    out.push_back(std::move(one.text));
  }
  return out;
}

auto table_reader::placed_text_of(std::string_view key, need how) -> std::optional<placed_text> {
  auto found = text(key, how);
  return found ? std::optional(placed_text{std::move(*found), at(key)}) : std::nullopt;
}

auto table_reader::word(std::string_view key, std::span<const std::string> allowed, need how)
    -> std::optional<std::string> {
  const auto found = text(key, how);
  if (found && std::ranges::find(allowed, *found) == allowed.end()) {
    shared_.complain(at(key),
                     in_quotes(key) + " is " + in_quotes(*found),
                     "one of " + joined(allowed),
                     nearest(*found, allowed));
    return std::nullopt;
  }
  return found;
}

auto table_reader::map_of(std::string_view key,
                          node::kind wanted,
                          std::span<const std::string> allowed) -> std::vector<const member*> {
  auto out = std::vector<const member*>();
  const auto* found = take(key, node::kind::table, need::required);
  if (found == nullptr) {
    return out;
  }
  for (const auto& one : found->members) {
    if (std::ranges::find(allowed, one.name) == allowed.end()) {
      shared_.complain(one.at,
                       "unknown key " + in_quotes(one.name) + " in " + in_quotes(key),
                       "one of " + joined(allowed),
                       nearest(one.name, allowed));
    } else if (one.value.what != wanted) {
      shared_.complain(one.value.at,
                       in_quotes(one.name) + " is " + std::string(to_text(one.value.what)),
                       std::string(to_text(wanted)));
    } else {
      out.push_back(&one);
    }
  }
  if (found->members.empty()) {
    shared_.complain(found->at, in_quotes(key) + " is empty", "some of " + joined(allowed));
  }
  return out;
}

auto table_reader::text_map(std::string_view key, std::span<const std::string> allowed)
    -> std::map<std::string, std::string> {
  auto out = std::map<std::string, std::string>();
  for (const auto* one : map_of(key, node::kind::text, allowed)) {
    out[one->name] = std::get<std::string>(one->value.value);
  }
  return out;
}

auto table_reader::flag_map(std::string_view key, std::span<const std::string> allowed)
    -> std::map<std::string, bool> {
  auto out = std::map<std::string, bool>();
  for (const auto* one : map_of(key, node::kind::flag, allowed)) {
    out[one->name] = std::get<bool>(one->value.value);
  }
  return out;
}

auto table_reader::guid(std::string_view key) -> std::optional<std::string> {
  auto out = text(key);
  if (out && !is_guid(*out)) {
    shared_.complain(at(key),
                     in_quotes(key) + " is " + in_quotes(*out),
                     R"(a GUID in lower case such as "7f6b0a52-2f3a-4a3e-9d57-0c7d2f1f5a11")");
    return std::nullopt;
  }
  return out;
}

void table_reader::check_order(std::string_view earlier, std::string_view later) {
  const auto of = [&](std::string_view key) -> std::optional<seams::duration> {
    const auto* found = table_.find(key);
    const auto* words = found == nullptr ? nullptr : std::get_if<std::string>(&found->value.value);
    return words == nullptr ? std::nullopt : parse_span(*words);
  };
  const auto first = of(earlier);
  const auto last = of(later);
  if (first && last && *last <= *first) {
    shared_.complain(
        at(later), in_quotes(later) + " is not after " + in_quotes(earlier), "a later offset");
  }
}

auto table_reader::table(std::string_view key) -> const node* {
  const auto* found = raw(key);
  if (found != nullptr && found->value.what == node::kind::list) {
    shared_.complain(found->value.at,
                     in_quotes(key) + " is a list",
                     "one table: [" + (name_.empty() ? "" : name_ + ".") + std::string(key) + "]");
    return nullptr;
  }
  return found == nullptr ? nullptr : &found->value;
}

auto table_reader::free(std::string_view key) -> nlohmann::json {
  const auto* found = raw(key);
  return found == nullptr ? nlohmann::json() : to_json(found->value);
}

auto table_reader::tables(std::string_view key) -> std::vector<const node*> {
  const auto* found = raw(key);
  auto out = std::vector<const node*>();
  if (found != nullptr && found->value.what == node::kind::list) {
    for (const auto& item : found->value.items) {
      out.push_back(&item);
    }
  } else if (found != nullptr) {
    out.push_back(&found->value);
  }
  return out;
}

void table_reader::finish() {
  const auto known = std::vector<std::string>(asked_.begin(), asked_.end());
  for (const auto& one : table_.members) {
    if (!asked_.contains(one.name)) {
      shared_.complain(one.at,
                       "unknown key " + in_quotes(one.name) +
                           (name_.empty() ? std::string() : " in [" + name_ + "]"),
                       "one of " + joined(known),
                       nearest(one.name, known));
    }
  }
}

auto to_json(const node& value) -> nlohmann::json {
  switch (value.what) {
  case node::kind::text:
    return std::get<std::string>(value.value);
  case node::kind::whole:
    return std::get<std::int64_t>(value.value);
  case node::kind::real:
    return std::get<double>(value.value);
  case node::kind::flag:
    return std::get<bool>(value.value);
  case node::kind::stamp:
    return seams::to_rfc3339(std::get<seams::instant>(value.value));
  case node::kind::list: {
    auto out = nlohmann::json::array();
    for (const auto& item : value.items) {
      out.push_back(to_json(item));
    }
    return out;
  }
  case node::kind::table: {
    auto out = nlohmann::json::object();
    for (const auto& one : value.members) {
      out[one.name] = to_json(one.value);
    }
    return out;
  }
  }
  return {};
}

} // namespace core::toml_reading
