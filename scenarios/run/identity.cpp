#include "scenarios/run/identity.hpp"

#include "core/seams/digest.hpp"
#include "scenarios/run/feed_views.hpp"

#include <nlohmann/json.hpp>

namespace scenarios::run {
namespace {

using nlohmann::json;

auto text(const json& record, std::string_view name) -> std::string {
  const auto found = record.find(name);
  return found != record.end() && found->is_string() ? found->get<std::string>() : std::string();
}

auto truth(const json& record, const char* name) -> bool {
  const auto found = record.find(name);
  return found != record.end() && ((found->is_boolean() && found->get<bool>()) ||
                                   (found->is_number() && found->get<double>() != 0));
}

auto in_lower_case(std::string words) -> std::string {
  for (auto& c : words) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words;
}

/// A row of Graph's list or of the legacy report: the same message, recipient and status.
auto trace_identity(const json& record, const identity& unknown) -> identity {
  const auto is_report = record.contains("MessageTraceId");
  const auto id = text(record, is_report ? "MessageTraceId" : "id");
  auto status = text(record, is_report ? "Status" : "status");
  if (is_report && !status.empty()) {
    status.front() = in_lower_case(status.substr(0, 1)).front();
  }
  const auto recipient = text(record, is_report ? "RecipientAddress" : "recipientAddress");
  return id.empty() ? unknown : identity{unknown.feed, id + "|" + in_lower_case(recipient), status};
}

} // namespace

auto identify(std::string_view feed, const std::string& raw) -> identity {
  const auto unknown = identity{std::string(feed), seams::to_hex(seams::sha256(raw)), ""};
  const auto record = json::parse(raw, nullptr, false);
  if (!record.is_object()) {
    return unknown;
  }
  if (feed == "safe_links") {
    return {std::string(feed),
            text(record, "ReportId") + (truth(record, "IsClickedThrough") ? "|1|" : "|0|") +
                text(record, "ActionType") + "|" + text(record, "Timestamp"),
            ""};
  }
  if (feed == "message_trace") {
    return trace_identity(record, unknown);
  }
  const auto& view = view_of(feed);
  auto id = text(record, view.id);
  return id.empty() ? unknown
                    : identity{std::string(feed), std::move(id), text(record, view.version)};
}

} // namespace scenarios::run
