#include "mock_graph/exchange/list_rows.hpp"

#include "core/seams/digest.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/exchange/typed_fields.hpp"
#include "mock_graph/login/base64url.hpp"

namespace mock_graph::exchange {
namespace {

using nlohmann::ordered_json;

auto value_hash(const std::string& value) -> std::string {
  const auto digest = seams::sha256(seams::lower_case(value));
  auto bytes = std::string();
  for (const auto one : digest) {
    bytes += static_cast<char>(one);
  }
  return login::base64_encode(bytes);
}

} // namespace

auto list_row(const tenant::list_entry& entry, std::string_view object_state) -> ordered_json {
  auto row = ordered_json();
  row["LastUsedDate"] = nullptr;
  row["Error"] = nullptr;
  row["Identity"] = entry.id;
  row["Value"] = entry.value;
  row["Action"] = entry.allow ? "Allow" : "Block";
  row["Notes"] = entry.notes;
  row["SubmissionID"] = "Non-Submission";
  row["ListSubType"] = entry.phishing_drill ? "AdvancedDelivery" : "Tenant";
  row["SysManaged"] = false;
  add_moment(row, "LastModifiedDateTime", entry.created, "Z");
  if (entry.until) {
    add_moment(row, "ExpirationDate", *entry.until, "Z");
  } else {
    row["ExpirationDate"] = nullptr;
  }
  row["ObjectState"] = object_state;
  row["EntryValueHash"] = value_hash(entry.value);
  row["ModifiedBy"] = entry.modified_by;
  row["LastUsedDate(DateTime])"] = nullptr;
  if (entry.days_after_use) {
    add_number(row, "RemoveAfter", *entry.days_after_use);
  } else {
    row["RemoveAfter"] = nullptr;
  }
  add_moment(row, "CreatedDateTime", entry.created, "Z");
  return row;
}

auto removed_list_row(const tenant::list_entry& entry) -> ordered_json {
  auto row = ordered_json();
  row["Action"] = "0";
  row["EntryValueHash"] = nullptr;
  row["Error"] = nullptr;
  row["ExpirationDate"] = nullptr;
  row["Identity"] = "";
  row["LastModifiedDateTime"] = nullptr;
  row["ListSubType"] = nullptr;
  row["ModifiedBy"] = nullptr;
  row["Notes"] = nullptr;
  row["ObjectState"] = "Deleted";
  row["SubmissionID"] = nullptr;
  row["SysManaged"] = nullptr;
  row["Value"] = entry.value;
  return row;
}

} // namespace mock_graph::exchange
