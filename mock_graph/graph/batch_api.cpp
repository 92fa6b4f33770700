#include "mock_graph/graph/batch_api.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/graph/answers.hpp"
#include "mock_graph/login/base64url.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::graph {
namespace {

using nlohmann::ordered_json;

/// A part that has been answered, or passed over.
struct part_outcome {
  seams::response response;
  seams::duration ended; ///< since the batch began
};

auto succeeded(const part_outcome& what) -> bool {
  return what.response.status / 100 == 2;
}

auto is_of_the_exchange(std::string_view field) -> bool {
  static constexpr auto names =
      std::to_array<std::string_view>({"request-id", "client-request-id", "Date"});
  return std::ranges::any_of(
      names, [&](std::string_view name) { return seams::equal_ignoring_case(name, field); });
}

auto shown_fields(const seams::headers& fields) -> ordered_json {
  auto out = ordered_json::object();
  for (const auto& [name, value] : fields) {
    if (!is_of_the_exchange(name)) {
      out[name] = value;
    }
  }
  return out;
}

/// JSON as it is, anything else as a string of base64.
auto shown_body(const seams::response& of) -> std::string {
  const auto type = of.fields.find("Content-Type").value_or("");
  const auto as_is = type.starts_with("application/json") && ordered_json::accept(of.body);
  return as_is ? of.body : '"' + login::base64_encode(of.body) + '"';
}

auto print_part(const batch_part& asked, const seams::response& given) -> std::string {
  return R"({"id":)" + odata::to_bytes(asked.id) + R"(,"status":)" + std::to_string(given.status) +
         R"(,"headers":)" + odata::to_bytes(shown_fields(given.fields)) +
         (given.body.empty() ? "" : R"(,"body":)" + shown_body(given)) + "}";
}

auto print_batch(const std::vector<batch_part>& asked, const std::vector<part_outcome>& given)
    -> std::string {
  const auto in_turn =
      std::ranges::any_of(asked, [](const auto& one) { return one.after.has_value(); });
  auto out = std::string();
  for (auto i = std::size_t{0}; i < asked.size(); ++i) {
    const auto place = in_turn ? i : asked.size() - 1 - i;
    out += (out.empty() ? "" : ",") + print_part(asked[place], given[place].response);
  }
  return R"({"responses":[)" + out + "]}";
}

} // namespace

auto batch_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({"graph.batch"});
  return names;
}

auto batch_api::route_of(const odata::target& target) const -> std::string_view {
  const auto path = below_version(target);
  return path.size() == 1 && odata::is_named(path[0], "$batch") ? routes()[0] : std::string_view();
}

auto batch_api::answer(call& what) -> seams::response {
  if (what.query.method != "POST") {
    return refuse(what, odata::method_not_allowed());
  }
  const auto parts = read_batch(what.query.body);
  if (!parts) {
    return refuse(what, parts.error());
  }
  auto outcomes = std::vector<part_outcome>();
  for (const auto& part : *parts) {
    const auto* before = part.after ? &outcomes[*part.after] : nullptr;
    const auto begun = before == nullptr ? seams::duration{} : before->ended;
    if (before != nullptr && !succeeded(*before)) {
      outcomes.push_back({refuse(what, {424, "FailedDependency", ""}), begun});
    } else {
      auto given = run(what, part);
      outcomes.push_back({std::move(given.response), begun + given.travel.delay});
    }
    what.takes = std::max(what.takes, outcomes.back().ended);
  }
  auto out = ok(what, print_batch(*parts, outcomes));
  out.fields.set("Content-Type", "application/json");
  return out;
}

auto batch_api::run(call& what, const batch_part& part) -> reply {
  auto query =
      seams::request{part.method, service_root(what) + "/" + part.url, part.fields, part.body};
  query.fields.set("Authorization",
                   std::string(what.query.fields.find("Authorization").value_or("")));
  if (!query.fields.find("client-request-id")) {
    query.fields.set("client-request-id", what.client_request_id);
  }
  auto out = ask_(query);
  if (out.travel.how != delivery::kind::whole) {
    const auto noted = what.note;
    out.response = refuse(what, {504, "UnknownError", ""});
    what.note = noted;
  }
  return out;
}

} // namespace mock_graph::graph
