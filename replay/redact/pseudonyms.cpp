#include "replay/redact/pseudonyms.hpp"

#include "core/seams/letters.hpp"
#include "replay/text/encodings.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace replay {
namespace {

// A digest has 256 bits; what is drawn from one stand-in stays far below.
class digest_draws {
public:
  digest_draws(std::string_view key, std::string_view what, std::string_view value)
      : key_(key), block_(keyed_digest(key, std::string(what) + '\0' + std::string(value))) {}

  auto below(unsigned limit) -> unsigned {
    if (at_ == block_.size()) {
      const auto* bytes = reinterpret_cast<const char*>(block_.data());
      block_ = keyed_digest(key_, std::string_view(bytes, block_.size()));
      at_ = 0;
    }
    return std::to_integer<unsigned>(block_[at_++]) % limit;
  }

private:
  std::string_view key_;
  seams::digest block_;
  std::size_t at_ = 0;
};

constexpr auto service_domains = std::to_array<std::string_view>({"microsoft.com",
                                                                  "microsoftonline.com",
                                                                  "microsoftonline.us",
                                                                  "microsoftonline-p.com",
                                                                  "microsoft.us",
                                                                  "microsoftazure.us",
                                                                  "chinacloudapi.cn",
                                                                  "microsoftonline.cn",
                                                                  "partner.outlook.cn",
                                                                  "windows.net",
                                                                  "windows.com",
                                                                  "azure.com",
                                                                  "azure.net",
                                                                  "azure.us",
                                                                  "azure.cn",
                                                                  "office.com",
                                                                  "office.net",
                                                                  "office365.com",
                                                                  "office365.us",
                                                                  "outlook.com",
                                                                  "outlook.cn",
                                                                  "live.com",
                                                                  "msidentity.com",
                                                                  "msftauth.net",
                                                                  "msauth.net",
                                                                  "cloudappsecurity.com",
                                                                  "cloudappsecurity.us",
                                                                  "microsoft365.com",
                                                                  "msn.com",
                                                                  "bing.com",
                                                                  "skype.com",
                                                                  "aka.ms",
                                                                  "onmicrosoft.com",
                                                                  "sharepoint.com",
                                                                  "windowsazure.com",
                                                                  "trafficmanager.net",
                                                                  "w3.org",
                                                                  "localhost"});

constexpr auto tenant_suffixes = std::to_array<std::string_view>({".mail.onmicrosoft.com",
                                                                  ".onmicrosoft.com",
                                                                  ".onmicrosoft.us",
                                                                  ".partner.onmschina.cn",
                                                                  ".sharepoint.com",
                                                                  ".sharepoint.us",
                                                                  ".sharepoint.cn",
                                                                  ".mail.protection.outlook.com",
                                                                  ".cloudappsecurity.com",
                                                                  ".b2clogin.com",
                                                                  ".ciamlogin.com",
                                                                  ".crm.dynamics.com",
                                                                  ".vault.azure.net",
                                                                  ".blob.core.windows.net",
                                                                  ".azurewebsites.net"});

/// Parts of the service's own names below the suffixes above.
constexpr auto service_labels = std::to_array<std::string_view>(
    {"portal", "admin", "www", "api", "us", "us2", "us3", "eu", "eu2"});

// What stands for a registered domain: "nabcdefghi.example" (RFC 2606, 2).
constexpr auto stand_in_top = std::string_view("example");
constexpr auto stand_in_label_begin = 'n';
constexpr auto stand_in_label_size = std::size_t{10};

/// Without the letters before it.
auto bare_guid(std::string_view value) -> std::string_view {
  constexpr auto hyphenated_size = std::size_t{36};
  return value.size() == guid_prefix_size + hyphenated_size ? value.substr(guid_prefix_size)
                                                            : value;
}

auto is_below(std::string_view domain, std::string_view parent) -> bool {
  return domain == parent || (domain.size() > parent.size() && domain.ends_with(parent) &&
                              domain[domain.size() - parent.size() - 1] == '.');
}

auto in_capitals(std::string_view text) -> bool {
  const auto has_lower =
      std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const auto has_upper =
      std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return has_upper && !has_lower;
}

auto upper(char c) -> char {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

auto in_case_of(std::string out, std::string_view original) -> std::string {
  if (in_capitals(original)) {
    std::transform(out.begin(), out.end(), out.begin(), upper);
  }
  return out;
}

auto labels_of(std::string_view domain) -> std::vector<std::string_view> {
  auto out = std::vector<std::string_view>();
  for (;;) {
    const auto dot = domain.find('.');
    out.push_back(domain.substr(0, dot));
    if (dot == domain.npos) {
      return out;
    }
    domain.remove_prefix(dot + 1);
  }
}

/// How many labels at the end are what somebody registered: two, or three below "co.uk".
auto registered_labels(const std::vector<std::string_view>& labels) -> std::size_t {
  constexpr auto second =
      std::to_array<std::string_view>({"co", "com", "org", "net", "gov", "ac", "edu", "gob", "or"});
  const auto count = labels.size();
  const auto three = count >= 3 && labels[count - 1].size() == 2 &&
                     std::find(second.begin(), second.end(), labels[count - 2]) != second.end();
  return std::min<std::size_t>(count, three ? 3 : 2);
}

/// Letters that end no domain and begin no word, for what follows a dot.
constexpr auto rare_letters = std::string_view("qxzjvw");

auto stand_in_letter(char original, unsigned draw, bool after_dot) -> char {
  const auto drawn =
      after_dot ? rare_letters[draw % rare_letters.size()] : static_cast<char>('a' + draw % 26);
  return original >= 'A' && original <= 'Z' ? upper(drawn) : drawn;
}

/// A character of as many bytes.
auto stand_in_character(std::size_t bytes, unsigned draw) -> std::string {
  auto out = std::string();
  const auto first = bytes == 2 ? 0x00e0U : bytes == 3 ? 0x4e00U : 0x1f600U;
  text::append_utf8(out, first + draw % 22);
  return out;
}

enum class run_kind { letters, digits, beyond_ascii, other };

auto kind_at(char c) -> run_kind {
  return text::is_letter(c)                      ? run_kind::letters
         : text::is_decimal(c)                   ? run_kind::digits
         : static_cast<unsigned char>(c) >= 0x80 ? run_kind::beyond_ascii
                                                 : run_kind::other;
}

auto run_stand_in(std::string_view key, std::string_view run, run_kind what, bool after_dot)
    -> std::string {
  auto draws = digest_draws(key, "word", seams::lower_case(run));
  auto out = std::string();
  while (!run.empty()) {
    auto bytes = std::size_t{1};
    if (what == run_kind::letters) {
      out += stand_in_letter(run.front(), draws.below(256), after_dot);
    } else if (what == run_kind::digits) {
      out += static_cast<char>('0' + draws.below(10));
    } else {
      bytes = std::max<std::size_t>(1, text::utf8_length(run));
      out += bytes == 1 ? "?" : stand_in_character(bytes, draws.below(256));
    }
    run.remove_prefix(bytes);
  }
  return out;
}

auto opaque_length(std::size_t size) -> std::size_t {
  auto out = std::size_t{24};
  while (out < size && out < 4096) {
    out *= 2;
  }
  return out;
}

} // namespace

auto keyed_digest(std::string_view key, std::string_view message) -> seams::digest {
  constexpr auto block_size = std::size_t{64};
  const auto as_text = [](const seams::digest& d) {
    return std::string(reinterpret_cast<const char*>(d.data()), d.size());
  };
  auto padded = key.size() > block_size ? as_text(seams::sha256(key)) : std::string(key);
  padded.resize(block_size, '\0');
  auto inner = std::string();
  auto outer = std::string();
  for (const auto c : padded) {
    inner += static_cast<char>(static_cast<unsigned char>(c) ^ 0x36U);
    outer += static_cast<char>(static_cast<unsigned char>(c) ^ 0x5cU);
  }
  inner += message;
  return seams::sha256(outer + as_text(seams::sha256(inner)));
}

auto pseudonyms::letters(std::string_view what, std::string_view value, std::size_t count) const
    -> std::string {
  auto draws = digest_draws(key_, what, value);
  auto out = std::string();
  for (auto i = std::size_t{0}; i < count; ++i) {
    out += static_cast<char>('a' + draws.below(26));
  }
  return out;
}

auto pseudonyms::guid(std::string_view value) const -> std::string {
  if (const auto bare = bare_guid(value); bare.size() != value.size()) {
    return std::string(value.substr(0, guid_prefix_size)) + guid(bare);
  }
  auto digits = seams::lower_case(value);
  std::erase(digits, '-');
  if (digits.find_first_not_of('0') == digits.npos) {
    return std::string(value);
  }
  auto out = seams::to_hex(keyed_digest(key_, "guid" + digits)).substr(0, 32);
  out.replace(0, stand_in_guid_mark.size(), stand_in_guid_mark);
  out[12] = '4';
  out[16] = '8';
  if (value.size() == 36) {
    for (const auto at : {20, 16, 12, 8}) {
      out.insert(static_cast<std::size_t>(at), 1, '-');
    }
  }
  return in_case_of(std::move(out), value);
}

auto pseudonyms::thread(std::string_view value) const -> std::string {
  const auto at = std::min(value.rfind('@'), value.size());
  const auto begin = std::min(value.find(':') + 1, at);
  auto out = std::string(value.substr(0, begin));
  for (auto middle = value.substr(begin, at - begin); !middle.empty();) {
    const auto part = middle.substr(0, middle.find('_'));
    const auto is_guid = part.size() == 32 || part.size() == 36;
    out += is_guid ? guid(part) : part == "meeting" ? std::string(part) : opaque(part);
    middle.remove_prefix(part.size());
    out += middle.substr(0, 1);
    middle.remove_prefix(std::min<std::size_t>(1, middle.size()));
  }
  return out + std::string(value.substr(at));
}

auto pseudonyms::hex(std::string_view value) const -> std::string {
  const auto block = seams::to_hex(keyed_digest(key_, "hex" + seams::lower_case(value)));
  auto out = std::string();
  while (out.size() < value.size()) {
    out += block;
  }
  out.resize(value.size());
  return in_case_of(std::move(out), value);
}

auto pseudonyms::ipv4(std::string_view value) const -> std::string {
  const auto in_ten = value.starts_with("10.") || value.starts_with("192.168.");
  const auto in_172 = value.starts_with("172.") && value.size() > 6 && value[6] == '.' &&
                      value.substr(4, 2) >= "16" && value.substr(4, 2) <= "31";
  if (value.starts_with("127.") || value == "0.0.0.0" || value == "255.255.255.255") {
    return std::string(value);
  }
  auto draws = digest_draws(key_, "ipv4", value);
  auto out = std::to_string(in_ten || in_172 ? 10 : 240 + draws.below(15));
  for (auto i = 0; i < 3; ++i) {
    out += '.' + std::to_string(draws.below(254) + 1);
  }
  return out;
}

auto pseudonyms::ipv6(std::string_view value) const -> std::string {
  if (value == "::" || value == "::1") {
    return std::string(value);
  }
  auto out = std::string("2001:db8");
  const auto digits = seams::to_hex(keyed_digest(key_, "ipv6" + seams::lower_case(value)));
  for (auto group = std::size_t{0}; group < 6; ++group) {
    out += ':' + std::string(1, static_cast<char>('1' + group)) + digits.substr(group * 3, 3);
  }
  return in_case_of(std::move(out), value);
}

auto pseudonyms::mail_address(std::string_view value) const -> std::string {
  const auto at = value.rfind('@');
  const auto lower = seams::lower_case(value);
  auto local = std::string_view(lower).substr(0, at);
  const auto guest = local.ends_with("#ext#");
  local.remove_suffix(guest ? 5 : 0);
  auto out = words(local.substr(0, 40));
  std::replace_if(
      out.begin(),
      out.end(),
      [](char c) { return !text::is_letter(c) && !text::is_decimal(c) && c != '.' && c != '-'; },
      '_');
  out += '.' + letters("address", lower, 6);
  out = in_case_of(std::move(out), value.substr(0, at));
  return out + (guest ? "#EXT#" : "") + '@' + domain(value.substr(at + 1));
}

auto pseudonyms::domain(std::string_view value) const -> std::string {
  const auto lower = seams::lower_case(value);
  if (const auto suffix = tenant_suffix(lower); !suffix.empty()) {
    auto label = std::string_view(lower).substr(0, lower.size() - suffix.size());
    const auto personal = label.ends_with("-my");
    label.remove_suffix(personal ? 3 : 0);
    return in_case_of(std::string(stand_in_mark) + letters("tenant", label, 8) +
                          (personal ? "-my" : "") + std::string(suffix),
                      value);
  }
  const auto labels = labels_of(lower);
  const auto kept = registered_labels(labels);
  auto registered = std::string();
  for (auto i = labels.size() - kept; i < labels.size(); ++i) {
    registered += (registered.empty() ? "" : ".") + std::string(labels[i]);
  }
  auto out = std::string();
  for (auto i = std::size_t{0}; i < labels.size() - kept; ++i) {
    out += letters("label",
                   labels[i],
                   std::max<std::size_t>(3, std::min<std::size_t>(12, labels[i].size()))) +
           '.';
  }
  out += stand_in_label_begin + letters("domain", registered, stand_in_label_size - 1) + '.' +
         std::string(stand_in_top);
  return in_case_of(std::move(out), value);
}

auto pseudonyms::words(std::string_view value) const -> std::string {
  auto out = std::string();
  auto before = '\0';
  while (!value.empty()) {
    const auto what = kind_at(value.front());
    const auto* end =
        std::find_if(value.begin(), value.end(), [&](char c) { return kind_at(c) != what; });
    const auto run = value.substr(0, static_cast<std::size_t>(end - value.begin()));
    out +=
        what == run_kind::other ? std::string(run) : run_stand_in(key_, run, what, before == '.');
    before = run.back();
    value.remove_prefix(run.size());
  }
  return out;
}

auto pseudonyms::name(std::string_view value) const -> std::string {
  return words(value) + '-' + letters("name", seams::lower_case(value), 6);
}

auto pseudonyms::opaque(std::string_view value) const -> std::string {
  const auto length = opaque_length(value.size()) - stand_in_mark.size();
  return std::string(stand_in_mark) + letters("opaque", value, length);
}

auto is_stand_in_domain(std::string_view domain) -> bool {
  const auto lower = seams::lower_case(domain);
  const auto suffix = tenant_suffix(lower);
  if (!suffix.empty()) {
    return lower.starts_with(stand_in_mark);
  }
  const auto labels = labels_of(lower);
  return labels.size() >= 2 && labels.back() == stand_in_top &&
         labels[labels.size() - 2].size() == stand_in_label_size &&
         labels[labels.size() - 2].front() == stand_in_label_begin;
}

auto is_stand_in_guid(std::string_view value) -> bool {
  const auto mark = bare_guid(value).substr(0, stand_in_guid_mark.size());
  return seams::lower_case(mark) == stand_in_guid_mark;
}

auto is_service_guid(std::string_view value) -> bool {
  return bare_guid(value).starts_with("0000000");
}

auto is_service_domain(std::string_view domain) -> bool {
  const auto lower = seams::lower_case(domain);
  return std::any_of(service_domains.begin(),
                     service_domains.end(),
                     [&](auto one) { return is_below(lower, one); }) &&
         tenant_suffix(lower).empty();
}

auto tenant_suffix(std::string_view domain) -> std::string_view {
  for (const auto suffix : tenant_suffixes) {
    if (domain.size() <= suffix.size() || !domain.ends_with(suffix)) {
      continue;
    }
    auto label = domain.substr(0, domain.size() - suffix.size());
    while (!label.empty()) { // "contoso.us3.portal": where the tenant lies is no secret
      const auto dot = label.rfind('.');
      const auto last = dot == label.npos ? label : label.substr(dot + 1);
      if (std::ranges::find(service_labels, last) == service_labels.end()) {
        break;
      }
      label = label.substr(0, dot == label.npos ? 0 : dot);
    }
    return label.empty() ? std::string_view() : domain.substr(label.size());
  }
  return {};
}

auto is_api_host(std::string_view domain) -> bool {
  const auto lower = seams::lower_case(domain);
  return is_service_domain(lower) || tenant_suffix(lower).ends_with(".cloudappsecurity.com");
}

} // namespace replay
