#include "mock_graph/faults/distort.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/errors/service_errors.hpp"
#include "mock_graph/odata/error_body.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mock_graph::faults {
namespace {

using json = nlohmann::ordered_json;

constexpr auto usual_top = std::uint64_t{100};
/// With the rest of a link about the 20 kB that were reported.
constexpr auto long_link_bytes = std::size_t{20'000};

auto seconds_text(seams::duration span) -> std::string {
  const auto tenths = std::chrono::duration_cast<std::chrono::milliseconds>(span).count() / 100;
  const auto whole = std::to_string(tenths / 10);
  return tenths % 10 == 0 ? whole : whole + "." + std::to_string(tenths % 10);
}

auto answer(int status, std::string_view type, std::string body) -> seams::response {
  auto out = seams::response();
  out.status = status;
  out.fields.set("Content-Type", std::string(type));
  out.body = std::move(body);
  return out;
}

auto graph_error(const call_facts& facts, const odata::api_error& why) -> seams::response {
  const auto ids = odata::request_ids{facts.now, facts.request_id, facts.client_request_id};
  const auto body = why.status == 429 ? odata::throttle_body(ids) : odata::error_body(why, ids);
  return answer(why.status, "application/json", odata::to_bytes(body));
}

auto management_error(int status, const std::string& code, const std::string& message)
    -> seams::response {
  auto body = json();
  body["error"]["code"] = code;
  body["error"]["message"] = message;
  return answer(status, "application/json; charset=utf-8", body.dump());
}

auto or_usual(const std::string& code, const char* usual) -> std::string {
  return code.empty() ? usual : code;
}

auto usual_code(int status) -> const char* {
  return status == 503 ? "ServiceUnavailable" : "UnknownError";
}

auto exchange_error(const fault& what) -> seams::response {
  if (what.status == 403 && what.code.empty()) {
    return errors::exchange_forbidden();
  }
  return errors::exchange(what.status,
                          or_usual(what.code, usual_code(what.status)),
                          "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
                          what.message);
}

auto error_answer(const fault& what, const call_facts& facts) -> seams::response {
  switch (facts.of) {
  case api::exchange:
    return exchange_error(what);
  case api::resource_manager:
    return errors::resource_manager(
        what.status, or_usual(what.code, usual_code(what.status)), what.message);
  case api::cloud_apps:
    return errors::cloud_apps(what.status, what.message);
  case api::defender:
    return errors::defender(
        what.status, or_usual(what.code, "InternalServerError"), what.message, facts.request_id);
  case api::graph:
    return graph_error(facts,
                       {what.status, or_usual(what.code, usual_code(what.status)), what.message});
  case api::management:
    return management_error(what.status,
                            or_usual(what.code, "AF50000"),
                            "An internal error occurred. Retry the request.");
  case api::login:
    return answer(what.status, "text/html", "<html><body>Service unavailable</body></html>");
  }
  return {};
}

/// The Management API throttles with a 403 whose body is not JSON (management-activity-api
/// sheet, 4); the token endpoint was seen to answer plain text (identity sheet, 5.2).
auto throttle_answer(const fault& what, const call_facts& facts) -> seams::response {
  if (facts.of == api::login) {
    return answer(429, "text/plain", "Too Many Requests");
  }
  switch (facts.of) {
  case api::exchange:
    return errors::exchange(
        429, "TooManyRequests", "Microsoft.Exchange.Admin.OData.Core.ODataServiceException", "");
  case api::resource_manager:
    return errors::resource_manager(429, "TooManyRequests", "");
  case api::cloud_apps:
    return errors::cloud_apps(429, ""); // what it looks like is not documented
  case api::defender:
    return errors::defender(429, "TooManyRequests", "API calls quota exceeded!", facts.request_id);
  case api::graph:
  case api::login:
    return graph_error(facts, {429, "TooManyRequests", ""});
  case api::management:
    break;
  }
  const auto text = "Too many requests. Method=" + facts.method +
                    ", PublisherId=00000000-0000-0000-0000-000000000000";
  if (what.form == "429") {
    return management_error(429, "AF429", text);
  }
  if (what.form == "403-json") {
    return management_error(403, "AF429", text);
  }
  return answer(403,
                "application/json; charset=utf-8",
                "{'error':{'code':'AF429','message':'" + text + "'}}");
}

auto html_answer(const fault& what) -> seams::response {
  return answer(what.status,
                "text/html",
                "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
                "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>"
                "Microsoft-Azure-Application-Gateway/v2</center>\r\n</body>\r\n</html>\r\n");
}

/// learn.microsoft.com/entra/identity-platform/claims-challenge; the text is that of the threads
/// named in incident-catalogue entry 17.
auto challenge_answer(const call_facts& facts) -> seams::response {
  auto out = graph_error(facts,
                         {401,
                          "InvalidAuthenticationToken",
                          "Continuous access evaluation resulted in challenge with result: "
                          "InteractionRequired and code: TokenCreatedWithOutdatedPolicies"});
  out.fields.set("WWW-Authenticate",
                 "Bearer realm=\"\", "
                 "authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
                 "error=\"insufficient_claims\", "
                 "claims=\"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ==\"");
  return out;
}

auto root_of(const std::string& url) -> std::string {
  return url.substr(0, url.find('/', url.find("://") + 3));
}

void replace_all(std::string& text, const std::string& from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

auto with_link(seams::response out, const call_facts& facts, const std::string& link)
    -> seams::response {
  if (facts.of == api::management) {
    out.fields.set("NextPageUri", link);
    return out;
  }
  // Spliced, not re-printed: the bytes of the records on the page must stay what they were.
  const auto name = facts.of == api::resource_manager ? ",\"nextLink\":" : ",\"@odata.nextLink\":";
  const auto end = out.body.rfind(name);
  out.body.erase(end == std::string::npos ? out.body.rfind('}') : end);
  out.body += name + json(link).dump() + "}";
  return out;
}

auto with_foreign_links(seams::response out, const call_facts& facts, const seams::request& query)
    -> seams::response {
  const auto root = root_of(query.url);
  auto link = query.url;
  link.replace(0, root.size(), foreign_root);
  replace_all(
      out.body, "\"contentUri\":\"" + root, "\"contentUri\":\"" + std::string(foreign_root));
  return with_link(std::move(out), facts, link);
}

/// The link means the same page: only the page size differs, by one.
auto with_empty_page(seams::response out, const seams::request& query) -> seams::response {
  const auto question = odata::read_target(query.url);
  const auto from = out.body.find("\"value\":[");
  if (!question || from == std::string::npos) {
    return out;
  }
  const auto top = odata::find_number(*question, "$top").value_or(usual_top);
  const auto link =
      odata::link_with(*question, "$top", std::to_string(std::max<std::uint64_t>(top, 2) - 1));
  out.body.erase(from);
  out.body += "\"value\":[],\"@odata.nextLink\":" + json(link).dump() + "}";
  return out;
}

/// As a retired list went on answering (incident-catalogue entry 38).
auto with_no_item(seams::response out) -> seams::response {
  const auto from = out.body.find("\"value\":[");
  if (from != std::string::npos) {
    out.body.erase(from);
    out.body += "\"value\":[]}";
  }
  return out;
}

/// As reported of nextLinks that the gateway then refuses (msgraph-explorer-v4 issue 3184).
auto with_long_link(seams::response out, const call_facts& facts) -> seams::response {
  const auto body = json::parse(out.body, nullptr, false);
  const auto link = body.is_object() ? body.value("@odata.nextLink", std::string()) : "";
  const auto padding = "&padding=" + std::string(long_link_bytes, 'A');
  return link.empty() ? out : with_link(std::move(out), facts, link + padding);
}

/// The end of the `nth` record of a page that is sound JSON; npos if it has fewer.
auto end_of_record(const std::string& body, std::uint64_t nth) -> std::size_t {
  auto depth = 0;
  auto in_text = false;
  auto records = std::uint64_t{0};
  for (auto at = body.find("\"value\":["); at < body.size(); ++at) {
    const auto c = body[at];
    if (in_text) {
      at += c == '\\' ? 1 : 0;
      in_text = c != '"';
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0 && ++records == nth) {
      return at;
    }
  }
  return std::string::npos;
}

/// msgraph-sdk-powershell issue 2677: the record breaks off and an error object follows.
auto with_error_inside(seams::response out, const call_facts& facts, const fault& what)
    -> seams::response {
  const auto end = end_of_record(out.body, what.cut_after + 1);
  out.body.resize(std::min(end, out.body.size()));
  out.body += graph_error(facts, {500, "UnknownError", ""}).body;
  return out;
}

auto spoiled(delivery::kind how, const fault& what, seams::response honest) -> reply {
  auto out = reply();
  out.response = std::move(honest);
  out.travel.how = how;
  out.travel.cut_after = what.cut_after;
  return out;
}

} // namespace

auto misread(const fault& what, odata::target& question) -> bool {
  const auto drop = [&](std::string_view name) {
    return std::erase_if(question.query, [&](const odata::parameter& one) {
             return seams::equal_ignoring_case(one.name, name);
           }) > 0;
  };
  if (what.what == fault::kind::ignore_filter) {
    return drop("$filter");
  }
  return what.what == fault::kind::ignore_order && drop("$orderby");
}

auto distort(const fault& what,
             const call_facts& facts,
             const seams::request& query,
             const std::function<seams::response()>& honest) -> reply {
  using kind = fault::kind;
  auto out = reply();
  switch (what.what) {
  case kind::status:
    out.response = error_answer(what, facts);
    break;
  case kind::throttle:
    out.response = throttle_answer(what, facts);
    break;
  case kind::html:
    out.response = html_answer(what);
    break;
  case kind::claims_challenge:
    out.response = challenge_answer(facts);
    break;
  case kind::cut:
    return spoiled(delivery::kind::cut, what, honest());
  case kind::undecodable:
    return spoiled(delivery::kind::undecodable, what, honest());
  case kind::reset:
    return spoiled(delivery::kind::reset, what, honest());
  case kind::silence:
    return spoiled(delivery::kind::silence, what, honest());
  case kind::slow:
    out.response = honest();
    out.travel.delay = what.delay;
    break;
  case kind::foreign_link:
    out.response = with_foreign_links(honest(), facts, query);
    break;
  case kind::ignore_filter:
  case kind::ignore_order:
    out.response = honest();
    break;
  case kind::empty_page:
    out.response = with_empty_page(honest(), query);
    break;
  case kind::empty_list:
    out.response = with_no_item(honest());
    break;
  case kind::long_link:
    out.response = with_long_link(honest(), facts);
    break;
  case kind::cut_with_error:
    out.response = with_error_inside(honest(), facts, what);
    break;
  case kind::endless_link:
    out.response = with_link(honest(), facts, query.url);
    break;
  }
  if (what.retry_after) {
    out.response.fields.set("Retry-After", seconds_text(*what.retry_after));
  }
  if (!what.retry_after_text.empty()) {
    out.response.fields.set("Retry-After", what.retry_after_text);
  }
  return out;
}

} // namespace mock_graph::faults
