#pragma once
// Unified audit records, derived from what happened in the tenant.
#include "mock_graph/activity/audit_maker.hpp"
#include "mock_graph/activity/content_log.hpp"
#include "mock_graph/defender/alert_book.hpp"

namespace mock_graph::activity {

/// RecordType 41 (Safe Links click), 28 (mail with a threat), 25 (Teams message with a link),
/// 40 (alert and its entities) and 64 (automated investigation), each as the wire shows it
/// (management-activity-api sheet, 7 and 8).
class audit_records final : public tenant::listener, public defender::alert_listener {
public:
  audit_records(tenant::tenant& owner, content_log& log) : tenant_(owner), log_(log) {}

  void on(const tenant::mail_fact& mail) override;
  void on(const tenant::teams_fact& message) override;
  void on(const tenant::click_fact& click) override;
  void on(const tenant::audit_run& run) override;
  void on_alert(const defender::alert& what, defender::alert_change change) override;

  /// A record that a scenario scripts; common fields that it leaves out are filled in.
  void scripted(seams::instant at, const std::string& origin, const tenant::audit_record& what);
  /// The same records once more, in blobs that arrive now.
  void again(seams::instant at, const tenant::redelivery& what);

private:
  struct common;
  void word_for_word(seams::instant at, const std::string& story, const tenant::audit_record& what);
  void publish(const common& head, nlohmann::ordered_json fields);
  void investigation_record(const defender::alert& what);
  void alert_record(const defender::alert& what, bool edited);
  void click_record(const tenant::click_fact& click, seams::instant at, int action);

  /// One record of a burst, by the name "id#n", if it has happened by `now`.
  [[nodiscard]] auto made_item(const std::string& name, seams::instant now) const
      -> std::optional<audit_item>;

  tenant::tenant& tenant_;
  content_log& log_;
  std::map<std::string, std::vector<audit_item>> by_cause_;
  std::map<std::string, std::shared_ptr<const audit_maker>> makers_; ///< by id of the burst
};

} // namespace mock_graph::activity
