#include "scenarios/replaying/replay_report.hpp"

#include "scenarios/report/safe_text.hpp"
#include "scenarios/run/case_history.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace scenarios::replaying {
namespace {

using json_document = nlohmann::ordered_json;

constexpr auto lines_shown = std::size_t{20};

auto plural(std::size_t count, const std::string& word) -> std::string {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

/// "line 7 of the cassette"; exchange 6 of an archive has no such line.
auto place_of(std::size_t index) -> std::string {
  return "exchange " + std::to_string(index + 1);
}

template <class list, class print> void show_some(const list& all, std::ostream& out, print one) {
  auto left = lines_shown;
  for (const auto& each : all) {
    if (left == 0) {
      out << "  and " << all.size() - lines_shown << " more\n";
      return;
    }
    --left;
    one(each);
  }
}

void print_exchanges(const tape_use& what, std::ostream& out) {
  out << "exchanges  " << what.used << " of " << what.wanted << " asked for ("
      << what.exchanges - what.wanted << " logins more)\n";
  show_some(what.unused, out, [&](const unused_exchange& one) {
    out << "  never asked for: " << place_of(one.index) << ": " << one.method << " "
        << report::for_terminal(one.url) << '\n';
  });
  auto again = std::size_t{0};
  for (const auto& [list, count] : what.asked_again) {
    again += count;
  }
  if (again > 0) {
    out << "  " << plural(again, "request") << " past the end of "
        << plural(what.asked_again.size(), "list") << '\n';
  }
  if (what.filled > 0) {
    out << "  " << plural(what.filled, "request") << " answered by the tenant model\n";
  }
}

void print_unmatched(const tape_use& what, std::ostream& out) {
  if (what.unmatched_count == 0) {
    return;
  }
  out << "unmatched  " << what.unmatched_count << '\n';
  show_some(what.unmatched, out, [&](const unmatched_request& one) {
    out << "  " << seams::to_rfc3339(one.at) << " " << one.method << " "
        << report::for_terminal(one.url) << '\n';
    if (one.from.closest) {
      out << "    closest: " << place_of(*one.from.closest) << '\n';
    }
    for (const auto& field : one.from.fields) {
      out << "    " << report::for_terminal(field) << '\n';
    }
  });
}

void print_findings(const replay_outcome& what, std::ostream& out) {
  auto total = std::size_t{0};
  for (const auto& [feed, count] : what.records) {
    total += count;
  }
  out << "records    " << total << '\n';
  for (const auto& feed : what.feeds) {
    const auto found = what.records.find(feed);
    out << "  " << feed << ": " << (found == what.records.end() ? 0 : found->second) << '\n';
  }
  out << "cases      " << what.cases.size() << '\n';
  show_some(what.cases, out, [&](const core::triage::triage_case& one) {
    out << "  " << core::triage::name_of(one.verdict) << ": " << report::for_terminal(one.title)
        << '\n';
  });
  out << "health     " << what.health.size() << '\n';
  show_some(what.health, out, [&](const core::health_entry& one) {
    out << "  " << seams::to_rfc3339(one.at) << " " << one.feed << ": " << one.state
        << (one.code.empty() ? "" : " " + report::for_terminal(one.code)) << '\n';
  });
}

auto difference_document(const unmatched_request& one) -> json_document {
  auto out = json_document();
  out["at"] = seams::to_rfc3339(one.at);
  out["method"] = one.method;
  out["url"] = one.url;
  out["closest"] = one.from.closest ? json_document(*one.from.closest + 1) : json_document();
  out["differences"] = one.from.fields;
  return out;
}

auto tape_document(const tape_use& what) -> json_document {
  auto out = json_document();
  out["recorded"] = what.exchanges;
  out["wanted"] = what.wanted;
  out["used"] = what.used;
  out["unused"] = json_document::array();
  for (const auto& one : what.unused) {
    auto line = json_document();
    line["exchange"] = one.index + 1;
    line["method"] = one.method;
    line["url"] = one.url;
    out["unused"].push_back(std::move(line));
  }
  out["past_the_end"] = json_document::object();
  for (const auto& [list, count] : what.asked_again) {
    out["past_the_end"][list] = count;
  }
  out["filled"] = what.filled;
  return out;
}

auto health_document(const core::health_entry& one) -> json_document {
  auto out = json_document();
  out["at"] = seams::to_rfc3339(one.at);
  out["feed"] = one.feed;
  out["state"] = one.state;
  out["code"] = one.code;
  out["text"] = one.text;
  return out;
}

} // namespace

void print_use(const tape_use& what, std::ostream& out) {
  print_exchanges(what, out);
  print_unmatched(what, out);
}

void print_report(const replay_outcome& what, std::ostream& out) {
  out << report::for_terminal(what.name) << ": " << (what.held() ? "replayed" : "did not hold")
      << ", " << seams::to_rfc3339(what.start) << " to " << seams::to_rfc3339(what.end) << ", seed "
      << what.seed << '\n';
  for (const auto& one : what.remarks) {
    out << "  " << report::for_terminal(one) << '\n';
  }
  if (!what.trouble.empty()) {
    out << "  " << report::for_terminal(what.trouble) << '\n';
  }
  print_use(what.use, out);
  show_some(what.early, out, [&](const std::string& one) {
    out << "  before Retry-After had passed: " << report::for_terminal(one) << '\n';
  });
  print_findings(what, out);
}

auto json_report(const replay_outcome& what) -> std::string {
  auto out = json_document();
  out["format"] = "offtenant-replay";
  out["version"] = 1;
  out["cassette"] = what.name;
  out["held"] = what.held();
  out["trouble"] = what.trouble;
  out["seed"] = what.seed;
  out["start"] = seams::to_rfc3339(what.start);
  out["end"] = seams::to_rfc3339(what.end);
  out["remarks"] = what.remarks;
  out["feeds"] = what.feeds;
  out["exchanges"] = tape_document(what.use);
  out["unmatched_count"] = what.use.unmatched_count;
  out["unmatched"] = json_document::array();
  for (const auto& one : what.use.unmatched) {
    out["unmatched"].push_back(difference_document(one));
  }
  out["before_retry_after"] = what.early;
  out["records"] = what.records;
  out["cases"] = json_document::array();
  for (const auto& one : what.cases) {
    out["cases"].push_back(json_document(run::case_document(one)));
  }
  out["health"] = json_document::array();
  for (const auto& one : what.health) {
    out["health"].push_back(health_document(one));
  }
  return out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

} // namespace scenarios::replaying
