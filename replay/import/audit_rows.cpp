#include "replay/import/audit_rows.hpp"

#include "replay/import/json_text.hpp"

namespace replay {

auto record_in_audit_data(std::string_view audit_data) -> seams::result<std::string> {
  constexpr auto spreadsheet_cell_max = std::size_t{32'000};
  const auto text = trimmed(audit_data);
  if (is_json(text) && is_object(text)) {
    return on_one_line(text);
  }
  const auto wrong = [](std::string why) {
    return seams::failure(seams::reaction::skip_record, "bad_audit_data", std::move(why));
  };
  if (text.empty()) {
    return wrong("AuditData is empty");
  }
  if (text.starts_with('{') && text.size() >= spreadsheet_cell_max) {
    return wrong("AuditData ends after " + std::to_string(text.size()) +
                 " bytes: a spreadsheet cut it");
  }
  return wrong("AuditData is no JSON object");
}

} // namespace replay
