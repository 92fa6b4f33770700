#include "scenarios/audit/batch_parts.hpp"

#include "core/json/check.hpp"
#include "core/json/slice.hpp"
#include "mock_graph/graph/batch_request.hpp"

#include <nlohmann/json.hpp>

#include <map>

namespace scenarios::audit {
namespace {

constexpr auto failed_dependency = 424;

auto read_response(std::string_view part) -> seams::response {
  auto out = seams::response();
  const auto facts = nlohmann::json::parse(part, nullptr, false);
  out.status = facts.value("status", 0);
  const auto fields = facts.value("headers", nlohmann::json::object());
  for (const auto& field : fields.items()) {
    out.fields.set(field.key(), field.value().get<std::string>());
  }
  if (const auto body = core::json::member(part, "body")) {
    out.body = std::string(*body);
  }
  return out;
}

auto responses_by_id(std::string_view body) -> std::map<std::string, seams::response> {
  auto out = std::map<std::string, seams::response>();
  if (!core::json::check(body)) {
    return out;
  }
  if (const auto all = core::json::member(core::json::body(body), "responses")) {
    core::json::for_each_element(*all, [&](std::string_view part) {
      const auto id = core::json::member(part, "id");
      out[id ? core::json::as_string(*id).value_or("") : ""] = read_response(part);
    });
  }
  return out;
}

} // namespace

auto answered_parts(const seams::request& batch, const seams::response& answer)
    -> std::vector<seams::response> {
  auto out = std::vector<seams::response>();
  const auto asked = mock_graph::graph::read_batch(batch.body);
  if (answer.status != 200 || !asked) {
    return out;
  }
  auto given = responses_by_id(answer.body);
  for (const auto& part : *asked) {
    if (auto& response = given[part.id]; response.status != failed_dependency) {
      out.push_back(std::move(response));
    }
  }
  return out;
}

} // namespace scenarios::audit
