#include "mock_graph/exchange/exchange_api.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/errors/service_errors.hpp"
#include "mock_graph/odata/skiptoken.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mock_graph::exchange {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr auto app_role = std::string_view("Exchange.ManageAsApp");
constexpr auto body_bytes_max = std::size_t{1} << 20U;
constexpr auto rows_a_page = std::size_t{1000};
constexpr auto link_life = seams::duration{30min};
constexpr auto more_results =
    std::string_view("There are more results available than are currently displayed. To view them, "
                     "increase the value for the ResultSize parameter.");

auto holds_role(const call& what, access needs) -> bool {
  return what.app != nullptr && std::ranges::any_of(what.app->directory_roles, [&](auto& role) {
           return allows(role.name, needs) && role.from <= what.now && what.now < role.until;
         });
}

auto refuse_as(call& what, const cmdlet_error& why) -> seams::response {
  what.note += ": " + why.text;
  return errors::exchange(why.status, why.code, why.type, why.text);
}

auto malformed(call& what, std::string text) -> seams::response {
  what.note = "malformed command";
  return refuse_as(what,
                   {400,
                    "BadRequest",
                    "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
                    std::move(text)});
}

/// How the audit names an app that runs cmdlets is not verified: here as Entra's audit does.
auto actor_of(const call& what) -> actor {
  return {"ServicePrincipal_" + what.app->service_principal_id,
          6,
          what.app->client_id,
          what.request_id,
          "request " + what.request_id};
}

/// The row's bytes; with $select the fields named, each with its sidecars.
auto printed_row(const nlohmann::ordered_json& row, std::string_view select) -> std::string {
  if (select.empty()) {
    return row.dump();
  }
  auto out = nlohmann::ordered_json::object();
  for (const auto& [name, value] : row.items()) {
    const auto field = "," + name.substr(0, name.find('@')) + ",";
    if (("," + std::string(select) + ",").find(field) != std::string::npos) {
      out[name] = value;
    }
  }
  return out.dump();
}

} // namespace

struct exchange_api::command {
  const cmdlet* what = nullptr;
  json parameters;
  std::string fingerprint; ///< what a next link of this command is bound to; "" = to nothing
};

auto exchange_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({"exchange.invoke"});
  return names;
}

auto exchange_api::route_of(const odata::target& target) const -> std::string_view {
  const auto& path = target.path;
  const auto ours = path.size() == 4 && odata::is_named(path[0], "adminapi") &&
                    (odata::is_named(path[1], "beta") || odata::is_named(path[1], "v1.0")) &&
                    odata::is_named(path[3], "InvokeCommand");
  return ours ? routes().front() : std::string_view();
}

auto exchange_api::answer(call& what) -> seams::response {
  auto refused = seams::response();
  if (what.query.method != "POST") {
    refused.status = 405;
    return refused;
  }
  const auto own_tenant = seams::equal_ignoring_case(what.step(2), book_.state().tenant_id);
  if (!what.has_role(app_role) || !own_tenant) {
    what.note = own_tenant ? "role missing: " + std::string(app_role) : "another tenant";
    refused.status = 401;
    return refused;
  }
  const auto body = what.query.body.size() > body_bytes_max
                        ? json()
                        : json::parse(what.query.body, nullptr, false);
  const auto input = body.is_object() ? body.find("CmdletInput") : body.end();
  if (!body.is_object() || input == body.end() || !input->is_object()) {
    return malformed(what, "The request has no CmdletInput.");
  }
  const auto name = input->find("CmdletName");
  const auto parameters = input->find("Parameters");
  if (name == input->end() || !name->is_string()) {
    return malformed(what, "CmdletInput has no CmdletName.");
  }
  auto wanted = command();
  what.note = name->get<std::string>();
  wanted.what = find_cmdlet(what.note);
  wanted.parameters = parameters == input->end() ? json::object() : *parameters;
  if (const auto anchor = what.query.fields.find("X-AnchorMailbox")) {
    const auto made_of = what.note + "\n" + wanted.parameters.dump() + "\n" + std::string(*anchor);
    wanted.fingerprint = seams::to_hex(seams::sha256(made_of)).substr(0, 16);
  }
  return invoke(what, wanted);
}

auto exchange_api::invoke(call& what, const command& wanted) -> seams::response {
  const auto* one = wanted.what;
  const auto defended = book_.state().plan != tenant::licence::none;
  if (one == nullptr || (!defended && !one->without_defender)) {
    what.note += ": no such cmdlet here";
    return errors::exchange_forbidden();
  }
  if (!holds_role(what, one->needs)) {
    what.note += ": directory role missing";
    return errors::exchange_forbidden();
  }
  if (!wanted.parameters.is_object()) {
    return refuse_as(what,
                     {400,
                      "BadRequest",
                      "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
                      "Parameters is no object."});
  }
  const auto outcome = admin_.run(*one, wanted.parameters, what.now, actor_of(what));
  return outcome.wrong ? refuse_as(what, *outcome.wrong) : page(what, wanted, outcome);
}

auto exchange_api::page_size(const call& what) const -> std::size_t {
  auto size = rows_a_page;
  constexpr auto preference = std::string_view("odata.maxpagesize=");
  const auto prefer = what.query.fields.find("Prefer").value_or("");
  if (const auto at = prefer.find(preference); at != std::string_view::npos) {
    const auto digits = prefer.substr(at + preference.size());
    auto wanted = std::size_t{0};
    (void)std::from_chars(digits.data(), digits.data() + digits.size(), wanted);
    size = wanted == 0 ? size : std::min(size, wanted);
  }
  const auto small = static_cast<std::size_t>(book_.state().pages.exchange);
  return small == 0 ? size : std::min(size, small);
}

auto exchange_api::first_row(const call& what, const command& wanted) const
    -> std::optional<std::size_t> {
  const auto token = what.find("$skiptoken");
  if (!token) {
    return 0;
  }
  const auto mark = odata::decode_skip_token(*token, wanted.fingerprint);
  const auto good = mark && !wanted.fingerprint.empty() && what.now - mark->as_of <= link_life &&
                    !book_.state().choice_of_readings.exchange_links_fail;
  return good ? std::optional<std::size_t>(mark->position) : std::nullopt;
}

auto exchange_api::page(call& what, const command& wanted, const cmdlet_outcome& outcome) const
    -> seams::response {
  const auto& rows = outcome.rows;
  const auto first = first_row(what, wanted);
  if (!first) {
    what.note += ": next link refused";
    return errors::exchange(400,
                            "BadRequest",
                            "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
                            "Expired or Invalid pagination request. Default Expiry time is "
                            "00:30:00");
  }
  const auto size = wanted.what->pages ? page_size(what) : rows.size();
  const auto last = std::min(rows.size(), *first + size);
  const auto place =
      what.root() + "/adminapi/" + std::string(what.step(1)) + "/" + std::string(what.step(2));
  auto body = "{\"@odata.context\":\"" + place +
              "/$metadata#Collection(Exchange.GenericHashTable)\","
              "\"adminapi.warnings@odata.type\":\"#Collection(String)\",\"@adminapi.warnings\":[";
  const auto warning = outcome.warning.empty() ? std::string(more_results) : outcome.warning;
  body += last < rows.size() || outcome.cut ? json(warning).dump() : "";
  body += "],\"value\":[";
  for (auto i = *first; i < last; ++i) {
    body += (i == *first ? "" : ",") +
            printed_row(rows[i], what.find("$select").value_or(std::string_view()));
  }
  body += "]";
  if (last < rows.size()) {
    const auto mark = odata::page_mark{what.now, last, {}, wanted.fingerprint};
    body += ",\"@odata.nextLink\":" +
            json(place + "/InvokeCommand?%24skiptoken=" + odata::encode_skip_token(mark)).dump();
  }
  auto out = seams::response();
  out.status = 200;
  out.fields.set("Content-Type", "application/json;odata.metadata=minimal;charset=utf-8");
  out.fields.set("request-id", what.request_id);
  out.body = body + "}";
  return out;
}

} // namespace mock_graph::exchange
