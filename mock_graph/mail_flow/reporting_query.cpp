#include "mock_graph/mail_flow/reporting_query.hpp"

#include "mock_graph/odata/literal/time.hpp"

#include <charconv>

namespace mock_graph::mail_flow {
namespace {

auto malformed(const std::string& what) -> odata::api_error {
  return {400, "", "Syntax error in the filter: " + what};
}

/// Conditions are joined by " and " outside quotes.
auto split_conditions(std::string_view filter) -> std::vector<std::string_view> {
  auto out = std::vector<std::string_view>();
  auto quoted = false;
  auto from = std::size_t{0};
  for (auto i = std::size_t{0}; i < filter.size(); ++i) {
    quoted = filter[i] == '\'' ? !quoted : quoted;
    if (!quoted && filter.substr(i).starts_with(" and ")) {
      out.push_back(filter.substr(from, i - from));
      from = i + 5;
    }
  }
  out.push_back(filter.substr(from));
  return out;
}

auto unquoted(std::string_view literal, std::string_view prefix) -> std::optional<std::string> {
  if (!literal.starts_with(prefix) || literal.size() < prefix.size() + 2 ||
      literal[prefix.size()] != '\'' || literal.back() != '\'') {
    return std::nullopt;
  }
  return std::string(literal.substr(prefix.size() + 1, literal.size() - prefix.size() - 2));
}

/// The service reads times without a zone as UTC.
auto moment_in(std::string_view literal) -> std::optional<seams::instant> {
  auto text = unquoted(literal, "datetime");
  if (!text) {
    return std::nullopt;
  }
  if (!text->ends_with('Z')) {
    *text += 'Z';
  }
  const auto read = odata::parse_date_time(*text);
  return read ? std::optional(*read) : std::nullopt;
}

auto read_condition(std::string_view condition, reporting_query& out)
    -> std::optional<odata::api_error> {
  const auto at = condition.find(" eq ");
  if (at == std::string_view::npos) {
    return malformed(std::string(condition));
  }
  const auto name = std::string(condition.substr(0, at));
  const auto literal = condition.substr(at + 4);
  if (name == "StartDate" || name == "EndDate") {
    const auto moment = moment_in(literal);
    (name == "StartDate" ? out.from : out.to) = moment;
    return moment ? std::nullopt : std::optional(malformed(std::string(literal)));
  }
  const auto text = unquoted(literal, "");
  if (!text) {
    return malformed(std::string(literal));
  }
  out.equal[name] = *text;
  return std::nullopt;
}

} // namespace

auto read_reporting_query(const odata::target& request) -> odata::outcome<reporting_query> {
  auto out = reporting_query();
  const auto filter = odata::find_parameter(request, "$filter").value_or("");
  if (!filter.empty()) {
    for (const auto condition : split_conditions(filter)) {
      if (auto wrong = read_condition(condition, out)) {
        return std::move(*wrong);
      }
    }
  }
  if (out.to && !out.from) {
    return malformed("EndDate demands StartDate");
  }
  const auto skip = odata::find_parameter(request, "$skiptoken").value_or("");
  if (!skip.empty()) {
    const auto parsed = std::from_chars(skip.data(), skip.data() + skip.size(), out.skip);
    if (parsed.ec != std::errc() || parsed.ptr != skip.data() + skip.size()) {
      return odata::api_error(400, "", "Invalid skip token");
    }
  }
  const auto format = odata::find_parameter(request, "$format").value_or("");
  out.json = format == "json" || format == "Json";
  return out;
}

} // namespace mock_graph::mail_flow
