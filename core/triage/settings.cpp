#include "core/triage/settings.hpp"

#include "core/seams/letters.hpp"
#include "core/toml_reading/parse.hpp"
#include "core/toml_reading/reading.hpp"
#include "core/toml_reading/spell.hpp"
#include "core/triage/words.hpp"

#include <array>

namespace core::triage {
namespace {

using toml_reading::table_reader;

struct span_key {
  std::string_view name;
  seams::duration settings::*place;
};

constexpr auto window_keys = std::to_array<span_key>({
    {"after_sign_in", &settings::after_sign_in},
    {"after_consent", &settings::after_consent},
    {"after_rule", &settings::after_rule},
    {"after_mail", &settings::after_mail},
    {"sign_run", &settings::sign_run},
    {"origin", &settings::origin},
    {"consent_origin", &settings::consent_origin},
    {"look_back", &settings::look_back},
    {"burst", &settings::burst},
    {"prompting", &settings::prompting},
    {"guessing", &settings::guessing},
    {"slow_guessing", &settings::slow_guessing},
    {"reading", &settings::reading},
    {"device_sign_in", &settings::device_sign_in},
    {"scanner_delay", &settings::scanner_delay},
});

struct count_key {
  std::string_view name;
  std::int64_t settings::*place;
};

constexpr auto limit_keys = std::to_array<count_key>({
    {"mfa_failures", &settings::mfa_failures},
    {"mfa_prompts", &settings::mfa_prompts},
    {"wrong_passwords", &settings::wrong_passwords},
    {"slow_wrong_passwords", &settings::slow_wrong_passwords},
    {"mails_read", &settings::mails_read},
    {"recipients_written", &settings::recipients_written},
    {"scanner_clicks", &settings::scanner_clicks},
    {"sender_domains", &settings::sender_domains},
});

constexpr auto threshold_keys = std::to_array<count_key>({
    {"malicious", &settings::malicious_from},
    {"suspicious", &settings::suspicious_from},
    {"p1", &settings::p1_from},
    {"p2", &settings::p2_from},
    {"p3", &settings::p3_from},
    {"grave", &settings::grave_from},
});

struct list_key {
  std::string_view name;
  std::vector<std::string> settings::*place;
};

constexpr auto known_lists = std::to_array<list_key>({
    {"test_hosts", &settings::test_hosts},
    {"testers", &settings::testers},
    {"scanner_addresses", &settings::scanner_addresses},
    {"simulation_senders", &settings::simulation_senders},
    {"privileged_words", &settings::privileged_words},
    {"own_domains", &settings::own_domains},
    {"hiding_folders", &settings::hiding_folders},
    {"sync_clients", &settings::sync_clients},
});

constexpr auto count_max = std::int64_t{1'000'000};

template <class Keys>
void read_counts(table_reader& top, std::string_view name, const Keys& keys, settings& out) {
  const auto* found = top.table(name);
  if (found == nullptr) {
    return;
  }
  auto table = table_reader(top.shared(), *found, std::string(name));
  for (const auto& key : keys) {
    out.*key.place = table.whole(key.name, 1, count_max).value_or(out.*key.place);
  }
  table.finish();
}

/// A case that is worse must need more.
void check_thresholds(table_reader& top, const settings& what) {
  struct pair {
    std::string_view higher;
    std::int64_t settings::*more;
    std::string_view lower;
    std::int64_t settings::*less;
  };
  constexpr auto pairs = std::to_array<pair>(
      {{"malicious", &settings::malicious_from, "suspicious", &settings::suspicious_from},
       {"p1", &settings::p1_from, "p2", &settings::p2_from},
       {"p2", &settings::p2_from, "p3", &settings::p3_from}});
  const auto* found = top.table("thresholds");
  for (const auto& one : pairs) {
    if (found != nullptr && what.*one.more < what.*one.less) {
      top.shared().complain(found->at,
                            "thresholds." + std::string(one.higher) + " is below " +
                                std::string(one.lower) + ", " + std::to_string(what.*one.less));
    }
  }
}

void read_windows(table_reader& top, settings& out) {
  const auto* found = top.table("windows");
  if (found == nullptr) {
    return;
  }
  auto table = table_reader(top.shared(), *found, "windows");
  for (const auto& key : window_keys) {
    out.*key.place = table.span(key.name).value_or(out.*key.place);
  }
  table.finish();
}

void read_known(table_reader& top, settings& out) {
  const auto* found = top.table("known");
  if (found == nullptr) {
    return;
  }
  auto table = table_reader(top.shared(), *found, "known");
  for (const auto& key : known_lists) {
    if (table.raw(key.name) != nullptr) {
      auto words = table.texts(key.name);
      std::ranges::transform(
          words, words.begin(), [](const auto& one) { return seams::lower_case(one); });
      out.*key.place = std::move(words);
    }
  }
  table.finish();
}

void read_rule_row(table_reader& table, rule_row& out) {
  constexpr auto most = std::int64_t{100};
  out.weight = static_cast<int>(table.whole("weight", 0, most).value_or(out.weight));
  out.urgency = static_cast<int>(table.whole("urgency", -most, most).value_or(out.urgency));
  out.on = table.flag("on").value_or(out.on);
  out.says = table.text("says").value_or(out.says);
  table.finish();
}

/// `may_add` while the shipped text itself is read: it names the rules that there are.
void read_rules(table_reader& top, settings& out, bool may_add) {
  const auto* found = top.table("rule");
  if (found == nullptr) {
    return;
  }
  auto names = std::vector<std::string>();
  for (const auto& row : out.rules) {
    names.push_back(row.name);
  }
  for (const auto& [name, at, value] : found->members) {
    if (may_add) {
      out.rules.push_back({name, 0, 0, true, ""});
    }
    const auto place = std::ranges::find(out.rules, name, &rule_row::name);
    if (place == out.rules.end()) {
      top.shared().check_known({name, at}, "rule", names);
    } else if (value.what != toml_reading::node::kind::table) {
      top.shared().complain(at, "rule." + name + " is no table");
    } else {
      auto table = table_reader(top.shared(), value, "rule." + name);
      read_rule_row(table, *place);
    }
  }
}

auto read_over(settings start, std::string_view text, const std::string& file, bool may_add)
    -> read_settings_outcome {
  auto parsed = toml_reading::parse_toml(text, file);
  if (!parsed.root) {
    return {std::move(start), {*parsed.wrong}};
  }
  auto shared = toml_reading::reading();
  shared.file = file;
  auto top = table_reader(shared, *parsed.root, "");
  read_windows(top, start);
  read_counts(top, "limits", limit_keys, start);
  read_counts(top, "thresholds", threshold_keys, start);
  check_thresholds(top, start);
  read_known(top, start);
  read_rules(top, start, may_add);
  top.finish();
  return {std::move(start), std::move(shared.wrong)};
}

} // namespace

auto settings::rule(std::string_view name) const -> const rule_row* {
  const auto found = std::ranges::find(rules, name, &rule_row::name);
  return found == rules.end() ? nullptr : &*found;
}

auto default_settings() -> const settings& {
  static const auto known = read_over({}, default_rules_text(), "default_rules.toml", true).read;
  return known;
}

auto read_settings(std::string_view text, const std::string& file) -> read_settings_outcome {
  return read_over(default_settings(), text, file, false);
}

} // namespace core::triage
