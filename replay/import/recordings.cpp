#include "replay/import/recordings.hpp"

#include "core/seams/letters.hpp"
#include "replay/har/read_har.hpp"
#include "replay/import/json_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace replay {
namespace {

struct listing {
  std::string_view segment;
  std::string_view feed;
};

/// Lists of Graph, by the last part of their path (graph-security, graph-identity sheets).
constexpr auto listings = std::to_array<listing>({{"alerts_v2", "alerts"},
                                                  {"incidents", "incidents"},
                                                  {"signins", "sign_ins"},
                                                  {"directoryaudits", "directory_audits"},
                                                  {"riskdetections", "risk_detections"},
                                                  {"riskyusers", "risky_users"},
                                                  {"messagetraces", "message_trace"},
                                                  {"users", "users"},
                                                  {"groups", "groups"},
                                                  {"devices", "devices"}});

auto path_of(std::string_view url) -> std::string {
  const auto scheme = url.find("://");
  const auto host = scheme == std::string_view::npos ? 0 : scheme + 3;
  const auto start = std::min(url.find('/', host), url.size());
  return seams::lower_case(url.substr(start, url.find_first_of("?#", start) - start));
}

/// Sign-in, and what only tells where records are.
auto holds_no_records(const std::string& path) -> bool {
  constexpr auto parts = std::to_array<std::string_view>(
      {"/oauth2/", "/.well-known/", "/discovery/", "/subscriptions"});
  return std::ranges::any_of(
      parts, [&](std::string_view one) { return path.find(one) != std::string::npos; });
}

auto feed_of_segment(std::string_view segment) -> std::string_view {
  const auto found = std::ranges::find(listings, segment, &listing::segment);
  return found == listings.end() ? std::string_view() : found->feed;
}

/// The URLs of a batch by the ids of its parts
/// (learn.microsoft.com/graph/json-batching).
auto batched_urls(std::string_view asked) -> std::map<std::string, std::string> {
  auto out = std::map<std::string, std::string>();
  const auto requests = is_json(asked) ? member_of(asked, "requests") : std::nullopt;
  for (const auto one : requests ? elements_of(*requests) : std::vector<std::string_view>()) {
    out[string_of(one, "id")] = string_of(one, "url");
  }
  return out;
}

auto is_har(std::string_view body) -> bool {
  const auto log = is_object(body) ? member_of(body, "log") : std::nullopt;
  const auto entries = log ? member_of(*log, "entries") : std::nullopt;
  return entries && is_array(*entries);
}

auto is_mock(std::string_view value) -> bool {
  const auto asked = member_of(value, "request");
  const auto answered = member_of(value, "response");
  return asked && answered && is_object(*asked) && is_object(*answered);
}

/// The mocks in JSON, if it is such a file.
auto mocks_in(std::string_view body) -> std::vector<std::string_view> {
  const auto list = is_object(body) ? member_of(body, "mocks").value_or("") : body;
  auto out = is_mock(body) ? std::vector{body} : elements_of(list);
  return std::ranges::all_of(out, is_mock) ? out : std::vector<std::string_view>();
}

auto status_of(std::string_view answer) -> int {
  auto out = 200;
  const auto text =
      member_of(answer, "statusCode").value_or(member_of(answer, "status").value_or(""));
  (void)std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

auto exchange_in(std::string_view mock) -> exchange {
  const auto asked = *member_of(mock, "request");
  const auto answered = *member_of(mock, "response");
  auto out = exchange();
  out.asked.url = string_of(asked, "url");
  out.asked.method = member_of(asked, "method") ? string_of(asked, "method") : "GET";
  out.answered.status = status_of(answered);
  const auto body = member_of(answered, "body").value_or("");
  out.answered.body = body.starts_with('"') ? string_of(body) : std::string(body);
  return out;
}

auto is_success(int status) -> bool {
  return status >= 200 && status < 300;
}

void take_batch(const exchange& what, std::size_t number, recording& out) {
  const auto& body = what.answered.body;
  const auto answers = is_json(body) ? member_of(body, "responses") : std::nullopt;
  const auto urls = batched_urls(what.asked.body);
  for (const auto one : answers ? elements_of(*answers) : std::vector<std::string_view>()) {
    const auto content = member_of(one, "body");
    const auto status = member_of(one, "status").value_or("");
    if (!content || !is_object(*content) || !status.starts_with('2')) {
      ++out.others;
      continue;
    }
    const auto url = urls.find(string_of(one, "id"));
    const auto known = url == urls.end() ? std::string() : url->second;
    out.answers.push_back(
        {number, "GET " + known, std::string(feed_of_url(known)), std::string(*content)});
  }
}

void take_exchange(exchange& what, std::size_t number, recording& out) {
  const auto path = path_of(what.asked.url);
  if (!is_success(what.answered.status) || trimmed(what.answered.body).empty() ||
      holds_no_records(path)) {
    ++out.others;
  } else if (path.ends_with("/$batch")) {
    take_batch(what, number, out);
  } else {
    out.answers.push_back({number,
                           what.asked.method + " " + what.asked.url,
                           std::string(feed_of_url(what.asked.url)),
                           std::move(what.answered.body)});
  }
}

} // namespace

auto feed_of_url(std::string_view url) -> std::string_view {
  auto path = path_of(url.find("://") == std::string_view::npos ? "/" + std::string(url)
                                                                : std::string(url));
  for (auto parts = 0; parts < 2 && !path.empty(); ++parts) {
    const auto slash = path.rfind('/');
    auto last = std::string_view(path).substr(slash + 1);
    last = last.substr(0, last.find('('));
    if (const auto feed = feed_of_segment(last); !feed.empty()) {
      return feed;
    }
    path.resize(slash == std::string::npos ? 0 : slash);
  }
  return {};
}

auto looks_like_recording(std::string_view text) -> bool {
  if (looks_like_cassette(text)) {
    return true;
  }
  const auto body = trimmed(text);
  const auto json = (is_object(body) || is_array(body)) && is_json(body);
  return json && (is_har(body) || !mocks_in(body).empty());
}

auto read_recording(std::string_view text, const std::string& name, const body_source& bodies)
    -> seams::result<recording> {
  auto out = recording();
  auto tape = cassette();
  if (looks_like_cassette(text)) {
    auto read = read_cassette(text, name, bodies);
    if (!read) {
      return read.error();
    }
    out.format = "cassette";
    tape = std::move(*read);
    if (!tape.torn.empty()) {
      out.missing.push_back("the end of " + tape.torn);
    }
  } else if (const auto body = trimmed(text); !is_har(body)) {
    out.format = "mocks of requests and answers";
    for (const auto one : mocks_in(body)) {
      tape.exchanges.push_back(exchange_in(one));
    }
  } else {
    auto read = read_har(text, name);
    if (!read) {
      return read.error();
    }
    out.format = "HAR file";
    tape = std::move(read->tape);
    out.missing = std::move(read->missing);
  }
  for (auto i = std::size_t{0}; i < tape.exchanges.size(); ++i) {
    take_exchange(tape.exchanges[i], i + 1, out);
  }
  return out;
}

} // namespace replay
