#include "scenarios/run/case_history.hpp"

#include "core/triage/case_json.hpp"
#include "core/triage/triage.hpp"
#include "scenarios/run/expectations.hpp"

#include <algorithm>

namespace scenarios::run {

auto case_history::within(const std::optional<seams::instant>& from,
                          const std::optional<seams::instant>& by)
    -> const std::vector<core::triage::triage_case>& {
  const auto [place, fresh] = done_.try_emplace({from, by});
  if (fresh) {
    const auto inside = [&](seams::instant at) {
      return (!from || at >= *from) && (!by || at <= *by);
    };
    auto book = core::triage::evidence_book();
    records_({}, [&](const core::stored_record& record) {
      if (inside(record.received_at)) {
        book.add(record.what);
      }
    });
    for (const auto& entry : health_) {
      if (inside(entry.at)) {
        book.add(entry);
      }
    }
    place->second = core::triage::triage_cases(book.settle(), {nullptr, roles_});
  }
  return place->second;
}

auto case_document(const core::triage::triage_case& one) -> nlohmann::json {
  auto out = core::triage::to_json(one);
  for (const auto& user : one.users) {
    out["exposure"][user.user] = core::triage::name_of(user.how);
    out["device"][user.user] = core::triage::name_of(user.device);
  }
  return out;
}

auto fits_case(const core::triage::triage_case& one, std::span<const model::condition> where)
    -> bool {
  const auto document = case_document(one);
  return std::ranges::all_of(
      where, [&](const model::condition& wanted) { return matches(document, wanted); });
}

} // namespace scenarios::run
