#include "core/clicks/safe_link.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace core::clicks {
namespace {

constexpr auto nesting_max = 8;
constexpr auto mail_hosts = std::to_array<std::string_view>({".safelinks.protection.outlook.com",
                                                             ".safelinks.protection.office365.us",
                                                             ".safelinks.protection.outlook.cn"});
constexpr auto teams_hosts = std::to_array<std::string_view>(
    {"statics.teams.cdn.office.net", "staticsint.teams.cdn.office.net"});
/// .NET ticks of 1970-01-01.
constexpr auto ticks_at_1970 = std::int64_t{621'355'968'000'000'000};

auto hex_digit(char c) -> int {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

/// `text` with each `mark` and two hexadecimal digits replaced by the byte they mean.
auto decoded(std::string_view text, char mark) -> std::string {
  auto out = std::string();
  for (auto i = std::size_t{0}; i < text.size(); ++i) {
    const auto is_escape = text[i] == mark && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                           hex_digit(text[i + 2]) >= 0;
    if (is_escape) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

void replace_each(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// As a mail body holds it. Quoted-printable shows in `url=3D`.
auto cleaned(std::string_view address) -> std::string {
  auto out = std::string(address);
  replace_each(out, "=\r\n", "");
  replace_each(out, "=\n", "");
  if (seams::lower_case(out).find("?url=3d") != std::string::npos ||
      seams::lower_case(out).find("&url=3d") != std::string::npos) {
    out = decoded(out, '=');
  }
  replace_each(out, "&amp;", "&");
  return out;
}

struct parts {
  std::string host; ///< lower case, without port
  std::string_view path;
  std::string_view query;
};

auto split(std::string_view address) -> std::optional<parts> {
  const auto scheme = address.find("://");
  if (scheme == std::string_view::npos) {
    return std::nullopt;
  }
  const auto rest = address.substr(scheme + 3);
  const auto host_end = std::min(rest.find_first_of("/?#"), rest.size());
  auto host = seams::lower_case(rest.substr(0, host_end));
  host.resize(std::min(host.size(), host.find(':')));
  const auto tail = rest.substr(host_end);
  const auto mark = std::min(tail.find('?'), tail.size());
  const auto query = mark < tail.size() ? tail.substr(mark + 1) : std::string_view();
  return parts{std::move(host), tail.substr(0, mark), query.substr(0, query.find('#'))};
}

auto parameter(std::string_view query, std::string_view name) -> std::optional<std::string> {
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto one = query.substr(0, end);
    const auto equals = one.find('=');
    if (equals != std::string_view::npos && seams::lower_case(one.substr(0, equals)) == name) {
      return decoded(one.substr(equals + 1), '%');
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return std::nullopt;
}

auto is_mail_form(const parts& of) -> bool {
  const auto hosted = std::ranges::any_of(mail_hosts, [&](std::string_view suffix) {
    return of.host.ends_with(suffix) || of.host == suffix.substr(1);
  });
  return hosted ||
         (of.host == "outlook.office.com" && seams::lower_case(of.path) == "/mail/safelink.html");
}

auto is_teams_form(const parts& of) -> bool {
  return std::ranges::find(teams_hosts, of.host) != teams_hosts.end() &&
         seams::lower_case(of.path).ends_with("/atp-safelinks.html");
}

auto hex_id(const std::string& text) -> std::string {
  const auto fits =
      text.size() == 32 && std::ranges::all_of(text, [](char c) { return hex_digit(c) >= 0; });
  return fits ? seams::lower_case(text) : std::string();
}

/// Fields of `data`, by place (sheet, 5.2); layout 01 has the same first five.
void read_data(const std::string& data, safe_link& out) {
  auto fields = std::vector<std::string>(1);
  for (const auto c : data) {
    if (c == '|') {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  if (fields.size() < 5) {
    return;
  }
  out.recipient = fields[2];
  out.network_message_id = hex_id(fields[3]);
  out.tenant_id = hex_id(fields[4]);
  auto ticks = std::int64_t{0};
  if (fields.size() > 7) {
    const auto& text = fields[7];
    const auto read = std::from_chars(text.data(), text.data() + text.size(), ticks);
    if (read.ec == std::errc() && ticks > ticks_at_1970) {
      out.rewritten_at = seams::instant{seams::duration{ticks - ticks_at_1970}};
    }
  }
}

} // namespace

auto read_safe_link(std::string_view address) -> std::optional<safe_link> {
  const auto text = cleaned(address);
  const auto found = split(text);
  const auto teams = found && is_teams_form(*found);
  if (!found || !(teams || is_mail_form(*found))) {
    return std::nullopt;
  }
  auto target = parameter(found->query, "url");
  if (!target || target->empty()) {
    return std::nullopt;
  }
  auto out = safe_link();
  out.target = std::move(*target);
  out.from_teams = teams;
  if (const auto data = parameter(found->query, "data"); data && !teams) {
    read_data(*data, out);
  }
  return out;
}

auto unwrapped(std::string_view address) -> std::string {
  auto out = std::string(address);
  for (auto i = 0; i < nesting_max; ++i) {
    auto inner = read_safe_link(out);
    if (!inner) {
      break;
    }
    out = std::move(inner->target);
  }
  return out;
}

auto comparable(std::string_view address) -> std::string {
  auto out = unwrapped(address);
  out.resize(std::min(out.size(), out.find('#')));
  const auto scheme = out.find("://");
  if (scheme == std::string::npos) {
    return out;
  }
  const auto host_end = std::min(out.find_first_of("/?", scheme + 3), out.size());
  const auto head = seams::lower_case(std::string_view(out).substr(0, host_end));
  out.replace(0, host_end, head);
  return out.substr(host_end) == "/" ? head : out;
}

} // namespace core::clicks
