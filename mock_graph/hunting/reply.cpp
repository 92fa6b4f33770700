#include "mock_graph/hunting/reply.hpp"

#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/times.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <cmath>

namespace mock_graph::hunting {
namespace {

using json = nlohmann::json;

auto is_plain(char c) -> bool {
  return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}

/// Most texts need no escape: only the others pay for a JSON value of their own.
void append_quoted(std::string& out, std::string_view text) {
  if (std::ranges::all_of(text, is_plain)) {
    ((out += '"') += text) += '"';
  } else {
    out += json(text).dump(-1, ' ', false, json::error_handler_t::replace);
  }
}

auto reply_text(std::string_view text) -> std::string {
  auto out = std::string();
  append_quoted(out, text);
  return out;
}

auto schema_of(const column& from, bool json_booleans) -> std::string {
  const auto type = from.type == scalar::boolean && json_booleans
                        ? std::string("Boolean")
                        : std::string(kql::dotnet_name(from.type));
  return R"({"name":)" + reply_text(from.name) + R"(,"type":)" + reply_text(type) + "}";
}

auto null_of(scalar type) -> std::string {
  return type == scalar::datetime || type == scalar::dynamic ? "{}" : "null";
}

auto real_text(double number) -> std::string {
  return std::isfinite(number) ? json(number).dump() : reply_text(kql::text_of(number));
}

void append_cell(std::string& out, const value& cell, scalar type, bool json_booleans) {
  switch (cell.index()) {
  case 0:
    out += null_of(type);
    break;
  case 1:
    append_quoted(out, std::get<std::string>(cell));
    break;
  case 2:
    append_quoted(out, seams::to_rfc3339(std::get<seams::instant>(cell)));
    break;
  case 3:
    out += json_booleans ? (std::get<bool>(cell) ? "true" : "false")
                         : (std::get<bool>(cell) ? "1" : "0");
    break;
  case 4:
    out += std::to_string(std::get<std::int64_t>(cell));
    break;
  case 5:
    out += real_text(std::get<double>(cell));
    break;
  case 6:
    append_quoted(out, kql::timespan_text(std::get<seams::duration>(cell)));
    break;
  default:
    out += std::get<json>(cell).dump(-1, ' ', false, json::error_handler_t::replace);
  }
}

} // namespace

auto to_reply_json(const result_table& result,
                   bool json_booleans,
                   const std::string& root,
                   const row_sink& each_row) -> std::string {
  auto out = R"({"@odata.context":)" +
             reply_text(root + "/$metadata#microsoft.graph.security.huntingQueryResults") +
             R"(,"schema":[)";
  auto heads = std::vector<std::string>();
  for (const auto& each : result.columns) {
    out += (heads.empty() ? "" : ",") + schema_of(each, json_booleans);
    const auto sidecar = each.type == scalar::boolean && !json_booleans
                             ? reply_text(each.name + "@odata.type") + R"(:"#SByte",)"
                             : std::string();
    heads.push_back(sidecar + reply_text(each.name) + ":");
  }
  out += R"(],"results":[)";
  for (auto place = std::size_t{0}; place < result.rows.size(); ++place) {
    const auto& cells = result.rows[place];
    out += place > 0 ? "," : "";
    const auto from = out.size();
    out += '{';
    for (auto at = std::size_t{0}; at < cells.size(); ++at) {
      out += at > 0 ? "," : "";
      out += heads[at];
      append_cell(out, cells[at], result.columns[at].type, json_booleans);
    }
    out += '}';
    if (each_row) {
      each_row(std::string_view(out).substr(from));
    }
  }
  return out + "]}";
}

} // namespace mock_graph::hunting
