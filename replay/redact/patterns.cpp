#include "replay/redact/patterns.hpp"

#include "core/seams/letters.hpp"
#include "replay/redact/pseudonyms.hpp"
#include "replay/text/base64.hpp"
#include "replay/text/encodings.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace replay {
namespace {

using text::hex_value;
using text::is_decimal;
using text::is_letter;

constexpr auto random_word_least = std::size_t{20};

auto is_alnum(char c) -> bool {
  return is_letter(c) || is_decimal(c);
}

auto at(std::string_view text, std::size_t i) -> char {
  return i < text.size() ? text[i] : '\0';
}

/// Longer than any address, domain or name: a run of this many is looked at no further, or a text
/// made of the beginnings of words would take time by its square.
constexpr auto run_most = std::size_t{256};

/// The end of the characters from `from` on that `wanted` takes, at most `most` of them.
template <class Wanted>
auto run_end(std::string_view text, std::size_t from, Wanted&& wanted, std::size_t most = run_most)
    -> std::size_t {
  const auto last = text.size() - from > most ? from + most : text.size();
  while (from < last && wanted(text[from])) {
    ++from;
  }
  return from;
}

constexpr auto no_bound = std::string_view::npos;

/// How many bytes of `text` from `from` on follow `shape`: 'd' a digit, 'x' a hexadecimal one,
/// anything else itself. 0 if they do not.
auto follows(std::string_view text, std::size_t from, std::string_view shape) -> std::size_t {
  for (const auto wanted : shape) {
    const auto c = at(text, from++);
    const auto good = wanted == 'd'   ? is_decimal(c)
                      : wanted == 'x' ? hex_value(c) >= 0
                                      : c == wanted;
    if (!good) {
      return 0;
    }
  }
  return shape.size();
}

auto date_end(std::string_view text, std::size_t from) -> std::size_t {
  const auto size = follows(text, from, "dddd-dd-dd");
  const auto next = at(text, from + size);
  if (size == 0 || (is_alnum(next) && next != 'T')) {
    return 0;
  }
  return run_end(text, from + size, [](char c) {
    return is_decimal(c) || std::string_view("-:.+TZ").find(c) != std::string_view::npos;
  });
}

auto token_end(std::string_view text, std::size_t from) -> std::size_t {
  const auto continues = from > 0 && (text[from - 1] == '-' || text[from - 1] == '.');
  if (continues || !text.substr(from).starts_with("eyJ")) {
    return 0;
  }
  const auto end = run_end(
      text, from, [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; }, no_bound);
  const auto word = text.substr(from, end - from);
  return std::count(word.begin(), word.end(), '.') >= 2 ? end : 0;
}

auto pem_end(std::string_view text, std::size_t from) -> std::size_t {
  constexpr auto opening = std::string_view("-----BEGIN ");
  constexpr auto closing = std::string_view("-----END ");
  if (!text.substr(from).starts_with(opening)) {
    return 0;
  }
  const auto close = text.find(closing, from);
  const auto dashes = close == text.npos ? close : text.find("-----", close + closing.size());
  return dashes == text.npos ? text.size() : dashes + 5;
}

auto url_end(std::string_view text, std::size_t from) -> std::size_t {
  const auto scheme = seams::lower_case(text.substr(from, 8));
  if (!scheme.starts_with("http://") && scheme != "https://") {
    return 0;
  }
  auto end = run_end(
      text,
      from,
      [](char c) {
        return static_cast<unsigned char>(c) > 0x20 &&
               std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
      },
      no_bound);
  while (end > from && std::string_view(".,;!'").find(text[end - 1]) != std::string_view::npos) {
    --end;
  }
  return end;
}

auto is_label_char(char c) -> bool {
  return is_alnum(c) || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

/// The end of labels with dots between them; 0 if there are fewer than two.
auto dotted_end(std::string_view text, std::size_t from) -> std::size_t {
  auto end = from;
  auto labels = 0;
  for (;;) {
    const auto next = run_end(text, end, is_label_char);
    if (next == end) {
      end -= labels > 0 ? 1 : 0;
      break;
    }
    ++labels;
    end = next;
    if (at(text, end) != '.' || end - from > run_most) {
      break;
    }
    ++end;
  }
  return labels >= 2 ? end : 0;
}

auto is_local_char(char c) -> bool {
  return is_label_char(c) || std::string_view(".+~#$!&*").find(c) != std::string_view::npos;
}

/// Whether a term of an OData annotation begins there, which looks like a domain: the names of
/// members end in it ("Urls@odata.type") or are one ("@adminapi.warnings"). OData JSON Format 4.01,
/// 4.6.
auto begins_annotation(std::string_view text, std::size_t from) -> bool {
  const auto rest = text.substr(std::min(from, text.size()));
  return rest.starts_with("odata.") || rest.starts_with("adminapi.");
}

auto address_end(std::string_view text, std::size_t from) -> std::size_t {
  auto local = run_end(text, from, is_local_char);
  while (at(text, local) == '\'' && local > from && is_letter(text[local - 1]) &&
         is_letter(at(text, local + 1))) {
    local = run_end(text, local + 1, is_local_char);
  }
  if (local == from || at(text, local) != '@' || begins_annotation(text, local + 1)) {
    return 0;
  }
  const auto end = dotted_end(text, local + 1);
  const auto dot = end == 0 ? 0 : text.substr(0, end).rfind('.');
  const auto top = end == 0 ? std::string_view() : text.substr(dot + 1, end - dot - 1);
  const auto named = top.size() >= 2 && std::none_of(top.begin(), top.end(), is_decimal);
  return named && top != "spaces" ? end : 0;
}

/// Ids of chats between two, group chats and meetings, and channels.
auto thread_end(std::string_view text, std::size_t from) -> std::size_t {
  constexpr auto suffixes = std::to_array<std::string_view>(
      {"@unq.gbl.spaces", "@thread.v2", "@thread.tacv2", "@thread.skype"});
  if (!text.substr(from).starts_with("19:")) {
    return 0;
  }
  const auto end =
      run_end(text, from + 3, [](char c) { return is_alnum(c) || c == '-' || c == '_'; });
  const auto rest = text.substr(end);
  const auto suffix =
      std::ranges::find_if(suffixes, [&](std::string_view one) { return rest.starts_with(one); });
  return suffix == suffixes.end() ? 0 : end + suffix->size();
}

/// Also with the two letters before it that Graph's ids of alerts have: "fa229b0f1f-a1d5-...".
auto guid_end(std::string_view text, std::size_t from) -> std::size_t {
  constexpr auto hyphenated = std::string_view("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
  constexpr auto plain = std::string_view("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  if (is_small(at(text, from)) && is_small(at(text, from + 1))) {
    const auto size = follows(text, from + guid_prefix_size, hyphenated);
    if (size != 0 && !is_alnum(at(text, from + guid_prefix_size + size))) {
      return from + guid_prefix_size + size;
    }
  }
  for (const auto shape : {hyphenated, plain}) {
    const auto size = follows(text, from, shape);
    if (size != 0 && !is_alnum(at(text, from + size))) {
      return from + size;
    }
  }
  return 0;
}

auto ipv4_end(std::string_view text, std::size_t from) -> std::size_t {
  auto end = from;
  for (auto part = 0; part < 4; ++part) {
    const auto stop = run_end(text, end, is_decimal);
    const auto digits = text.substr(end, stop - end);
    if (digits.empty() || digits.size() > 3 || (digits.size() == 3 && digits > "255")) {
      return 0;
    }
    end = stop;
    if (part < 3 && at(text, end++) != '.') {
      return 0;
    }
  }
  const auto version = from >= 2 && text[from - 1] == '/' && is_letter(text[from - 2]);
  const auto goes_on =
      is_alnum(at(text, end)) || (at(text, end) == '.' && is_decimal(at(text, end + 1)));
  return version || goes_on ? 0 : end;
}

auto mac_end(std::string_view text, std::size_t from) -> std::size_t {
  for (const auto shape : {"xx:xx:xx:xx:xx:xx", "xx-xx-xx-xx-xx-xx"}) {
    const auto size = follows(text, from, shape);
    if (size != 0 && !is_alnum(at(text, from + size)) && at(text, from + size) != shape[2]) {
      return from + size;
    }
  }
  return 0;
}

auto ipv6_end(std::string_view text, std::size_t from) -> std::size_t {
  auto end = run_end(text, from, [](char c) { return hex_value(c) >= 0 || c == ':'; });
  if (at(text, end) == '.' && is_decimal(at(text, end - 1))) { // ::ffff:203.0.113.9
    const auto colon = text.substr(0, end).rfind(':');
    const auto tail = colon == text.npos || colon < from ? 0 : ipv4_end(text, colon + 1);
    end = tail == 0 ? end : tail;
  }
  const auto word = text.substr(from, end - from);
  const auto colons = std::count(word.begin(), word.end(), ':');
  const auto gap = word.find("::") != word.npos;
  const auto digits = std::any_of(word.begin(), word.end(), is_decimal);
  auto group = std::size_t{0};
  for (const auto c : word) {
    group = c == ':' || c == '.' ? 0 : group + 1;
    if (group > 4) {
      return 0;
    }
  }
  const auto good = digits && colons <= 8 && (gap ? colons >= 2 : colons == 7);
  return good && !is_alnum(at(text, end)) ? end : 0;
}

auto sid_end(std::string_view text, std::size_t from) -> std::size_t {
  constexpr auto opening = std::string_view("S-1-");
  if (!text.substr(from).starts_with(opening)) {
    return 0;
  }
  const auto end =
      run_end(text, from + opening.size(), [](char c) { return is_decimal(c) || c == '-'; });
  return end - from >= 24 ? end : 0; // shorter ones are well known: S-1-5-18, S-1-5-32-544
}

auto domain_end(std::string_view text, std::size_t from) -> std::size_t {
  const auto end = begins_annotation(text, from) ? 0 : dotted_end(text, from);
  return end != 0 && ends_like_domain(text.substr(from, end - from)) ? end : 0;
}

/// Keys whose makers gave them a beginning that tells them.
auto known_key_end(std::string_view text, std::size_t from) -> std::size_t {
  constexpr auto beginnings = std::to_array<std::string_view>({"AKIA",
                                                               "ASIA",
                                                               "ghp_",
                                                               "gho_",
                                                               "ghs_",
                                                               "ghu_",
                                                               "github_pat_",
                                                               "glpat-",
                                                               "xoxb-",
                                                               "xoxp-",
                                                               "xoxa-",
                                                               "sk_live_",
                                                               "sk-",
                                                               "AIza",
                                                               "ya29.",
                                                               "SG.",
                                                               "npm_",
                                                               "hvs."});
  const auto rest = text.substr(from);
  const auto known = std::any_of(
      beginnings.begin(), beginnings.end(), [&](auto one) { return rest.starts_with(one); });
  if (!known) {
    return 0;
  }
  const auto end = run_end(
      text, from, [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; }, no_bound);
  return end - from >= 16 ? end : 0;
}

/// Client secrets of Entra: three characters, '7' or '8', "Q~", 31 to 34 more.
auto entra_secret_end(std::string_view text, std::size_t from) -> std::size_t {
  if (text.substr(from).size() < 37 || text.substr(from + 4, 2) != "Q~") {
    return 0;
  }
  const auto end = run_end(text, from, [](char c) {
    return is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '~';
  });
  return end - from >= 37 ? end : 0;
}

/// "Get-AtpPolicyForO365" is no key, for all its capitals and digits.
auto is_cmdlet(std::string_view word) -> bool {
  constexpr auto verbs = std::to_array<std::string_view>({"Get",
                                                          "Set",
                                                          "New",
                                                          "Remove",
                                                          "Enable",
                                                          "Disable",
                                                          "Start",
                                                          "Stop",
                                                          "Test",
                                                          "Search",
                                                          "Add",
                                                          "Clear",
                                                          "Export",
                                                          "Import",
                                                          "Invoke",
                                                          "Update",
                                                          "Release",
                                                          "Preview",
                                                          "Delete"});
  const auto hyphen = word.find('-');
  return hyphen != word.npos && word.find('-', hyphen + 1) == word.npos &&
         std::ranges::find(verbs, word.substr(0, hyphen)) != verbs.end();
}

auto random_end(std::string_view text, std::size_t from) -> std::size_t {
  const auto is_digit = [](char c) { return text::is_base64_digit(c) || c == '~'; };
  auto end = run_end(text, from, is_digit);
  if (const auto word = text.substr(from, end - from); !looks_random(word) || is_cmdlet(word)) {
    return 0;
  }
  end = run_end(text, end, is_digit, no_bound);
  return run_end(text, end, [](char c) { return c == '='; });
}

/// The value behind a name that says secret, and "=" or ":"; `from` is where the name begins.
auto named_secret(std::string_view text, std::size_t from) -> std::optional<pattern_found> {
  const auto name_end =
      run_end(text, from, [](char c) { return is_alnum(c) || c == '_' || c == '-'; });
  const auto bearer = seams::equal_ignoring_case(text.substr(from, name_end - from), "bearer");
  auto value = run_end(text, name_end, [](char c) { return c == ' '; });
  const auto marked = at(text, value) == '=' || at(text, value) == ':';
  if (name_end == from || (!marked && !bearer) ||
      (!bearer && !names_secret(text.substr(from, name_end - from)))) {
    return std::nullopt;
  }
  value = run_end(
      text, value + (marked ? 1 : 0), [](char c) { return c == ' ' || c == '"' || c == '\''; });
  const auto end = run_end(
      text,
      value,
      [](char c) {
        return static_cast<unsigned char>(c) > 0x20 &&
               std::string_view("\"'&;,<>").find(c) == std::string_view::npos;
      },
      no_bound);
  const auto enough = end - value >= 4 && (!bearer || end - value >= 16);
  return enough ? std::optional(pattern_found{pattern::secret, value, end}) : std::nullopt;
}

using matcher = std::size_t (*)(std::string_view, std::size_t);

struct pattern_rule {
  pattern what;
  matcher end;
};

// In order of strength: what comes first wins where two begin at the same place.
constexpr auto pattern_rules = std::to_array<pattern_rule>({{pattern::token, token_end},
                                                            {pattern::key, pem_end},
                                                            {pattern::url, url_end},
                                                            {pattern::thread, thread_end},
                                                            {pattern::address, address_end},
                                                            {pattern::guid, guid_end},
                                                            {pattern::date, date_end},
                                                            {pattern::ipv4, ipv4_end},
                                                            {pattern::mac, mac_end},
                                                            {pattern::ipv6, ipv6_end},
                                                            {pattern::sid, sid_end},
                                                            {pattern::key, entra_secret_end},
                                                            {pattern::key, known_key_end},
                                                            {pattern::domain, domain_end},
                                                            {pattern::key, random_end}});

/// A word begins where the character before cannot be a part of it.
auto begins_word(std::string_view text, std::size_t i) -> bool {
  const auto before = i == 0 ? ' ' : text[i - 1];
  return !is_alnum(before) && static_cast<unsigned char>(before) < 0x80;
}

auto pattern_at(std::string_view text, std::size_t i) -> std::optional<pattern_found> {
  for (const auto& rule : pattern_rules) {
    if (const auto end = rule.end(text, i); end > i) {
      return pattern_found{rule.what, i, end};
    }
  }
  return named_secret(text, i);
}

} // namespace

auto next_pattern(std::string_view text, std::size_t from) -> std::optional<pattern_found> {
  for (auto i = from; i < text.size(); ++i) {
    const auto c = text[i];
    const auto may_begin =
        is_alnum(c) || c == '-' || c == ':' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    if (!may_begin || !begins_word(text, i)) {
      continue;
    }
    if (auto found = pattern_at(text, i)) {
      return found;
    }
  }
  return std::nullopt;
}

auto looks_random(std::string_view word) -> bool {
  if (word.size() < random_word_least || seams::lower_case(word).starts_with(stand_in_mark)) {
    return false;
  }
  const auto kind = [](char c) { return is_decimal(c) ? 1 : c >= 'a' ? 2 : is_letter(c) ? 3 : 0; };
  auto changes = std::size_t{0};
  auto digits = std::size_t{0};
  auto letters = std::size_t{0};
  for (auto i = std::size_t{0}; i < word.size(); ++i) {
    digits += is_decimal(word[i]) ? 1 : 0;
    letters += is_letter(word[i]) ? 1 : 0;
    const auto both = i > 0 && kind(word[i]) != 0 && kind(word[i - 1]) != 0;
    changes += both && kind(word[i]) != kind(word[i - 1]) ? 1 : 0;
  }
  return digits > 0 && letters > 3 && changes * 4 >= word.size();
}

auto ends_like_domain(std::string_view name) -> bool {
  constexpr auto tops = std::to_array<std::string_view>(
      {"com",       "net",       "org",         "edu",          "gov",
       "mil",       "info",      "biz",         "io",           "dev",
       "app",       "cloud",     "online",      "site",         "shop",
       "store",     "tech",      "xyz",         "top",          "club",
       "live",      "link",      "click",       "work",         "bank",
       "security",  "email",     "company",     "agency",       "digital",
       "group",     "local",     "lan",         "corp",         "internal",
       "ac",        "at",        "au",          "be",           "bg",
       "br",        "ca",        "ch",          "cl",           "cn",
       "co",        "cz",        "de",          "dk",           "ee",
       "es",        "eu",        "fi",          "fr",           "gr",
       "hk",        "hr",        "hu",          "ie",           "il",
       "in",        "it",        "jp",          "kr",           "lt",
       "lu",        "lv",        "me",          "ms",           "mx",
       "nl",        "no",        "nz",          "pl",           "pt",
       "ro",        "ru",        "se",          "sg",           "si",
       "sk",        "tr",        "tw",          "ua",           "uk",
       "us",        "za",        "example",     "test",         "invalid",
       "swiss",     "berlin",    "london",      "nyc",          "paris",
       "tokyo",     "africa",    "asia",        "law",          "legal",
       "health",    "care",      "school",      "university",   "bayern",
       "wien",      "amsterdam", "global",      "world",        "international",
       "solutions", "services",  "consulting",  "systems",      "technology",
       "software",  "network",   "media",       "studio",       "design",
       "gmbh",      "ltd",       "llc",         "inc",          "finance",
       "insurance", "energy",    "engineering", "construction", "industries",
       "holdings",  "partners",  "ventures",    "capital",      "fund",
       "ai",        "ar",        "ae",          "sa",           "pe",
       "ph",        "th",        "vn",          "my",           "id",
       "pk",        "ng",        "ke",          "eg",           "ma",
       "is",        "rs",        "ba",          "al",           "md",
       "ge",        "am",        "az",          "kz",           "by",
       "mt",        "cy",        "mc",          "li",           "ad",
       "sm",        "gl",        "fo",          "tv",           "cc",
       "ly",        "to",        "ws",          "fm",           "gg",
       "je",        "im"});
  const auto top = seams::lower_case(name.substr(name.rfind('.') + 1));
  return std::find(tops.begin(), tops.end(), top) != tops.end();
}

auto names_secret(std::string_view name) -> bool {
  constexpr auto whole = std::to_array<std::string_view>({"pwd",
                                                          "pass",
                                                          "pw",
                                                          "sig",
                                                          "sas",
                                                          "pc",
                                                          "sdata",
                                                          "code_verifier",
                                                          "authorization",
                                                          "cookie",
                                                          "bearer",
                                                          "detectedvalues",
                                                          "otp",
                                                          "pin",
                                                          "devicecode",
                                                          "device_code",
                                                          "usercode",
                                                          "x5c"});
  constexpr auto parts =
      std::to_array<std::string_view>({"password",        "passwd",
                                       "passphrase",      "secret",
                                       "assertion",       "accesstoken",
                                       "refreshtoken",    "idtoken",
                                       "authtoken",       "sastoken",
                                       "securitytoken",   "sessiontoken",
                                       "bearertoken",     "apikey",
                                       "privatekey",      "accountkey",
                                       "accesskey",       "sharedkey",
                                       "signingkey",      "primarykey",
                                       "secondarykey",    "subscriptionkey",
                                       "clientkey",       "connectionstring",
                                       "credentialvalue", "sharedaccesssignature",
                                       "recoverykey",     "cookie"});
  constexpr auto harmless = std::to_array<std::string_view>({"passwordpolicies",
                                                             "secrettype",
                                                             "passwordlastchanged",
                                                             "lastpasswordchange",
                                                             "uniquetokenidentifier",
                                                             "secretexpir",
                                                             "passwordcredentialid",
                                                             "passwordneverexpires"});
  auto plain = seams::lower_case(name);
  if (std::find(whole.begin(), whole.end(), plain) != whole.end()) {
    return true;
  }
  std::erase_if(plain, [](char c) { return c == '_' || c == '-' || c == '.' || c == ' '; });
  const auto holds = [&](auto part) { return plain.find(part) != plain.npos; };
  return (plain == "token" || std::any_of(parts.begin(), parts.end(), holds)) &&
         std::none_of(harmless.begin(), harmless.end(), holds);
}

} // namespace replay
