#include "scenarios/recording/policy_file.hpp"

#include "core/seams/letters.hpp"
#include "core/toml_reading/parse.hpp"
#include "core/toml_reading/reading.hpp"

#include <algorithm>
#include <array>

namespace scenarios::recording {
namespace {

using core::toml_reading::in_quotes;
using core::toml_reading::table_reader;
using replay::redaction_policy;

struct flag_key {
  std::string_view name;
  bool redaction_policy::*place;
};

constexpr auto flag_keys = std::to_array<flag_key>({
    {"people", &redaction_policy::people},
    {"domains", &redaction_policy::domains},
    {"ids", &redaction_policy::ids},
    {"addresses", &redaction_policy::addresses},
    {"free_text", &redaction_policy::free_text},
    {"unknown", &redaction_policy::unknown},
});

struct name_list_key {
  std::string_view name;
  std::vector<std::string> redaction_policy::*place;
};

constexpr auto name_list_keys = std::to_array<name_list_key>({
    {"keep_fields", &redaction_policy::keep_fields},
    {"secret_fields", &redaction_policy::secret_fields},
    {"text_fields", &redaction_policy::text_fields},
    {"keep_domains", &redaction_policy::keep_domains},
    {"keep_ids", &redaction_policy::keep_ids},
});

constexpr auto name_bytes_max = std::size_t{64};

/// The mark in a cassette's head is the policy's name and a digest, with a space between.
void read_name(table_reader& top, redaction_policy& out) {
  const auto name = top.placed_text_of("name");
  if (!name) {
    return;
  }
  const auto usable = !name->text.empty() && name->text.size() <= name_bytes_max &&
                      std::ranges::all_of(name->text, [](unsigned char c) { return c > 0x20; });
  if (!usable) {
    top.shared().complain(
        name->at, in_quotes(name->text) + " is no name", "one word of at most 64 bytes");
  }
  out.name = name->text;
}

void check_ids(table_reader& top, const redaction_policy& policy) {
  for (const auto& one : policy.keep_ids) {
    if (!core::toml_reading::is_guid(seams::lower_case(one))) {
      top.shared().complain(top.at("keep_ids"),
                            in_quotes(one) + " is no id",
                            "a GUID such as \"00000003-0000-0000-c000-000000000000\"");
    }
  }
}

void check_domains(table_reader& top, const redaction_policy& policy) {
  for (const auto& one : policy.keep_domains) {
    if (one.empty() || one.find_first_of("*@/: ") != std::string::npos || one.front() == '.') {
      top.shared().complain(top.at("keep_domains"),
                            in_quotes(one) + " is no domain",
                            "a domain, which stands for what is below it too: \"contoso.com\"");
    }
  }
}

void read_all(table_reader& top, redaction_policy& out) {
  read_name(top, out);
  for (const auto& key : flag_keys) {
    out.*key.place = top.flag(key.name).value_or(out.*key.place);
  }
  for (const auto& key : name_list_keys) {
    out.*key.place = top.texts(key.name);
  }
  check_ids(top, out);
  check_domains(top, out);
  top.finish();
}

} // namespace

auto read_policy(std::string_view text, const std::string& file) -> policy_reading {
  auto parsed = core::toml_reading::parse_toml(text, file);
  if (!parsed.root) {
    return {std::nullopt, {*parsed.wrong}};
  }
  auto shared = core::toml_reading::reading();
  shared.file = file;
  shared.subject = "the policy";
  auto top = table_reader(shared, *parsed.root, "");
  auto policy = redaction_policy();
  policy.name = "custom";
  read_all(top, policy);
  if (!shared.wrong.empty()) {
    return {std::nullopt, std::move(shared.wrong)};
  }
  return {std::move(policy), {}};
}

auto policy_keys() -> std::vector<std::string> {
  auto out = std::vector<std::string>{"name"};
  for (const auto& key : flag_keys) {
    out.emplace_back(key.name);
  }
  for (const auto& key : name_list_keys) {
    out.emplace_back(key.name);
  }
  return out;
}

} // namespace scenarios::recording
