#include "scenarios/run/identity.hpp"

#include "core/seams/digest.hpp"
#include "core/seams/letters.hpp"
#include "scenarios/run/feed_views.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <span>

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

/// A row of a hunting table: the column that no other table of its feed has, and what names a row.
struct row_view {
  std::string_view feed;
  std::string_view table;
  std::string_view mark;
  std::array<const char*, 4> key;
  const char* version = nullptr;
};

constexpr auto rows = std::to_array<row_view>(
    {{"safe_links",
      "",
      "IsClickedThrough",
      {"ReportId", "ActionType", "IsClickedThrough", "Timestamp"}},
     {"email_events",
      "EmailEvents",
      "EmailDirection",
      {"NetworkMessageId", "RecipientEmailAddress"},
      "LatestDeliveryLocation"},
     {"email_events", "EmailUrlInfo", "UrlLocation", {"NetworkMessageId", "Url", "UrlLocation"}},
     {"email_events",
      "EmailAttachmentInfo",
      "FileName",
      {"NetworkMessageId", "RecipientEmailAddress", "FileName", "SHA256"}},
     {"email_events",
      "EmailPostDeliveryEvents",
      "ActionTrigger",
      {"NetworkMessageId", "RecipientEmailAddress", "ActionType", "Timestamp"}},
     {"teams_messages", "MessageEvents", "MessageVersion", {"TeamsMessageId", "MessageVersion"}},
     {"teams_messages", "MessageUrlInfo", "UrlDomain", {"TeamsMessageId", "Url"}},
     {"teams_messages",
      "MessagePostDeliveryEvents",
      "ActionTrigger",
      {"TeamsMessageId", "ActionType", "Timestamp"}}});

auto row_of(std::string_view feed, const json& record) -> const row_view* {
  const auto found = std::ranges::find_if(
      rows, [&](const row_view& one) { return one.feed == feed && record.contains(one.mark); });
  return found == rows.end() ? nullptr : &*found;
}

auto row_identity(const row_view& row, const json& record, const identity& unknown) -> identity {
  auto key = text(record, row.key.front());
  if (key.empty()) {
    return unknown;
  }
  for (const auto* column : std::span(row.key).subspan(1)) {
    if (column != nullptr) {
      key += "|" + (column == std::string_view("IsClickedThrough")
                        ? std::string(truth(record, column) ? "1" : "0")
                        : text(record, column));
    }
  }
  key = (row.table.empty() ? "" : std::string(row.table) + "|") + key;
  return {unknown.feed, std::move(key), row.version == nullptr ? "" : text(record, row.version)};
}

/// A row of Graph's list or of the legacy report: the same message, recipient and status.
auto trace_identity(const json& record, const identity& unknown) -> identity {
  const auto is_report = record.contains("MessageTraceId");
  const auto id = text(record, is_report ? "MessageTraceId" : "id");
  auto status = text(record, is_report ? "Status" : "status");
  if (is_report && !status.empty()) {
    status.front() = seams::lower_case(status.substr(0, 1)).front();
  }
  const auto recipient = text(record, is_report ? "RecipientAddress" : "recipientAddress");
  return id.empty() ? unknown
                    : identity{unknown.feed, id + "|" + seams::lower_case(recipient), status};
}

} // namespace

auto identify(std::string_view feed, const std::string& raw) -> identity {
  return identify(feed, raw, json::parse(raw, nullptr, false));
}

auto identify(std::string_view feed, const std::string& raw, const json& record) -> identity {
  const auto unknown = identity{std::string(feed), seams::to_hex(seams::sha256(raw)), ""};
  if (!record.is_object()) {
    return unknown;
  }
  if (feed == "safe_links" && record.contains("RecordType")) {
    const auto id = text(record, "Id");
    return id.empty() ? unknown : identity{std::string(feed), "audit|" + id, ""};
  }
  if (const auto* row = row_of(feed, record)) {
    return row_identity(*row, record, unknown);
  }
  if (feed == "message_trace") {
    return trace_identity(record, unknown);
  }
  const auto& view = view_of(feed);
  auto id = text(record, view.id);
  return id.empty() ? unknown
                    : identity{std::string(feed), std::move(id), text(record, view.version)};
}

auto identity_of(const core::record& what) -> identity {
  return view_of(what.feed).by_key ? identity{what.feed, what.key, ""}
                                   : identify(what.feed, what.raw);
}

auto name_print(const identity& who) -> mock_graph::fingerprint {
  return mock_graph::fingerprint_of(seams::sha256(who.feed + '\n' + who.key + '\n' + who.version));
}

} // namespace scenarios::run
