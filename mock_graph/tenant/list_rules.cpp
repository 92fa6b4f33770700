#include "mock_graph/tenant/list_rules.hpp"

#include "core/seams/digest.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/tenant/ip_range.hpp"

#include <algorithm>

namespace mock_graph::tenant {
namespace {

constexpr auto url_characters_max = std::size_t{250};
constexpr auto hash_characters = std::size_t{64};

auto is_host_letter(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/// What stands on one side of an entry's host and path.
enum class reach { exact, below, whole };

/// An entry in its parts: "~contoso.com~", "*.contoso.com/*", "contoso.com/a/*".
struct url_pattern {
  reach left = reach::exact;  ///< subdomains alone, or the domain with them
  reach right = reach::exact; ///< something below the path, or any path
  std::string host;
  std::string path; ///< "" or from its first slash

  [[nodiscard]] auto is_plain() const -> bool {
    return left == reach::exact && right == reach::exact;
  }
};

auto split(std::string text) -> url_pattern {
  auto out = url_pattern();
  if (text.starts_with("*.")) {
    out.left = reach::below;
    text.erase(0, 2);
  } else if (text.starts_with('~')) {
    out.left = reach::whole;
    text.erase(0, 1);
  }
  if (text.ends_with("/*")) {
    out.right = reach::below;
    text.resize(text.size() - 2);
  } else if (text.ends_with('~')) {
    out.right = reach::whole;
    text.pop_back();
  }
  const auto slash = std::min(text.find_first_of("/?"), text.size());
  out.host = text.substr(0, slash);
  out.path = text.substr(slash);
  return out;
}

/// The host and the rest of a URL, in small letters, without scheme, user and port; the rest is ""
/// for a lone slash.
struct clicked_url {
  std::string host;
  std::string rest;
};

auto taken_apart(std::string_view url) -> clicked_url {
  auto text = seams::lower_case(url);
  if (const auto scheme = text.find("://"); scheme < text.find_first_of("/?#")) {
    text.erase(0, scheme + 3);
  }
  const auto slash = std::min(text.find_first_of("/?#"), text.size());
  auto host = text.substr(0, slash);
  host.erase(0, host.rfind('@') + 1);
  const auto colon = host.find(':');
  if (colon != std::string::npos && colon == host.rfind(':')) {
    host.resize(colon);
  }
  auto rest = text.substr(slash);
  return {std::move(host), rest == "/" ? "" : std::move(rest)};
}

auto is_ip(std::string_view host) -> bool {
  return version_of(host).has_value();
}

auto is_domain(std::string_view text, bool may_be_top_level) -> bool {
  const auto dot = text.rfind('.');
  const auto last = dot == std::string_view::npos ? text : text.substr(dot + 1);
  return std::ranges::all_of(text, [](char c) { return is_host_letter(c) || c == '.'; }) &&
         !text.starts_with('.') && text.find("..") == std::string_view::npos && last.size() >= 2 &&
         (dot != std::string_view::npos || may_be_top_level);
}

auto what_is_wrong_with_url(const list_entry& entry) -> std::string {
  const auto text = seams::lower_case(entry.value);
  if (text.size() > url_characters_max) {
    return "The maximum number of characters in a URL entry is 250.";
  }
  if (std::ranges::any_of(text, [](char c) { return c <= ' ' || c > '~'; }) ||
      text.find_first_of("'\"") != std::string::npos) {
    return "Invalid characters.";
  }
  const auto pattern = split(text);
  if (pattern.path.starts_with("//") || pattern.host.find('@') != std::string::npos) {
    return "Protocols and user credentials are not supported.";
  }
  if ((pattern.host + pattern.path).find_first_of("*~") != std::string::npos) {
    return "Invalid wildcards.";
  }
  if (is_ip(pattern.host)) {
    return pattern.left == reach::exact && pattern.right != reach::whole ? ""
                                                                         : "Invalid wildcards.";
  }
  const auto top_level = pattern.left == reach::below && pattern.right == reach::below;
  if (!is_domain(pattern.host, top_level)) {
    return "Invalid domain.";
  }
  const auto narrow = pattern.left == reach::exact && pattern.right != reach::whole;
  return narrow || !entry.allow || entry.phishing_drill
             ? ""
             : "Allow entries can't have wildcards of subdomains.";
}

auto what_is_wrong_with_sender(std::string_view value) -> std::string {
  const auto text = seams::lower_case(value);
  const auto at = text.rfind('@');
  auto domain = at == std::string::npos ? text : text.substr(at + 1);
  const auto below = at == std::string::npos && domain.starts_with("*.");
  domain.erase(0, below ? 2 : 0);
  const auto spaced = std::ranges::any_of(text, [](char c) { return c <= ' ' || c == '"'; });
  return at == 0 || spaced || !is_domain(domain, below) ? "Invalid address or domain." : "";
}

auto is_hash(std::string_view text) -> bool {
  return text.size() == hash_characters && std::ranges::all_of(seams::lower_case(text), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

auto is_ipv6(std::string_view text) -> bool {
  const auto bits = prefix_of(text);
  return version_of(text) == ip_version::v6 ||
         (bits && *bits >= 1 && text.find(':') != std::string_view::npos);
}

/// Whether `value` stands in `text` with borders around it: in "test.com/contoso.com" and
/// "www.contoso.com/a" stands "contoso.com", in "abc-contoso.com" it does not.
auto stands_in(std::string_view text, std::string_view value, std::string_view before) -> bool {
  for (auto at = text.find(value); at != std::string_view::npos; at = text.find(value, at + 1)) {
    const auto end = at + value.size();
    if ((at == 0 || before.find(text[at - 1]) != std::string_view::npos) &&
        (end == text.size() || (!is_host_letter(text[end]) && text[end] != '.'))) {
      return true;
    }
  }
  return false;
}

auto host_fits(const url_pattern& pattern, const std::string& host) -> bool {
  const auto below = host.ends_with("." + pattern.host);
  const auto top_level = pattern.host.find('.') == std::string::npos;
  return pattern.left == reach::below   ? below || (top_level && host == pattern.host)
         : pattern.left == reach::whole ? below || host == pattern.host
                                        : host == pattern.host;
}

auto path_fits(const url_pattern& pattern, const std::string& rest) -> bool {
  const auto top_level = pattern.host.find('.') == std::string::npos;
  return pattern.right == reach::whole   ? rest.starts_with(pattern.path)
         : pattern.right == reach::below ? rest.starts_with(pattern.path + "/") || top_level
                                         : rest == pattern.path;
}

auto is_file_of(const list_entry& entry, const mail& what) -> bool {
  return std::ranges::any_of(what.attachments, [&](const attachment& file) {
    return seams::equal_ignoring_case(file.sha256, entry.value);
  });
}

auto stops(const list_entry& entry, const mail_fact& mail) -> bool {
  switch (entry.type) {
  case list_type::sender:
    return means_sender(entry, mail.what.from);
  case list_type::url:
    return !mail.internal_sender && std::ranges::any_of(mail.what.urls, [&](const auto& url) {
      return means_url(entry, url);
    });
  case list_type::file_hash:
    return !mail.internal_sender && is_file_of(entry, mail.what);
  case list_type::ip:
    return false;
  }
  return false;
}

} // namespace

auto what_is_wrong_with(const list_entry& entry) -> std::string {
  switch (entry.type) {
  case list_type::sender:
    return what_is_wrong_with_sender(entry.value);
  case list_type::url:
    return what_is_wrong_with_url(entry);
  case list_type::file_hash:
    return is_hash(entry.value) ? "" : "Invalid SHA256 hash value.";
  case list_type::ip:
    return is_ipv6(entry.value) ? "" : "Invalid IPv6 address.";
  }
  return {};
}

auto means_url(const list_entry& entry, std::string_view url) -> bool {
  const auto pattern = split(seams::lower_case(entry.value));
  const auto clicked = taken_apart(url);
  if (host_fits(pattern, clicked.host) && path_fits(pattern, clicked.rest)) {
    return true;
  }
  if (is_ip(pattern.host)) {
    return false;
  }
  if (pattern.is_plain()) {
    return !entry.allow &&
           stands_in(clicked.host + clicked.rest, pattern.host + pattern.path, "./=@");
  }
  return pattern.left == reach::whole && pattern.right == reach::whole &&
         stands_in(clicked.rest, pattern.host, "./");
}

auto means_sender(const list_entry& entry, std::string_view address) -> bool {
  const auto value = seams::lower_case(entry.value);
  const auto text = seams::lower_case(address);
  const auto domain = text.substr(text.rfind('@') + 1);
  if (value.starts_with("*.")) {
    return domain == value.substr(2) || domain.ends_with(value.substr(1));
  }
  return value == (value.find('@') == std::string::npos ? domain : text);
}

auto list_on_click(const std::vector<list_entry>& list, std::string_view url) -> list_says {
  auto out = list_says::nothing;
  for (const auto& entry : list) {
    const auto better = entry.allow ? out == list_says::nothing : out != list_says::block;
    if (entry.type == list_type::url && better && means_url(entry, url)) {
      out = entry.allow ? list_says::allow : list_says::block;
    }
  }
  return out;
}

auto outcome_by_list(list_says said, threat known) -> std::optional<click_outcome> {
  if (said == list_says::block) {
    return click_outcome::blocked_by_tenant;
  }
  return said == list_says::allow && known != threat::malware
             ? std::optional(click_outcome::allowed_by_tenant)
             : std::nullopt;
}

auto entry_against(const std::vector<list_entry>& list, const mail_fact& mail)
    -> const list_entry* {
  const auto found = std::ranges::find_if(
      list, [&](const list_entry& entry) { return !entry.allow && stops(entry, mail); });
  return found == list.end() ? nullptr : &*found;
}

void stop_mail(mail_fact& mail, const list_entry& entry) {
  mail.what.location = "Quarantine";
  if (mail.what.verdict == threat::clean) {
    mail.what.verdict = entry.type == list_type::file_hash ? threat::malware : threat::phish;
  }
  const auto what = entry.type == list_type::sender ? "sender email address"
                    : entry.type == list_type::url  ? "URL"
                                                    : "file";
  mail.stopped_by = "Tenant Allow/Block List " + std::string(what) + " block";
}

auto list_entry_id(std::uint64_t seed, std::string_view name) -> std::string {
  const auto whole = seams::to_hex(seams::sha256("list/" + std::to_string(seed)));
  const auto own = seams::to_hex(seams::sha256(std::to_string(seed) + std::string(name)));
  return "RgAAAAD" + whole.substr(0, 22) + own + "AAAA0";
}

auto next_expiry(const std::vector<list_entry>& list) -> std::optional<instant> {
  auto out = std::optional<instant>();
  for (const auto& entry : list) {
    if (entry.until && (!out || *entry.until < *out)) {
      out = entry.until;
    }
  }
  return out;
}

} // namespace mock_graph::tenant
