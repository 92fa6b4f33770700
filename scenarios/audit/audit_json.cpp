#include "scenarios/audit/connector_audit.hpp"

#include <nlohmann/json.hpp>

namespace scenarios::audit {
namespace {

using json = nlohmann::ordered_json;

/// Requests are numbered from 1, as they came.
auto number_of(std::size_t place) -> std::size_t {
  return place + 1;
}

auto document_of(const source_count& what) -> json {
  return {{"visible", what.visible},
          {"never", what.never},
          {"once", what.once},
          {"repeatedly", what.repeatedly},
          {"passed", what.passed}};
}

auto word_of(fetching how) -> std::string_view {
  switch (how) {
  case fetching::never:
    return "never";
  case fetching::once:
    return "once";
  case fetching::repeatedly:
    return "repeatedly";
  }
  return "never";
}

auto document_of(const audited_record& what) -> json {
  auto out = json();
  out["source"] = what.feed;
  out["key"] = what.key;
  out["version"] = what.version;
  out["story"] = what.story;
  out["visible_at"] = seams::to_rfc3339(what.visible_at);
  out["fetched"] = word_of(what.how);
  out["delivered"] = what.delivered;
  out["requests"] = json::array();
  for (const auto place : what.answers) {
    out["requests"].push_back(number_of(place));
  }
  out["why"] = what.why;
  return out;
}

auto document_of(const std::vector<span_of_time>& spans) -> json {
  auto out = json::array();
  for (const auto& one : spans) {
    out.push_back({{"from", seams::to_rfc3339(one.from)}, {"to", seams::to_rfc3339(one.to)}});
  }
  return out;
}

auto document_of(const windows_of_type& what) -> json {
  auto out = json();
  out["asked"] = json::array();
  for (const auto& one : what.asked) {
    out["asked"].push_back({{"from", seams::to_rfc3339(one.span.from)},
                            {"to", seams::to_rfc3339(one.span.to)},
                            {"at", seams::to_rfc3339(one.at)},
                            {"request", number_of(one.answer)}});
  }
  out["gaps"] = document_of(what.gaps);
  out["overlaps"] = document_of(what.overlaps);
  return out;
}

auto document_of(const page_link& what) -> json {
  return {{"url", what.url},
          {"given", what.given},
          {"followed", what.followed},
          {"first_given_by", number_of(what.first_given)}};
}

template <class Items> auto list_of(const Items& items) -> json {
  auto out = json::array();
  for (const auto& one : items) {
    out.push_back(document_of(one));
  }
  return out;
}

template <class Named> auto object_of(const Named& items) -> json {
  auto out = json::object();
  for (const auto& [name, one] : items) {
    out[name] = document_of(one);
  }
  return out;
}

} // namespace

auto to_json(const connector_audit& what) -> std::string {
  auto out = json();
  out["format"] = 1;
  out["scenario"] = what.scenario;
  out["from"] = seams::to_rfc3339(what.from);
  out["until"] = seams::to_rfc3339(what.until);
  out["all_fetched"] = what.all_fetched();
  out["requests"] = what.requests;
  out["findings"] = json::array();
  for (const auto& one : findings_of(what)) {
    out["findings"].push_back({{"kind", one.kind}, {"text", one.text}});
  }
  out["sources"] = object_of(what.sources);
  out["closed"] = what.closed;
  out["not_read"] = what.not_read;
  out["records"] = list_of(what.records);
  out["windows"] = object_of(what.windows);
  out["pages"] = list_of(what.pages);
  out["permissions"]["used"] = what.permissions_used;
  out["permissions"]["unused"] = what.permissions_unused;
  out["refusals"] = what.refusals;
  return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace scenarios::audit
