#include "core/auth/form.hpp"
#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/permission_hint.hpp"
#include "core/feeds/trace_source.hpp"
#include "core/json/slice.hpp"

namespace core::feeds {
namespace {

constexpr auto graph_names = trace_names{"id", "recipientAddress", "status", "receivedDateTime"};
constexpr auto graph_traits = trace_traits{
    trace_form::graph, workload::graph, "read from graph", seams::duration{std::chrono::days{10}}};
constexpr auto tracing_service = std::string_view("8bd644d1-64a1-4d4b-ae52-2e0cbf64e373");
constexpr auto unknown_path = std::string_view("Resource not found for the segment");

class graph_trace_walk final : public linked_trace_walk {
public:
  using linked_trace_walk::linked_trace_walk;

  auto take(std::string_view body) -> seams::result<trace_page> override {
    const auto rows = json::member(body, "value");
    if (!rows || json::kind_of(*rows) != json::kind::array) {
      return no_rows();
    }
    go_on(text_of(body, "@odata.nextLink"));
    auto out = trace_page();
    json::for_each_element(
        *rows, [&](std::string_view row) { out.rows.push_back(trace_row(row, graph_names)); });
    return out;
  }
};

class graph_trace_source final : public trace_source {
public:
  explicit graph_trace_source(const trace_tools& with) : with_(with) {}

  [[nodiscard]] auto traits() const -> const trace_traits& override { return graph_traits; }

  [[nodiscard]] auto walk(const trace_window& span) const -> std::unique_ptr<trace_walk> override {
    const auto& root = with_.config.where.graph.root;
    const auto filter = "receivedDateTime ge " + seams::to_rfc3339(span.from) +
                        " and receivedDateTime le " + seams::to_rfc3339(span.to);
    auto first = root + "/v1.0/" + std::string(with_.facts.resource) +
                 "?$filter=" + auth::percent_encode(filter) +
                 "&$top=" + std::to_string(with_.facts.page_size);
    auto what = feed_call(with_.facts, with_.options, "");
    return std::make_unique<graph_trace_walk>(root, std::move(first), std::move(what));
  }

  [[nodiscard]] auto explained(seams::failure why) const -> seams::failure override {
    if (why.code == "404" || why.why.find(unknown_path) != std::string::npos) {
      return {why.next,
              std::string(no_traces_here),
              "Graph of this cloud has no message traces: " + why.why};
    }
    if (why.why.find(tracing_service) != std::string::npos) {
      why.code = "service_principal_missing";
      why.why = "Graph's message traces need the service principal of app id " +
                std::string(tracing_service) +
                " in the tenant: create it; that takes up to 24 hours to take effect";
    }
    return with_permission_hint(std::move(why), with_.facts);
  }

private:
  trace_tools with_;
};

} // namespace

auto graph_traces(const trace_tools& with) -> std::unique_ptr<trace_source> {
  return std::make_unique<graph_trace_source>(with);
}

} // namespace core::feeds
