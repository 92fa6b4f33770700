#include "replay/redact/exchange_redactor.hpp"

#include "core/seams/letters.hpp"
#include "replay/text/base64.hpp"

#include <algorithm>
#include <array>

namespace replay {
namespace {

auto scheme_and_secret(std::string_view value, const text_redactor& with) -> std::string {
  const auto space = value.find(' ');
  if (space == value.npos) {
    return with.field("authorization", value);
  }
  const auto credentials = value.substr(space + 1);
  if (seams::equal_ignoring_case(value.substr(0, space), "basic")) {
    const auto pair = text::from_base64(credentials).value_or(""); // RFC 7617, 2: "name:password"
    (void)with.taken_out(std::string_view(pair).substr(std::min(pair.find(':') + 1, pair.size())));
  }
  return std::string(value.substr(0, space + 1)) + with.field("authorization", credentials);
}

/// "name=value; Path=/; name=value": names and attributes stay.
auto cookies(std::string_view value, const text_redactor& with) -> std::string {
  auto out = std::string();
  while (!value.empty()) {
    const auto part = value.substr(0, value.find(';'));
    const auto equals = std::min(part.find('='), part.size());
    const auto name = part.substr(0, std::min(part.size(), equals + 1));
    auto bare = seams::lower_case(name.substr(std::min(name.find_first_not_of(' '), name.size())));
    const auto attribute =
        bare == "path=" || bare == "expires=" || bare == "max-age=" || bare == "samesite=";
    out += name;
    out += attribute                                    ? std::string(part.substr(name.size()))
           : bare == "domain=" || equals == part.size() ? with.plain(part.substr(name.size()))
                                                        : with.taken_out(part.substr(name.size()));
    value.remove_prefix(part.size());
    if (!value.empty()) {
      out += ';';
      value.remove_prefix(1);
    }
  }
  return out;
}

/// Fields of HTTP and of Microsoft's services; what others hold is not known.
auto is_known_field(std::string_view name) -> bool {
  constexpr auto beginnings = std::to_array<std::string_view>({"accept",
                                                               "access-control-",
                                                               "cache-",
                                                               "content-",
                                                               "if-",
                                                               "odata",
                                                               "ratelimit",
                                                               "retry-",
                                                               "sec-",
                                                               "x-ms-ags",
                                                               "x-ms-client-request-id",
                                                               "x-ms-correlation",
                                                               "x-ms-ratelimit",
                                                               "x-ms-request-id",
                                                               "x-ms-routing",
                                                               "x-ms-throttle",
                                                               "x-aspnet",
                                                               "x-be",
                                                               "x-calculated",
                                                               "x-fe",
                                                               "x-owa",
                                                               "x-rum"});
  constexpr auto names = std::to_array<std::string_view>({"client-request-id",
                                                          "connection",
                                                          "dataserviceversion",
                                                          "date",
                                                          "etag",
                                                          "expect",
                                                          "expires",
                                                          "host",
                                                          "keep-alive",
                                                          "last-modified",
                                                          "location",
                                                          "maxdataserviceversion",
                                                          "nextpageuri",
                                                          "nextpageurl",
                                                          "origin",
                                                          "p3p",
                                                          "pragma",
                                                          "prefer",
                                                          "preference-applied",
                                                          "referer",
                                                          "request-id",
                                                          "return-client-request-id",
                                                          "server",
                                                          "strict-transport-security",
                                                          "transfer-encoding",
                                                          "user-agent",
                                                          "vary",
                                                          "www-authenticate",
                                                          "x-anchormailbox",
                                                          "x-cmdletname",
                                                          "x-content-type-options",
                                                          "x-forwarded-for",
                                                          "x-frame-options",
                                                          "x-powered-by",
                                                          "x-responseformat",
                                                          "x-serverapplication",
                                                          "x-clientapplication"});
  return std::ranges::find(names, name) != names.end() ||
         std::ranges::any_of(beginnings, [&](auto one) { return name.starts_with(one); });
}

auto header_value(const seams::header& field, const text_redactor& with) -> std::string {
  const auto name = seams::lower_case(field.name);
  if (name == "authorization" || name == "proxy-authorization") {
    return scheme_and_secret(field.value, with);
  }
  if (name == "cookie" || name == "set-cookie") {
    return cookies(field.value, with);
  }
  return names_secret(name) || !is_known_field(name) ? with.field(name, field.value)
                                                     : with.plain(field.value);
}

auto redacted_headers(const seams::headers& fields, const text_redactor& with) -> seams::headers {
  auto out = seams::headers();
  for (const auto& one : fields) {
    if (!seams::equal_ignoring_case(one.name, "content-length")) {
      out.add(one.name, header_value(one, with));
    }
  }
  return out;
}

auto is_form(const seams::headers& fields) -> bool {
  const auto type = fields.find("Content-Type");
  return type && seams::lower_case(*type).starts_with("application/x-www-form-urlencoded");
}

auto redacted_body(const std::string& body,
                   const seams::headers& fields,
                   text_redactor::author by,
                   const text_redactor& with) -> std::string {
  return is_form(fields) ? with.form(body) : with.body(body, by);
}

auto redacted_once(const exchange& what, const text_redactor& with) -> exchange {
  auto out = what;
  out.asked.method = with.plain(what.asked.method);
  out.asked.url = with.url(what.asked.url);
  out.asked.fields = redacted_headers(what.asked.fields, with);
  using author = text_redactor::author;
  out.asked.body = redacted_body(what.asked.body, what.asked.fields, author::anybody, with);
  out.answered.fields = redacted_headers(what.answered.fields, with);
  const auto by = what.answered.status >= 400 ? author::service : author::anybody;
  out.answered.body = redacted_body(what.answered.body, what.answered.fields, by, with);
  out.failed = with.plain(what.failed);
  return out;
}

} // namespace

auto redacted(const exchange& what, const text_redactor& with) -> exchange {
  const auto known = with.memory().all().size();
  auto out = redacted_once(what, with);
  return with.memory().all().size() == known ? out : redacted_once(what, with);
}

auto policy_mark(const redaction_policy& policy) -> std::string {
  auto settings = std::string();
  for (const auto on : {policy.people,
                        policy.domains,
                        policy.ids,
                        policy.addresses,
                        policy.free_text,
                        policy.unknown}) {
    settings += on ? '1' : '0';
  }
  for (const auto* list : {&policy.keep_fields,
                           &policy.secret_fields,
                           &policy.text_fields,
                           &policy.keep_domains,
                           &policy.keep_ids}) {
    settings += '\n';
    for (const auto& one : *list) {
      settings += one + ' ';
    }
  }
  return policy.name + ' ' + seams::to_hex(seams::sha256(settings)).substr(0, 8);
}

} // namespace replay
