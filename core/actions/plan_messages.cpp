#include "core/actions/planners.hpp"

namespace core::actions {
namespace {

using nlohmann::json;

/// Ids must survive a move between the search and the deletion (learn.microsoft.com/graph/
/// outlook-immutable-id): asked for in both.
const auto lasting_ids = fields{{"Prefer", R"(IdType="ImmutableId")"}};

/// permanentDelete is in the metadata of the worldwide cloud alone (sheet, 2.9).
auto has_hard_delete(const cloud& where) -> bool {
  return where.name == "global" || where.name == "gcc";
}

/// With or without its angle brackets, as people copy it.
auto bracketed(std::string id) -> std::string {
  return id.starts_with('<') ? id : "<" + id + ">";
}

auto deletion(const tools& with, const std::string& mailbox, const json& message) -> step {
  const auto id = text_in(message, "id");
  auto out = step();
  out.id = "delete " + mailbox + " " + id;
  out.target = mailbox;
  out.does = "deletes \"" + text_in(message, "subject") + "\", received " +
             text_in(message, "receivedDateTime");
  const auto url = user_url(with, mailbox) + "/messages/" + segment(id);
  if (has_hard_delete(with.config.where)) {
    out.call = change(workload::graph, "POST", url + "/permanentDelete");
  } else {
    out.call = change(workload::graph, "DELETE", url);
    out.notes.emplace_back("this cloud has no permanentDelete: people can recover the message");
  }
  out.call.fields = lasting_ids;
  return out;
}

} // namespace

auto plan_messages(const tools& with, const act_request& what, std::string mailbox)
    -> boost::asio::awaitable<planned> {
  auto out = std::vector<step>();
  for (const auto& given : values_of(what.parameters, "internet_message_ids")) {
    const auto id = bracketed(given);
    auto url = user_url(with, mailbox) + "/messages?$filter=internetMessageId%20eq%20" +
               in_filter(id) + "&$select=id,internetMessageId,subject,receivedDateTime";
    const auto hits = co_await read_entities(with, workload::graph, std::move(url), lasting_ids);
    if (!hits) {
      co_return hits.error();
    }
    for (const auto& one : *hits) {
      out.push_back(deletion(with, mailbox, one));
    }
    if (hits->empty()) {
      out.push_back(nothing_to_do(
          "delete " + mailbox + " " + id, mailbox, "the mailbox does not hold " + id));
    }
  }
  co_return out;
}

} // namespace core::actions
