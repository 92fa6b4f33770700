#include "core/actions/find_messages.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>

namespace core::actions {
namespace {

using nlohmann::json;
using seams::failure;
using seams::reaction;

/// A Message-ID is put into a query: nothing in it may end the text it stands in.
auto is_plain(std::string_view id) -> bool {
  return id.find_first_of("\"\\\r\n") == std::string_view::npos;
}

auto in_brackets(const std::string& id) -> std::string {
  return id.starts_with('<') ? id : "<" + id + ">";
}

auto no_recipients() -> failure {
  return {reaction::retry_later,
          "answer_malformed",
          "the answer to the hunting query is no list of recipients"};
}

/// runHuntingQuery reads, though it is a POST.
auto hunt(const tools& with, const std::string& query)
    -> boost::asio::awaitable<seams::result<std::vector<json>>> {
  auto call = api::call();
  call.method = "POST";
  call.url = with.config.where.graph.root + "/v1.0/security/runHuntingQuery";
  call.body = json{{"Query", query}}.dump();
  const auto answer = co_await with.api.send(std::move(call));
  if (!answer) {
    auto why = answer.error();
    why.why = "the mailboxes that hold the message cannot be looked up (ThreatHunting.Read.All); "
              "name them: " +
              why.why;
    co_return why;
  }
  const auto body = json::parse(answer->body, nullptr, false);
  const auto rows = body.find("results");
  if (rows == body.end() || !rows->is_array()) {
    co_return no_recipients();
  }
  co_return std::vector<json>(rows->begin(), rows->end());
}

} // namespace

auto find_messages(const tools& with, act_request what)
    -> boost::asio::awaitable<seams::result<act_request>> {
  if (what.name != "hard_delete_message") {
    co_return what;
  }
  const auto ids = values_of(what.parameters, "internet_message_ids");
  if (ids.empty() || !std::ranges::all_of(ids, is_plain)) {
    co_return failure(reaction::stop_and_diagnose,
                      "no_message",
                      "hard_delete_message needs the Message-ID of the mail: --message-id");
  }
  if (!values_of(what.parameters, "mailboxes").empty()) {
    co_return what;
  }
  auto mailboxes = std::vector<std::string>();
  for (const auto& id : ids) {
    const auto query = "EmailEvents | where InternetMessageId == \"" + in_brackets(id) +
                       "\" | project RecipientEmailAddress";
    const auto rows = co_await hunt(with, query);
    if (!rows) {
      co_return rows.error();
    }
    for (const auto& one : *rows) {
      mailboxes.push_back(seams::lower_case(text_in(one, "RecipientEmailAddress")));
      if (mailboxes.back().empty()) {
        co_return no_recipients();
      }
    }
  }
  std::ranges::sort(mailboxes);
  const auto doubles = std::ranges::unique(mailboxes);
  mailboxes.erase(doubles.begin(), doubles.end());
  std::erase_if(what.parameters, [](const auto& one) { return one.first == "mailboxes"; });
  what.parameters.emplace_back("mailboxes", std::move(mailboxes));
  co_return what;
}

} // namespace core::actions
