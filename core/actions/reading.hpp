#pragma once
// How planners look at the tenant: reads that give parsed JSON, and the pieces of their URLs.
#include "core/actions/step.hpp"

#include <nlohmann/json.hpp>

namespace core::actions {

/// What planners work with; all of them outlive it.
struct tools {
  const connector_config& config;
  seams::clock& time;
  api::api_client& api;
  auth::token_source& tokens;
};

/// Headers beyond the usual ones.
using fields = std::vector<std::pair<std::string, std::string>>;

/// The object that a GET of `url` gives. Failures of `api_client::send`; "answer_malformed".
auto read_object(const tools& with, workload of, std::string url, fields extra = {})
    -> boost::asio::awaitable<seams::result<nlohmann::json>>;

/// All elements of `value`, objects, with the pages behind it; bounded by `http::chain`. Failures
/// of `read_object`.
auto read_list(const tools& with, workload of, std::string url, fields extra = {})
    -> boost::asio::awaitable<seams::result<std::vector<nlohmann::json>>>;

/// The same of a list whose elements are known by their `id`: one without is "answer_malformed".
auto read_entities(const tools& with, workload of, std::string url, fields extra = {})
    -> boost::asio::awaitable<seams::result<std::vector<nlohmann::json>>>;

/// "answer_malformed": the answer to GET `url` is `what`.
auto malformed_answer(const std::string& url, std::string_view what) -> seams::failure;

/// A call that changes something: sent once, and patient with throttling.
auto change(workload of, std::string method, std::string url, std::string body = "") -> api::call;

/// `text` as one segment of a path.
auto segment(std::string_view text) -> std::string;

/// A text in an OData filter, quoted and ready for a query.
auto in_filter(std::string_view text) -> std::string;

/// "{graph}/v1.0/users/{user}".
auto user_url(const tools& with, std::string_view user) -> std::string;

/// The text of a member, "" for anything else. Takes both kinds of documents, sorted or not.
template <class Json> auto text_in(const Json& object, std::string_view name) -> std::string {
  const auto found = object.find(std::string(name));
  return found != object.end() && found->is_string() ? found->template get<std::string>()
                                                     : std::string();
}

/// Whether a member is there and true.
template <class Json> auto is_true(const Json& object, std::string_view name) -> bool {
  const auto found = object.find(std::string(name));
  return found != object.end() && found->is_boolean() && found->template get<bool>();
}

/// A member that is an object, an empty object for anything else.
auto object_in(const nlohmann::json& object, std::string_view name) -> nlohmann::json;

/// The texts of a member that is a list, none for anything else.
auto texts_in(const nlohmann::json& object, std::string_view name) -> std::vector<std::string>;

/// A step that says that there is nothing to do for `target`.
auto nothing_to_do(std::string id, std::string target, std::string does) -> step;

} // namespace core::actions
