#pragma once
// The audit records of a burst, made by number.
#include "mock_graph/activity/content_log.hpp"
#include "mock_graph/tenant/facts.hpp"

namespace mock_graph::activity {

/// Record n is a function of the tenant, the burst and n: the users take turns, `CreationTime` is
/// that of its moment, `Id` carries the clock (management-activity-api sheet, 7).
class audit_maker final : public record_maker {
public:
  audit_maker(const tenant::standing& state, const tenant::audit_run& burst);

  [[nodiscard]] auto id(std::uint64_t n) const -> std::string override;
  [[nodiscard]] auto raw(std::uint64_t n) const -> std::string override;
  [[nodiscard]] auto story(std::uint64_t n) const -> std::string override;
  /// How many there are by `now`.
  [[nodiscard]] auto count(seams::instant now) const -> std::uint64_t { return times_.until(now); }
  [[nodiscard]] auto content_type() const -> const std::string& { return burst_->content_type; }

private:
  /// A record of one user, in which time and id are to be filled in.
  struct form {
    std::string text;
    std::size_t time_at = 0;
    std::size_t id_at = 0;
  };
  [[nodiscard]] auto form_for(const tenant::user& who) const -> form;

  const tenant::standing& state_;
  std::shared_ptr<const tenant::audit_burst> burst_;
  tenant::even_times times_;
  std::string origin_;
  std::vector<form> forms_; ///< per user
};

} // namespace mock_graph::activity
