#include "core/actions/reading.hpp"

#include "core/auth/form.hpp"
#include "core/http/links.hpp"

#include <algorithm>
#include <iterator>

namespace core::actions {
namespace {

using nlohmann::json;
using seams::failure;
using seams::reaction;

/// Longer than that no one waits at a terminal; the act can be resumed.
constexpr auto longest_pause = seams::duration{std::chrono::minutes{10}};

auto read_call(workload of, std::string url, fields extra) -> api::call {
  auto out = api::call();
  out.of = of;
  out.url = std::move(url);
  out.fields = std::move(extra);
  out.patience = longest_pause;
  return out;
}

} // namespace

auto malformed_answer(const std::string& url, std::string_view what) -> failure {
  return {reaction::retry_later,
          "answer_malformed",
          "the answer to GET " + url.substr(0, url.find('?')) + " is " + std::string(what)};
}

auto read_object(const tools& with, workload of, std::string url, fields extra)
    -> boost::asio::awaitable<seams::result<json>> {
  auto what = read_call(of, url, std::move(extra));
  const auto answer = co_await with.api.send(std::move(what));
  if (!answer) {
    co_return answer.error();
  }
  auto out = json::parse(answer->body, nullptr, false);
  if (!out.is_object()) {
    co_return malformed_answer(url, "no object");
  }
  co_return out;
}

auto read_list(const tools& with, workload of, std::string url, fields extra)
    -> boost::asio::awaitable<seams::result<std::vector<json>>> {
  auto pages = http::chain(with.config.where.of(of).root);
  auto out = std::vector<json>();
  while (!url.empty()) {
    if (const auto allowed = pages.follow(url); !allowed) {
      co_return allowed.error();
    }
    auto page = co_await read_object(with, of, url, extra);
    if (!page) {
      co_return page.error();
    }
    auto rows = page->find("value");
    if (rows == page->end() || !rows->is_array() ||
        !std::ranges::all_of(*rows, [](const json& one) { return one.is_object(); })) {
      co_return malformed_answer(url, "no list of objects");
    }
    std::ranges::move(*rows, std::back_inserter(out));
    url = text_in(*page, "@odata.nextLink");
  }
  co_return out;
}

auto read_entities(const tools& with, workload of, std::string url, fields extra)
    -> boost::asio::awaitable<seams::result<std::vector<json>>> {
  auto out = co_await read_list(with, of, url, std::move(extra));
  if (out &&
      std::ranges::any_of(*out, [](const json& one) { return text_in(one, "id").empty(); })) {
    co_return malformed_answer(url, "a list with something that has no id");
  }
  co_return out;
}

auto change(workload of, std::string method, std::string url, std::string body) -> api::call {
  auto out = read_call(of, std::move(url), {});
  out.method = std::move(method);
  out.body = std::move(body);
  out.once = true;
  return out;
}

auto segment(std::string_view text) -> std::string {
  auto out = auth::percent_encode(text);
  for (auto at = out.find("%40"); at != std::string::npos; at = out.find("%40", at)) {
    out.replace(at, 3, "@"); // an address stays legible; RFC 3986, 3.3
  }
  return out;
}

auto in_filter(std::string_view text) -> std::string {
  auto quoted = std::string("'");
  for (const auto c : text) {
    quoted += c == '\'' ? "''" : std::string(1, c);
  }
  return auth::percent_encode(quoted + "'");
}

auto user_url(const tools& with, std::string_view user) -> std::string {
  return with.config.where.graph.root + "/v1.0/users/" + segment(user);
}

auto object_in(const json& object, std::string_view name) -> json {
  const auto found = object.find(std::string(name));
  return found != object.end() && found->is_object() ? *found : json::object();
}

auto texts_in(const json& object, std::string_view name) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  const auto found = object.find(std::string(name));
  if (found != object.end() && found->is_array()) {
    for (const auto& one : *found) {
      if (one.is_string()) {
        out.push_back(one.get<std::string>());
      }
    }
  }
  return out;
}

auto nothing_to_do(std::string id, std::string target, std::string does) -> step {
  auto out = step();
  out.id = std::move(id);
  out.target = std::move(target);
  out.does = std::move(does);
  out.already = true;
  return out;
}

} // namespace core::actions
