#include "core/triage/reading/readers.hpp"
#include "core/triage/words.hpp"

#include <array>

namespace core::triage {
namespace {

/// `severityValue` and `resolutionStatusValue` as Graph words them
/// (learn.microsoft.com/defender-cloud-apps/api-alerts).
constexpr auto app_severities =
    std::to_array<std::string_view>({"low", "medium", "high", "informational"});

constexpr auto year_9999_ms = std::int64_t{253'402'300'799'000};

auto app_classification(std::int64_t resolution) -> std::string {
  constexpr auto false_positive = 3;
  constexpr auto benign = 4;
  constexpr auto true_positive = 5;
  return resolution == false_positive  ? "falsepositive"
         : resolution == benign        ? "informationalexpectedactivity"
         : resolution == true_positive ? "truepositive"
                                       : "";
}

} // namespace

void read_app_alert(const record& one, loose_facts& out) {
  const auto what = object(one.raw);
  const auto id = what.word("_id");
  const auto at = what.number("timestamp");
  const auto severity = what.number("severityValue").value_or(-1);
  if (id.empty() || !at || *at < 0 || *at > year_9999_ms || what.text("title").empty()) {
    return; // an activity, or no alert that anybody could place
  }
  auto said = alert();
  said.id = "alert:app-" + id;
  said.created = seams::instant{std::chrono::milliseconds{*at}};
  said.updated = *said.created;
  said.title = what.text("title");
  if (severity >= 0 && severity < std::ssize(app_severities)) {
    said.severity = app_severities[static_cast<std::size_t>(severity)];
  }
  said.classification = app_classification(what.number("resolutionStatusValue").value_or(0));
  for (const auto piece : what.list("entities")) {
    const auto entity = object(piece);
    const auto name = entity.text(entity.text("pa").empty() ? "label" : "pa");
    if (entity.word("type") == "account" && holds(name, "@")) {
      said.users.push_back(address_key(name));
    }
  }
  settle(said.users);
  said.from = id_of(one);
  out.known.alerts.push_back(std::move(said));
}

} // namespace core::triage
