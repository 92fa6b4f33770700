#include "scenarios/run/manners.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace scenarios::run {
namespace {

auto host_of(const std::string& url) -> std::string {
  const auto start = url.find("://");
  const auto from = start == std::string::npos ? 0 : start + 3;
  return url.substr(from, url.find('/', from) - from);
}

/// The segment number `index` of a URL's path, without a query or a key in parentheses.
auto segment_of(std::string_view url, std::size_t index) -> std::string {
  url = url.substr(0, url.find_first_of("?#"));
  const auto host = url.find("://");
  url.remove_prefix(std::min(host == std::string_view::npos ? 0 : host + 3, url.size()));
  for (auto left = index + 1; left > 0; --left) {
    const auto slash = url.find('/');
    url = slash == std::string_view::npos ? std::string_view() : url.substr(slash + 1);
  }
  return std::string(url.substr(0, url.find_first_of("/(")));
}

auto graph_bucket_of(const std::string& url) -> std::string {
  const auto area = segment_of(url, 1);
  if (area == "security") {
    return area + " " + segment_of(url, 2);
  }
  if (area == "auditLogs" || area == "identityProtection" || area == "admin") {
    return area;
  }
  return area == "users" && segment_of(url, 3) == "mailboxSettings" ? "mailbox" : "directory";
}

auto bucket_of(const std::string& url) -> std::string {
  const auto first = segment_of(url, 0);
  if (first == "v1.0" || first == "beta") {
    return host_of(url) + " " + graph_bucket_of(url);
  }
  if (first == "subscriptions") {
    return host_of(url) + " " + segment_of(url, 1);
  }
  return host_of(url) + (first == "adminapi" ? " " + first : "");
}

auto line_of(const exchange_note& call) -> std::string {
  return seams::to_rfc3339(call.sent) + " " + call.method + " " + call.url;
}

auto line_of(const mock_graph::journal_entry& entry) -> std::string {
  return seams::to_rfc3339(entry.at) + " " + entry.method + " " + entry.url + ": " + entry.note;
}

auto digits(std::string_view text) -> std::optional<int> {
  auto out = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), out);
  const auto whole = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
  return whole ? std::optional(out) : std::nullopt;
}

/// "Tue, 10 Mar 2026 08:00:10 GMT"
auto parse_http_date(std::string_view text) -> std::optional<seams::instant> {
  static constexpr auto months = std::to_array<std::string_view>(
      {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
  if (text.size() != 29 || !text.ends_with("GMT")) {
    return std::nullopt;
  }
  const auto month = std::ranges::find(months, text.substr(8, 3));
  const auto day = digits(text.substr(5, 2));
  const auto year = digits(text.substr(12, 4));
  const auto hour = digits(text.substr(17, 2));
  const auto minute = digits(text.substr(20, 2));
  const auto second = digits(text.substr(23, 2));
  if (month == months.end() || !day || !year || !hour || !minute || !second) {
    return std::nullopt;
  }
  const auto date = std::chrono::year{*year} / static_cast<int>(month - months.begin() + 1) / *day;
  return seams::instant{std::chrono::sys_days{date}} + std::chrono::hours{*hour} +
         std::chrono::minutes{*minute} + std::chrono::seconds{*second};
}

} // namespace

auto parse_retry_after(std::string_view text, seams::instant now)
    -> std::optional<seams::duration> {
  auto seconds = 0.0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && seconds >= 0) {
    return std::chrono::ceil<seams::duration>(std::chrono::duration<double>(seconds));
  }
  if (const auto date = parse_http_date(text)) {
    return std::max(*date - now, seams::duration::zero());
  }
  return std::nullopt;
}

auto early_requests(const std::vector<exchange_note>& exchanges) -> std::vector<std::string> {
  auto by_sending = std::vector<const exchange_note*>();
  for (const auto& call : exchanges) {
    by_sending.push_back(&call);
  }
  std::ranges::stable_sort(by_sending, {}, &exchange_note::sent);
  struct pause {
    seams::instant from;
    seams::instant until;
  };
  auto pauses = std::map<std::string, std::vector<pause>>();
  for (const auto& call : exchanges) {
    const auto span =
        call.retry_after ? parse_retry_after(*call.retry_after, call.received) : std::nullopt;
    if (span) {
      pauses[bucket_of(call.url)].push_back({call.received, call.received + *span});
    }
  }
  auto out = std::vector<std::string>();
  for (const auto* call : by_sending) {
    for (const auto& wait : pauses[bucket_of(call->url)]) {
      if (call->sent > wait.from && call->sent < wait.until) {
        out.push_back(line_of(*call) + " sent " + seams::to_text(wait.until - call->sent) +
                      " too early");
        break;
      }
    }
  }
  return out;
}

auto token_misuse(const mock_graph::journal& requests) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& entry : requests) {
    if (entry.route == "foreign" && entry.had_token) {
      out.push_back(line_of(entry) + "a token went to a foreign host");
    } else if (entry.fault.empty() && entry.note.starts_with("token ")) {
      out.push_back(line_of(entry));
    }
  }
  return out;
}

namespace {

/// A cmdlet that shows something, or a call that did not get so far as to name one.
auto only_shows(const mock_graph::journal_entry& entry) -> bool {
  return entry.route == "exchange.invoke" &&
         (entry.note.starts_with("Get-") || entry.note.find('-') == std::string::npos);
}

} // namespace

auto writes(const mock_graph::journal& requests) -> std::vector<std::string> {
  static constexpr auto reading_posts = std::to_array<std::string_view>({"login.token",
                                                                         "graph.hunting",
                                                                         "graph.batch",
                                                                         "activity.start",
                                                                         "cloud_apps.alerts",
                                                                         "cloud_apps.activities"});
  auto out = std::vector<std::string>();
  for (const auto& entry : requests) {
    const auto allowed = entry.method == "GET" || only_shows(entry) ||
                         (entry.method == "POST" &&
                          std::ranges::find(reading_posts, entry.route) != reading_posts.end());
    if (!allowed) {
      out.push_back(line_of(entry));
    }
  }
  return out;
}

} // namespace scenarios::run
