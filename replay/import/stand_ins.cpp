#include "replay/import/stand_ins.hpp"

#include "core/seams/letters.hpp"
#include "replay/import/json_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace replay {
namespace {

/// Shorter names are words of their own in too many texts.
constexpr auto name_bytes_min = std::size_t{4};
constexpr auto prefix_bytes = std::size_t{3};

struct member_kind {
  std::string_view member; ///< in lower case
  std::string_view kind;   ///< "" = what stands there stays, save for what the look of it says
};

/// Members that hold a name or free text as a whole (learn.microsoft.com: Graph security, audit
/// schema, Defender XDR tables).
constexpr auto member_kinds = std::to_array<member_kind>({
    {"displayname", "name"},
    {"userdisplayname", "name"},
    {"senderdisplayname", "name"},
    {"recipientdisplayname", "name"},
    {"givenname", "name"},
    {"surname", "name"},
    {"firstname", "name"},
    {"lastname", "name"},
    {"accountname", "user"},
    {"accountdisplayname", "name"},
    {"mailboxownername", "name"},
    {"username", "user"},
    {"actordisplayname", "name"},
    {"resolvedby", "name"},
    {"mailnickname", "user"},
    {"subject", "subject"},
    {"emailsubject", "subject"},
    {"messagesubject", "subject"},
    {"devicename", "device"},
    {"devicednsname", "device"},
    {"hostname", "device"},
    {"computername", "device"},
    {"computer", "device"},
    {"remotedevicename", "device"},
    {"filename", "file"},
    {"sourcefilename", "file"},
    {"destinationfilename", "file"},
    {"organizationname", "name"},
    {"jobtitle", "text"},
    {"body", "text"},
    {"bodypreview", "text"},
    {"messagetext", "text"},
    {"comment", "text"},
    {"justification", "text"},
    {"matchedtext", "text"},
    {"city", "place"},
    {"streetaddress", "place"},
    {"officelocation", "place"},
    {"mobilephone", "phone"},
});

/// Members whose words are the service's own, whatever a person may be called.
constexpr auto service_words = std::to_array<std::string_view>({"@odata.type",
                                                                "workload",
                                                                "operation",
                                                                "recordtype",
                                                                "actiontype",
                                                                "action",
                                                                "actiontrigger",
                                                                "actionresult",
                                                                "category",
                                                                "severity",
                                                                "status",
                                                                "servicesource",
                                                                "detectionsource",
                                                                "productname",
                                                                "resultstatus",
                                                                "classification",
                                                                "determination",
                                                                "emaildirection",
                                                                "deliveryaction",
                                                                "deliverylocation",
                                                                "latestdeliverylocation",
                                                                "threattypes",
                                                                "usertype",
                                                                "riskstate",
                                                                "risklevel",
                                                                "riskeventtype",
                                                                "activitydisplayname",
                                                                "operationname",
                                                                "appname",
                                                                "title",
                                                                "name"});

auto is_service_word(const std::string& member) -> bool {
  const auto lower = seams::lower_case(member);
  return std::ranges::find(service_words, lower) != service_words.end();
}

auto kind_of_member(const std::string& member) -> std::string_view {
  const auto lower = seams::lower_case(member);
  const auto found = std::ranges::find(member_kinds, lower, &member_kind::member);
  return found == member_kinds.end() ? std::string_view() : found->kind;
}

/// Words that are no one's name, though mailboxes are called so.
constexpr auto common_words = std::to_array<std::string_view>(
    {"user",    "users", "admin",  "administrator", "info",   "test",    "name",     "subject",
     "device",  "file",  "root",   "support",       "system", "sales",   "service",  "mail",
     "office",  "alert", "alerts", "security",      "help",   "noreply", "no-reply", "place",
     "unknown", "none",  "null",   "true",          "false",  "email",   "token",    "example"});

/// Members whose value is a domain as a whole.
auto holds_domain(const std::string& member) -> bool {
  const auto lower = seams::lower_case(member);
  return lower.ends_with("domain") || lower.ends_with("domainname");
}

auto is_hex(char c) -> bool {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

auto is_letter_or_digit(char c) -> bool {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

auto is_local_part(char c) -> bool {
  return is_letter_or_digit(c) || std::string_view("._+-#").find(c) != std::string_view::npos;
}

auto is_host_char(char c) -> bool {
  return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_';
}

/// As much as fits from `at` on.
template <class fits> auto run_of(std::string_view text, std::size_t at, fits one) {
  auto end = at;
  while (end < text.size() && one(text[end])) {
    ++end;
  }
  return text.substr(at, end - at);
}

auto is_guid(std::string_view text) -> bool {
  if (text.size() != 36) {
    return false;
  }
  for (auto i = std::size_t{0}; i < 36; ++i) {
    const auto dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex(text[i])) {
      return false;
    }
  }
  return true;
}

auto is_ipv4(std::string_view text) -> bool {
  auto parts = 0;
  while (!text.empty()) {
    auto number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = static_cast<std::size_t>(read.ptr - text.data());
    if (read.ec != std::errc() || number > 255 || length > 3 || number < 0) {
      return false;
    }
    ++parts;
    text.remove_prefix(length);
    if (!text.empty() && (text.front() != '.' || text.size() == 1)) {
      return false;
    }
    text.remove_prefix(text.empty() ? 0 : 1);
  }
  return parts == 4;
}

auto is_ipv6(std::string_view text) -> bool {
  const auto colons = std::ranges::count(text, ':');
  const auto gap = text.find("::") != std::string_view::npos;
  if ((gap ? colons < 2 : colons != 7) || colons > 7 || text == "::" || text == "::1") {
    return false;
  }
  auto group = 0;
  for (const auto c : text) {
    group = c == ':' ? 0 : group + 1;
    if (group > 4) {
      return false;
    }
  }
  return true;
}

/// A host has a dot, ends in a label of letters, and is no number.
auto is_host(std::string_view text) -> bool {
  const auto dot = text.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || text.size() - dot < 3 ||
      text.find("..") != std::string_view::npos) {
    return false;
  }
  return std::ranges::all_of(text.substr(dot + 1), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

auto without_last_dots(std::string_view text) -> std::string_view {
  while (text.ends_with('.') || text.ends_with('-')) {
    text.remove_suffix(1);
  }
  return text;
}

/// "@" as it is, or as URLs write it.
auto at_sign(std::string_view text, std::size_t at) -> std::size_t {
  return text.substr(at).starts_with('@') ? 1 : text.substr(at).starts_with("%40") ? 3 : 0;
}

/// Something found in a text, and what replaces it.
struct replacement {
  std::size_t length = 0;
  std::string text;
};

auto address_at(std::string_view text, std::size_t at, const stand_in_names& names)
    -> std::optional<replacement> {
  const auto local =
      is_letter_or_digit(text[at]) ? run_of(text, at, is_local_part) : std::string_view();
  const auto sign = local.empty() ? 0 : at_sign(text, at + local.size());
  if (sign == 0) {
    return std::nullopt;
  }
  const auto domain = without_last_dots(run_of(text, at + local.size() + sign, is_host_char));
  if (!is_host(domain)) {
    return std::nullopt;
  }
  return replacement{local.size() + sign + domain.size(),
                     is_guid(local) ? names.guid(local) + "@" + names.host(domain)
                                    : names.address(local, domain)};
}

auto token_at(std::string_view text, std::size_t at) -> std::optional<replacement> {
  constexpr auto token_bytes_min = std::size_t{40};
  const auto run = run_of(text, at, [](char c) { return is_local_part(c) && c != '#'; });
  const auto dots = std::ranges::count(run, '.');
  const auto is_token = run.starts_with("eyJ") && run.size() >= token_bytes_min && dots >= 1;
  return is_token ? std::optional(replacement{run.size(), "token-removed"}) : std::nullopt;
}

auto number_address_at(std::string_view text, std::size_t at, const stand_in_names& names)
    -> std::optional<replacement> {
  const auto six = run_of(text, at, [](char c) { return is_hex(c) || c == ':'; });
  if (is_ipv6(six) && text.substr(at + six.size(), 1) != ".") {
    return replacement{six.size(), names.ipv6(six)};
  }
  const auto four = without_last_dots(
      run_of(text, at, [](char c) { return (c >= '0' && c <= '9') || c == '.'; }));
  // "Chrome/107.0.0.0" is a version
  const auto version = at > 1 && text[at - 1] == '/' && text[at - 2] != '/';
  return is_ipv4(four) && !version ? std::optional(replacement{four.size(), names.ipv4(four)})
                                   : std::nullopt;
}

auto host_at(std::string_view text, std::size_t at, const stand_in_names& names)
    -> std::optional<replacement> {
  const auto after = text.substr(0, at);
  const auto in_url = after.ends_with("://") || after.ends_with('@') ||
                      seams::lower_case(after.substr(at < 9 ? 0 : at - 9)) == "%3a%2f%2f";
  const auto host = without_last_dots(run_of(text, at, is_host_char));
  const auto whole = host.size() == text.size() && host.find('.') != host.rfind('.');
  return (in_url || whole) && is_host(host)
             ? std::optional(replacement{host.size(), names.host(host)})
             : std::nullopt;
}

auto sid_at(std::string_view text, std::size_t at, const stand_in_names& names)
    -> std::optional<replacement> {
  const auto sid =
      run_of(text, at, [](char c) { return c == 'S' || c == '-' || (c >= '0' && c <= '9'); });
  return sid.starts_with("S-1-5-21-") && sid.size() > 20
             ? std::optional(replacement{sid.size(), names.sid(sid)})
             : std::nullopt;
}

auto guid_at(std::string_view text, std::size_t at, const stand_in_names& names)
    -> std::optional<replacement> {
  const auto found = text.substr(at, 36);
  const auto ends = at + 36 >= text.size() || !is_hex(text[at + 36]);
  return is_guid(found) && ends ? std::optional(replacement{36, names.guid(found)}) : std::nullopt;
}

/// The number that the directory gives an account: sixteen digits that begin with 1003.
auto account_number_at(std::string_view text, std::size_t at, const stand_in_names& names)
    -> std::optional<replacement> {
  const auto run = run_of(text, at, is_hex);
  return run.size() == 16 && run.starts_with("1003")
             ? std::optional(replacement{16, "10032000" + names.word("", run).substr(1)})
             : std::nullopt;
}

/// What begins at a place where a word begins.
auto found_at(std::string_view text, std::size_t at, const stand_in_names& names)
    -> std::optional<replacement> {
  for (const auto look :
       {address_at, sid_at, guid_at, account_number_at, number_address_at, host_at}) {
    if (auto found = look(text, at, names)) {
      return found;
    }
  }
  return token_at(text, at);
}

/// Members {"Name": "...", "Value": "..."} name what they hold by a value.
auto member_meant(std::string_view object, std::string_view name) -> std::string {
  if (!seams::equal_ignoring_case(name, "Value")) {
    return std::string(name);
  }
  auto said = string_of(object, "Name");
  return said.empty() ? std::string(name) : said;
}

} // namespace

void stand_ins::remember(std::string_view value, std::string stand_in) {
  const auto name = seams::lower_case(trimmed(value));
  const auto numeric = std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
  const auto common = std::ranges::find(common_words, name) != common_words.end();
  if (name.size() >= name_bytes_min && !numeric && !common) {
    lengths_[name.substr(0, prefix_bytes)].insert(name.size());
    known_.emplace(name, std::move(stand_in));
  }
}

void stand_ins::remember_host(std::string_view host) {
  if (is_host(host) && !is_service_host(host)) {
    remember(host, names_.host(host));
  }
}

void stand_ins::look_at_text(const std::string& text, const std::string& member) {
  const auto inner = trimmed(text);
  if ((is_object(inner) || is_array(inner)) && is_json(inner)) {
    look_at_value(inner, member);
    return;
  }
  const auto kind = kind_of_member(member);
  const auto sign = text.find('@');
  if (!kind.empty() && sign == std::string::npos && !is_guid(text)) {
    remember(text, names_.word(kind, text));
  }
  if (holds_domain(member)) {
    remember_host(text);
  }
  const auto lone = sign != std::string::npos && text.find(' ') == std::string::npos;
  if (lone && is_host(text.substr(sign + 1))) {
    remember(text.substr(0, sign), names_.word("user", text.substr(0, sign)));
    remember_host(text.substr(sign + 1));
  }
  for (auto at = text.find("://"); at != std::string::npos; at = text.find("://", at + 3)) {
    remember_host(without_last_dots(run_of(text, at + 3, is_host_char)));
  }
}

void stand_ins::look_at_value(std::string_view value, const std::string& member) {
  if (is_object(value)) {
    for (const auto& [name, inside] : members_of(value)) {
      look_at_value(inside, member_meant(value, string_of(name)));
    }
  } else if (is_array(value)) {
    for (const auto inside : elements_of(value)) {
      look_at_value(inside, member);
    }
  } else if (value.starts_with('"')) {
    look_at_text(string_of(value), member);
  }
}

void stand_ins::look_at(std::string_view record) {
  look_at_value(trimmed(record), "");
}

auto stand_ins::without_patterns(std::string_view text) -> std::string {
  auto out = std::string();
  auto in_word = false;
  for (auto at = std::size_t{0}; at < text.size();) {
    const auto found = in_word ? std::nullopt : found_at(text, at, names_);
    if (found) {
      out += found->text;
      at += found->length;
      in_word = true;
      continue;
    }
    in_word = is_letter_or_digit(text[at]);
    // "%3a%2f%2fhost" and "%3duser%40host": what an escape ends with begins no word
    const auto escape =
        text[at] == '%' && at + 2 < text.size() && is_hex(text[at + 1]) && is_hex(text[at + 2]);
    const auto length = escape ? std::size_t{3} : std::size_t{1};
    out += text.substr(at, length);
    at += length;
  }
  return out;
}

auto stand_ins::without_names(std::string_view text) const -> std::string {
  const auto lower = seams::lower_case(text);
  auto out = std::string();
  for (auto at = std::size_t{0}; at < text.size();) {
    const auto starts = at == 0 || !is_letter_or_digit(text[at - 1]);
    const auto lengths =
        starts ? lengths_.find(std::string_view(lower).substr(at, prefix_bytes)) : lengths_.end();
    auto taken = std::size_t{0};
    if (lengths != lengths_.end()) {
      for (const auto length : lengths->second) {
        const auto ends = at + length <= text.size() &&
                          (at + length == text.size() || !is_letter_or_digit(text[at + length]));
        const auto known =
            ends ? known_.find(std::string_view(lower).substr(at, length)) : known_.end();
        if (known != known_.end()) {
          out += known->second;
          taken = length;
          break;
        }
      }
    }
    out += taken == 0 ? text.substr(at, 1) : std::string_view();
    at += std::max<std::size_t>(taken, 1);
  }
  return out;
}

auto stand_ins::redacted_text(const std::string& text, const std::string& member) -> std::string {
  const auto inner = trimmed(text);
  if ((is_object(inner) || is_array(inner)) && is_json(inner)) {
    return redacted_value(inner, member);
  }
  const auto kind = kind_of_member(member);
  const auto is_name = kind == "name" || kind == "user";
  const auto addressed = text.find('@') != std::string::npos || is_guid(text);
  if (!kind.empty() && !inner.empty() && !(is_name && addressed)) {
    const auto dot = kind == "file" ? text.rfind('.') : std::string::npos;
    return names_.word(kind, text) + (dot == std::string::npos ? "" : text.substr(dot));
  }
  if (holds_domain(member) && !inner.empty()) {
    return is_host(text) ? names_.host(text) : names_.word("t", text);
  }
  auto out = without_patterns(text);
  return is_service_word(member) ? out : without_names(out);
}

auto stand_ins::redacted_value(std::string_view value, const std::string& member) -> std::string {
  if (value.starts_with('"')) {
    const auto text = string_of(value);
    auto changed = redacted_text(text, member);
    return changed == text ? std::string(value) : quoted_json(changed);
  }
  if (!is_object(value) && !is_array(value)) {
    return std::string(value);
  }
  auto out = std::string();
  auto done = value.data();
  const auto put = [&](std::string_view inside, const std::string& name) {
    out.append(done, static_cast<std::size_t>(inside.data() - done));
    out += redacted_value(inside, name);
    done = inside.data() + inside.size();
  };
  for (const auto& [name, inside] : members_of(value)) {
    put(inside, member_meant(value, string_of(name)));
  }
  for (const auto inside : elements_of(value)) {
    put(inside, member);
  }
  out.append(done, static_cast<std::size_t>(value.data() + value.size() - done));
  return out;
}

auto stand_ins::redacted(std::string_view record) -> std::string {
  return redacted_value(trimmed(record), "");
}

} // namespace replay
