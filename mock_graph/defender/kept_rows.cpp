#include "mock_graph/defender/kept_rows.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/hunting/kql/times.hpp"

#include <algorithm>
#include <charconv>

namespace mock_graph::defender {
namespace {

using hunting::scalar;
using hunting::value;
using nlohmann::json;

/// The columns that rows stay apart by: learn.microsoft.com/defender-xdr, the page of each table
/// (graph-security sheet, 4.2).
const auto identities = std::vector<table_identity>{
    {"UrlClickEvents",
     "safe_links",
     true,
     {"ReportId", "ActionType", "IsClickedThrough", "Timestamp"}},
    {"EmailEvents",
     "email_events",
     false,
     {"NetworkMessageId", "RecipientEmailAddress"},
     "LatestDeliveryLocation"},
    {"EmailUrlInfo", "email_events", false, {"NetworkMessageId", "Url", "UrlLocation"}},
    {"EmailAttachmentInfo",
     "email_events",
     false,
     {"NetworkMessageId", "RecipientEmailAddress", "FileName", "SHA256"}},
    {"EmailPostDeliveryEvents",
     "email_events",
     false,
     {"NetworkMessageId", "RecipientEmailAddress", "ActionType", "Timestamp"}},
    {"MessageEvents", "teams_messages", false, {"TeamsMessageId", "MessageVersion"}},
    {"MessageUrlInfo", "teams_messages", false, {"TeamsMessageId", "Url"}},
    {"MessagePostDeliveryEvents",
     "teams_messages",
     false,
     {"TeamsMessageId", "ActionType", "Timestamp"}}};

auto boolean_of(const json& from) -> value {
  if (from.is_boolean()) {
    return from.get<bool>();
  }
  if (from.is_number()) {
    return from.get<double>() != 0;
  }
  const auto word = from.is_string() ? seams::lower_case(from.get<std::string>()) : std::string();
  if (word == "true" || word == "1") {
    return true;
  }
  return word == "false" || word == "0" ? value(false) : value();
}

auto number_of(const json& from) -> value {
  if (from.is_number_integer()) {
    return from.get<std::int64_t>();
  }
  auto out = std::int64_t{0};
  const auto text = from.is_string() ? from.get<std::string>() : std::string();
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  const auto whole =
      !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size();
  return whole ? value(out) : value();
}

auto time_of(const json& from) -> value {
  const auto at =
      from.is_string() ? hunting::kql::parse_datetime(from.get<std::string>()) : std::nullopt;
  return at ? value(*at) : value();
}

auto dynamic_of(const json& from) -> value {
  if (!from.is_string()) {
    return from;
  }
  auto inside = json::parse(from.get<std::string>(), nullptr, false);
  return inside.is_discarded() ? value(from) : value(std::move(inside));
}

auto cell_of(const json& from, scalar type) -> value {
  if (from.is_null()) {
    return {};
  }
  switch (type) {
  case scalar::boolean:
    return boolean_of(from);
  case scalar::int32:
  case scalar::int64:
    return number_of(from);
  case scalar::datetime:
    return time_of(from);
  case scalar::dynamic:
    return dynamic_of(from);
  case scalar::real:
    return from.is_number() ? value(from.get<double>()) : value();
  case scalar::string:
  case scalar::timespan:
  case scalar::guid:
    break;
  }
  return from.is_string() ? from.get<std::string>() : from.dump();
}

} // namespace

auto identity_of_table(std::string_view table) -> const table_identity* {
  const auto found = std::ranges::find(identities, table, &table_identity::table);
  return found == identities.end() ? nullptr : &*found;
}

auto cells_of(const json& document, const std::vector<hunting::column>& columns) -> hunting::row {
  auto out = hunting::row(columns.size());
  for (auto i = std::size_t{0}; i < columns.size(); ++i) {
    const auto found = document.find(columns[i].name);
    if (found != document.end()) {
      out[i] = cell_of(*found, columns[i].type);
    }
  }
  return out;
}

auto text_of_cell(std::string_view name,
                  const hunting::row& cells,
                  const std::vector<hunting::column>& columns) -> std::string {
  const auto found = std::ranges::find(columns, name, &hunting::column::name);
  if (found == columns.end()) {
    return {};
  }
  const auto& cell = cells[static_cast<std::size_t>(found - columns.begin())];
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return *text;
  }
  if (const auto* at = std::get_if<seams::instant>(&cell)) {
    return seams::to_rfc3339(*at);
  }
  const auto* flag = std::get_if<bool>(&cell);
  return found->type == scalar::boolean ? (flag != nullptr && *flag ? "1" : "0") : "";
}

auto key_of_row(const table_identity& by,
                const hunting::row& cells,
                const std::vector<hunting::column>& columns) -> std::string {
  auto out = text_of_cell(by.columns.front(), cells, columns);
  if (out.empty()) {
    return out;
  }
  for (auto i = std::size_t{1}; i < by.columns.size(); ++i) {
    out += "|" + text_of_cell(by.columns[i], cells, columns);
  }
  return (by.alone ? "" : std::string(by.table) + "|") + out;
}

} // namespace mock_graph::defender
