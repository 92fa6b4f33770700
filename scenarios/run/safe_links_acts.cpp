#include "core/safe_links/administration.hpp"
#include "core/safe_links/posture_reading.hpp"
#include "core/safe_links/reconciliation.hpp"
#include "scenarios/run/acts.hpp"

namespace scenarios::run {
namespace {

namespace safe_links = core::safe_links;

auto code_of(const safe_links::request& asked, const safe_links::outcome& result, bool what_if)
    -> std::string {
  return !asked.what->changes() ? "shown"
         : !result.changed      ? "unchanged"
         : what_if              ? "would_change"
                                : "changed";
}

void note_failure(const seams::failure& why, nlohmann::json& out) {
  out["code"] = why.code;
  out["text"] = why.why;
}

void note(const seams::result<safe_links::posture_input>& read, nlohmann::json& out) {
  if (!read) {
    note_failure(read.error(), out);
    return;
  }
  const auto found = safe_links::judge_posture(*read);
  const auto document = safe_links::to_json(found);
  out["code"] = found.as_asked() ? "as_asked" : "not_as_asked";
  out["rows"] = document["coverage"];
  out["deviations"] = document["deviations"];
  out["remarks"] = document["remarks"];
}

void note(const seams::result<safe_links::reconciliation>& read, nlohmann::json& out) {
  if (!read) {
    note_failure(read.error(), out);
    return;
  }
  out["code"] = read->missing.empty() ? "all_stored" : "clicks_missing";
  out["reported"] = read->reported;
  out["rows"] = read->missing;
}

} // namespace

auto carry_out_safe_links(const model::planned_act& what,
                          const act_tools& with,
                          act_session& session) -> boost::asio::awaitable<act_record> {
  auto cmdlets = core::exchange::cmdlet_runner(with.config, session.api, session.tokens);
  auto document = nlohmann::json{{"run", what.run}, {"name", what.name}};
  if (what.run == model::posture_act) {
    const auto read = co_await safe_links::read_posture(with.config, session.api, cmdlets);
    note(read, document);
    co_return act_record{with.time.wall(), std::move(document)};
  }
  const auto asked = model::request_of(what);
  auto admin = safe_links::administration(cmdlets, with.time);
  if (what.run == model::reconcile_act) {
    const auto found = co_await safe_links::read_reconciliation(admin, with.records, asked->values);
    note(found, document);
    co_return act_record{with.time.wall(), std::move(document)};
  }
  const auto result = co_await admin.perform(*asked, what.what_if);
  if (result) {
    document["code"] = code_of(*asked, *result, what.what_if);
    document["remarks"] = result->remarks;
    document["rows"] = result->rows;
    for (const auto& one : result->changes) {
      document["requests"].push_back({{"url", one.url}, {"body", one.body}});
    }
  } else {
    note_failure(result.error(), document);
  }
  co_return act_record{with.time.wall(), std::move(document)};
}

} // namespace scenarios::run
