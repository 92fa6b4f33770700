#include "tests/core/ocsf/sample_records.hpp"

#include "core/ocsf/document.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace ocsf_tests {
namespace {

using core::ocsf::read_document;
using core::ocsf::to_line;
using nlohmann::json;
namespace fs = std::filesystem;

const auto samples = fs::path(OFFTENANT_SOURCE_DIR) / ".." / "shared" / "samples";

auto text_of_file(const fs::path& path) -> std::string {
  auto file = std::ifstream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The feed a request of Graph's documentation would be of; "" for one that no feed reads.
auto feed_of_url(const std::string& url) -> std::string {
  static const auto parts = std::vector<std::pair<std::string, std::string>>{
      {"security/alerts", "alerts"},
      {"security/incidents", "incidents"},
      {"auditLogs/signIns", "sign_ins"},
      {"auditLogs/directoryAudits", "directory_audits"},
      {"iskDetections", "risk_detections"},
      {"riskyUsers", "risky_users"},
      {"riskyServicePrincipals", "risky_users"},
      {"runHuntingQuery", "safe_links"},
      {"mailboxSettings", "mailbox_settings"},
      {"messageTraces", "message_trace"},
      {"essages", "teams_messages"},
      {"v1.0/users?", "users"},
      {"v1.0/users/", "users"},
      {"v1.0/groups", "groups"},
      {"v1.0/devices", "devices"},
  };
  for (const auto& [part, feed] : parts) {
    if (url.find(part) != std::string::npos) {
      return feed;
    }
  }
  return {};
}

/// Collects the records of a document: of lists, pages, hunting answers, recorded exchanges.
class collector {
public:
  explicit collector(std::string feed) : feed_(std::move(feed)) {}

  void look(const json& value) {
    if (value.is_array()) {
      for (const auto& one : value) {
        look(one);
      }
      return;
    }
    if (!value.is_object()) {
      found.push_back({feed_, value.is_string() ? value.get<std::string>() : value.dump()});
      return;
    }
    if (value.contains("request") && (value.contains("response") || value.contains("responses"))) {
      look_at_exchange(value);
      return;
    }
    for (const auto* name :
         {"mocks", "errors", "body", "value", "results", "Results", "d", "message_trace_report"}) {
      const auto is_page = value.contains(name) && !value.contains("id") &&
                           (value[name].is_array() || value[name].is_object());
      if (is_page) {
        look(value[name]);
        return;
      }
    }
    if (value.contains("doc") && value.contains("text")) {
      const auto text = value["text"].get<std::string>();
      const auto open = text.find_first_of("[{");
      const auto close = text.find_last_of("]}");
      const auto inner =
          open < close && close != std::string::npos ? text.substr(open, close - open + 1) : text;
      const auto read = read_document(inner);
      if (read) {
        look(*read);
      } else {
        found.push_back({feed_, text});
      }
      return;
    }
    found.push_back({feed_, to_line(value)});
  }

  std::vector<sample> found;

private:
  void look_at_exchange(const json& value) {
    const auto before = feed_;
    const auto named = feed_of_url(value["request"].value("url", ""));
    feed_ = named.empty() ? feed_ : named;
    auto body = value.contains("response") && value["response"].contains("body")
                    ? value["response"]["body"]
                    : json(nullptr);
    if (body.is_string()) {
      const auto read = read_document(body.get<std::string>());
      body = read ? *read : body;
    }
    look(body);
    feed_ = before;
  }

  std::string feed_;
};

auto split_csv(const std::string& text) -> std::vector<std::vector<std::string>> {
  auto rows = std::vector<std::vector<std::string>>(1, {""});
  auto quoted = false;
  for (auto i = std::size_t{0}; i < text.size(); ++i) {
    const auto c = text[i];
    if (c == '"') {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"') {
        rows.back().back() += '"';
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
      rows.back().back() += c;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\n') {
      rows.emplace_back(1, "");
    }
  }
  rows.pop_back();
  return rows;
}

auto csv_records(const std::string& feed, std::string text) -> std::vector<sample> {
  text = text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
  const auto rows = split_csv(text);
  auto out = std::vector<sample>();
  for (auto i = std::size_t{1}; i < rows.size(); ++i) {
    auto one = json::object();
    for (auto column = std::size_t{0}; column < rows[0].size(); ++column) {
      one[rows[0][column]] = column < rows[i].size() ? rows[i][column] : "";
    }
    out.push_back({feed, to_line(one)});
  }
  return out;
}

auto records_in(const fs::path& path, const std::string& feed) -> std::vector<sample> {
  const auto text = text_of_file(path);
  if (path.extension() == ".csv") {
    return csv_records(feed, text);
  }
  if (path.extension() == ".ndjson") {
    auto out = std::vector<sample>();
    for (auto from = std::size_t{0}; from < text.size();) {
      const auto end = std::min(text.find('\n', from), text.size());
      if (end > from) {
        out.push_back({feed, text.substr(from, end - from)});
      }
      from = end + 1;
    }
    return out;
  }
  const auto read = read_document(text);
  if (!read) {
    return {{feed, text}};
  }
  auto all = collector(feed);
  all.look(*read);
  return all.found;
}

/// The feed each file is an export of.
auto feed_of_file(const std::string& name) -> std::string {
  static const auto parts =
      std::vector<std::pair<std::string, std::string>>{{"activity/", "audit_general"},
                                                       {"alerts/", "alerts"},
                                                       {"copyleft-agpl/", "safe_links"},
                                                       {"signin", "sign_ins"},
                                                       {"risk", "risk_detections"},
                                                       {"entra/", "directory_audits"},
                                                       {"hunting/", "safe_links"},
                                                       {"incidents/", "incidents"},
                                                       {"messagetrace/", "message_trace"},
                                                       {"policies/", "safe_links_policies"},
                                                       {"teams/", "teams_messages"},
                                                       {"devices", "devices"},
                                                       {"users/", "users"},
                                                       {"exchanges/", "a feed nobody reads"}};
  for (const auto& [part, feed] : parts) {
    if (name.find(part) != std::string::npos) {
      return feed;
    }
  }
  return {};
}

} // namespace

auto sample_files() -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  if (!fs::is_directory(samples)) {
    return out;
  }
  for (const auto& entry : fs::recursive_directory_iterator(samples)) {
    const auto name = fs::relative(entry.path(), samples).generic_string();
    if (entry.is_regular_file() && entry.path().extension() != ".md" &&
        !name.starts_with("licences/")) {
      out.push_back(name);
    }
  }
  std::ranges::sort(out);
  return out;
}

auto sample_records(const std::string& name) -> std::vector<sample> {
  return records_in(samples / name, feed_of_file(name));
}

} // namespace ocsf_tests
