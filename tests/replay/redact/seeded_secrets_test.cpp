#include "replay/leak/leak_check.hpp"
#include "replay/redact/exchange_redactor.hpp"
#include "replay/text/base64.hpp"
#include "replay/text/encodings.hpp"
#include "tests/replay/redact/naive_search.hpp"

#include <doctest/doctest.h>

#include <functional>

namespace {

using namespace replay::text;
using replay::exchange;

auto every_byte(const std::string& what, const std::function<std::string(unsigned char)>& written)
    -> std::string {
  auto out = std::string();
  for (const auto c : what) {
    out += written(static_cast<unsigned char>(c));
  }
  return out;
}

auto hex_of(unsigned char c) -> std::string {
  return to_hex(std::string(1, static_cast<char>(c)));
}

auto percent(const std::string& what) -> std::string {
  return every_byte(what, [](unsigned char c) { return '%' + hex_of(c); });
}

auto json_escaped(const std::string& what) -> std::string {
  return every_byte(what, [](unsigned char c) { return "\\u00" + hex_of(c); });
}

auto quoted_inside(const std::string& what) -> std::string {
  auto out = std::string();
  for (const auto c : what) {
    out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  return out;
}

auto get(std::string url) -> exchange {
  auto out = exchange();
  out.asked = {"GET", std::move(url), {}, ""};
  out.answered = {200, {}, "", false};
  return out;
}

auto with_header(const char* name, std::string value) -> exchange {
  auto out = get("https://graph.microsoft.com/v1.0/users");
  out.asked.fields.add(name, value);
  out.answered.fields.add(name, std::move(value));
  return out;
}

auto with_body(std::string body) -> exchange {
  auto out = get("https://graph.microsoft.com/v1.0/users");
  out.asked.body = body;
  out.answered.body = std::move(body);
  return out;
}

auto posted_form(std::string body) -> exchange {
  auto out = with_body(std::move(body));
  out.asked.fields.add("Content-Type", "application/x-www-form-urlencoded");
  out.answered.fields.add("Content-Type", "application/json");
  out.answered.body.clear();
  return out;
}

using text = const std::string&;
/// Where and how a text may stand.
using place = std::function<exchange(text)>;
using named_places = std::vector<std::pair<std::string, place>>;

const auto graph = std::string("https://graph.microsoft.com/v1.0/");
const auto safe_link = std::string("https://eur02.safelinks.protection.outlook.com/?");

auto places_in_urls() -> named_places {
  return {
      {"path", [](text s) { return get(graph + "users/" + percent_encoded(s)); }},
      {"query", [](text s) { return get(graph + "x?a=1&id=" + percent_encoded(s)); }},
      {"query, all percent", [](text s) { return get(graph + "x?state=" + percent(s)); }},
      {"query, percent twice",
       [](text s) { return get(graph + "x?q=" + percent_encoded(percent_encoded(s))); }},
      {"filter",
       [](text s) { return get(graph + "x?$filter=" + percent_encoded("id eq '" + s + "'")); }},
      {"search", [](text s) { return get(graph + "x?$search=%22" + percent_encoded(s) + "%22"); }},
      {"fragment", [](text s) { return get(graph + "x#" + percent_encoded(s)); }},
  };
}

auto places_in_headers() -> named_places {
  return {
      {"header", [](text s) { return with_header("X-Trace", "a " + s + " b"); }},
      {"header in base64", [](text s) { return with_header("X-Data", to_base64(s)); }},
      {"cookie", [](text s) { return with_header("Cookie", "a=1; b=" + percent_encoded(s)); }},
      {"set-cookie", [](text s) { return with_header("Set-Cookie", "b=" + s + "; Path=/"); }},
      {"bearer", [](text s) { return with_header("Authorization", "Bearer " + s); }},
      {"basic",
       [](text s) { return with_header("Authorization", "Basic " + to_base64("app:" + s)); }},
      {"referer", [](text s) { return with_header("Referer", graph + "?x=" + percent(s)); }},
  };
}

auto places_in_json() -> named_places {
  return {
      {"JSON", [](text s) { return with_body(R"({"unheardOf":")" + quoted_inside(s) + "\"}"); }},
      {"JSON, known text",
       [](text s) {
         return with_body(R"({"description":"see )" + quoted_inside(s) + " there\"}");
       }},
      {"JSON escapes",
       [](text s) { return with_body(R"({"message":")" + json_escaped(s) + "\"}"); }},
      {"JSON in JSON",
       [](text s) {
         return with_body(R"({"AuditData":"{\"a\":\")" + quoted_inside(quoted_inside(s)) +
                          R"(\"}"})");
       }},
      {"JSON in JSON in JSON",
       [](text s) {
         const auto inner = "{\"title\":\"" + quoted_inside(s) + "\"}";
         const auto middle = "{\"data\":\"" + quoted_inside(inner) + "\"}";
         return with_body("{\"value\":[\"" + quoted_inside(middle) + "\"]}");
       }},
      {"name of a member", [](text s) { return with_body("{\"" + quoted_inside(s) + "\":true}"); }},
  };
}

auto places_in_encodings() -> named_places {
  return {
      {"base64, alignment 0",
       [](text s) {
         return with_body(R"({"title":")" + to_base64("{\"a\":\"" + quoted_inside(s) + "\"}") +
                          "\"}");
       }},
      {"base64, alignment 1",
       [](text s) { return with_body(R"({"title":")" + to_base64("x " + s + " yz") + "\"}"); }},
      {"base64, alignment 2",
       [](text s) {
         return with_body(R"({"status":")" + to_base64("xyz, " + s, base64_form::url) + "\"}");
       }},
      {"base64 twice",
       [](text s) { return with_body(R"({"code":")" + to_base64(to_base64(s)) + "\"}"); }},
      {"base64 behind bytes",
       [](text s) {
         return with_body(R"({"code":")" + to_base64(std::string("\xff\x01\x02", 3) + s) + "\"}");
       }},
      {"base64 in a sentence",
       [](text s) { return with_body("Received: " + to_base64(s) + " at noon"); }},
      {"hexadecimal", [](text s) { return with_body(R"({"code":"0x )" + to_hex(s) + "\"}"); }},
      {"UTF-16 body",
       [](text s) { return with_body(to_utf16("{\"title\":\"" + s + "\"}", byte_order::little)); }},
      {"UTF-16 body, marked",
       [](text s) { return with_body("\xfe\xff" + to_utf16("title, " + s, byte_order::big)); }},
      {"UTF-16 in base64",
       [](text s) {
         return with_body(R"({"title":")" + to_base64(to_utf16(s, byte_order::little)) + "\"}");
       }},
      {"UTF-16 in hexadecimal",
       [](text s) {
         return with_body(R"({"title":")" + to_hex(to_utf16(s, byte_order::big)) + "\"}");
       }},
  };
}

auto places_in_texts() -> named_places {
  return {
      {"HTML, decimal",
       [](text s) {
         return with_body(
             "<p>" + every_byte(s, [](unsigned char c) { return "&#" + std::to_string(c) + ";"; }) +
             "</p>");
       }},
      {"HTML, hexadecimal",
       [](text s) {
         return with_body("<b>" +
                          every_byte(s, [](unsigned char c) { return "&#x" + hex_of(c) + ";"; }) +
                          "</b>");
       }},
      {"XML", [](text s) { return with_body("<?xml version=\"1.0\"?><a b=\"c\">" + s + "</a>"); }},
      {"plain text", [](text s) { return with_body("The value " + s + " was refused."); }},
      {"lines of JSON",
       [](text s) { return with_body("{\"a\":1}\n{\"title\":\"" + quoted_inside(s) + "\"}\n"); }},
      {"CSV", [](text s) { return with_body("time,title\n2026-03-10," + s + "\n"); }},
      {"JSON that is cut",
       [](text s) { return with_body(R"({"value":[{"title":")" + quoted_inside(s)); }},
  };
}

auto places_in_links_and_forms() -> named_places {
  return {
      {"Safe Links data",
       [](text s) {
         return with_body(safe_link + "url=https%3A%2F%2Fa.example&data=05%7C02%7C" +
                          percent_encoded(s) + "%7C0&reserved=0");
       }},
      {"Safe Links url",
       [](text s) {
         return with_body(safe_link +
                          "url=" + percent_encoded("https://a.example/?q=" + percent_encoded(s)) +
                          "&reserved=0");
       }},
      {"form", [](text s) { return posted_form("scope=x&state=" + percent_encoded(s)); }},
      {"form, secret", [](text s) { return posted_form("client_secret=" + percent_encoded(s)); }},
      {"form, assertion",
       [](text s) { return posted_form("client_assertion=" + percent_encoded(s)); }},
      {"failure",
       [](text s) {
         auto out = get("https://graph.microsoft.com/");
         out.failed = "no address for " + s;
         return out;
       }},
  };
}

auto places() -> named_places {
  auto out = places_in_urls();
  for (const auto& more : {places_in_headers(),
                           places_in_json(),
                           places_in_encodings(),
                           places_in_texts(),
                           places_in_links_and_forms()}) {
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

/// A text that must be gone, and what of it must not be found.
struct secret {
  std::string kind;
  std::string text;
  std::vector<std::string> canaries;
};

auto token() -> secret {
  const auto claims =
      to_base64(R"({"upn":"mallory.grey@tailspin-toys.com","tid":"x"})", base64_form::url);
  const auto text = to_base64(R"({"alg":"RS256","typ":"JWT"})", base64_form::url) + '.' + claims +
                    ".c2lnbmF0dXJlLW9mLW1hbGxvcnk";
  return {"token", text, {claims, "mallory", "tailspin", "c2lnbmF0dXJlLW9m"}};
}

auto secrets() -> std::vector<secret> {
  return {
      token(),
      {"mail address", "dana.fox@contoso.com", {"dana", "contoso"}},
      {"mail address in capitals", "ERIN.VALE@FABRIKAM.CO.UK", {"erin.vale", "fabrikam"}},
      {"guest", "frank_wingtip.com#EXT#@adatum.onmicrosoft.com", {"frank_", "adatum"}},
      {"tenant name", "northwind.onmicrosoft.com", {"northwind"}},
      {"domain", "mail.litware-inc.de", {"litware"}},
      {"GUID", "8ea0e38b-efb3-4757-924a-5f94061cf8c2", {"8ea0e38b", "5f94061cf8c2"}},
      {"GUID without hyphens", "9fb1f49cafc44868a35b60a5172d09d3", {"9fb1f49cafc4"}},
      {"IPv4 address", "203.0.113.77", {"203.0.113.77"}},
      {"IPv6 address", "2620:10d:c091::1f17", {"2620:10d", "1f17"}},
      {"client secret", "abC8Q~0123456789abcdefABCDEF.-_~xyzXYZ12", {"abC8Q~0123456789"}},
      {"AWS key", "AKIAIOSFODNN7EXAMPLX", {"IOSFODNN7"}},
      {"GitHub token", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", {"292c6912E7"}},
      {"Slack token", "xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy", {"pdFZKVeTuE8sk"}},
      {"storage account",
       "DefaultEndpointsProtocol=https;AccountName=x;AccountKey="
       "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq==",
       {"Eby8vdM02xNOcq", "uFq2UVErCz4I6"}},
      {"connection string", "Server=db;User Id=sa;Password=Blue-Fence-77;", {"Blue-Fence-77"}},
      {"SAS",
       "sv=2022-11-02&sp=r&sig=Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdoaWo%3D",
       {"Zm9vYmFyYmF6cXV4", "foobarbazqux"}},
      {"private key",
       "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----",
       {"MIIEvQIBADAN"}},
      {"learned password", "Tr0ub4dor&3xyz", {"Tr0ub4dor"}},
      {"learned opaque token", "0.AXoA-refresh.me_once+9/again", {"refresh.me_once"}},
      {"known name", "Project Nightingale", {"nightingale"}},
  };
}

/// Names as secrets what cannot be told from other words elsewhere.
auto login() -> exchange {
  auto out = posted_form("username=x&password=Tr0ub4dor%263xyz");
  out.answered.body = R"({"refresh_token":"0.AXoA-refresh.me_once+9/again"})";
  return out;
}

auto all_of(const exchange& one) -> std::string {
  auto out = one.asked.method + '\n' + one.asked.url + '\n' + one.failed + '\n';
  for (const auto& fields : {one.asked.fields, one.answered.fields}) {
    for (const auto& field : fields) {
      out += field.name + ": " + field.value + '\n';
    }
  }
  return out;
}

void check_gone(const exchange& left, const secret& what) {
  for (const auto& part : {all_of(left), left.asked.body, left.answered.body}) {
    const auto search = tests::naive_search(part);
    for (const auto& canary : what.canaries) {
      CHECK_MESSAGE(!search.holds(canary), canary << " in " << part);
    }
  }
}

TEST_SUITE("seeded_secrets") {
  TEST_CASE("the naive search finds every secret in every place before redaction") {
    for (const auto& what : secrets()) {
      for (const auto& [name, put] : places()) {
        const auto seeded = put(what.text);
        auto found = false;
        for (const auto& part : {all_of(seeded), seeded.asked.body, seeded.answered.body}) {
          const auto search = tests::naive_search(part);
          found = found || search.holds(what.canaries.front());
        }
        CHECK_MESSAGE(found, what.kind << ", " << name);
      }
    }
  }

  TEST_CASE("none of many secrets is left in any place and encoding") {
    auto memory = std::make_shared<replay::secret_memory>();
    memory->know("Project Nightingale");
    const auto with = replay::text_redactor({}, "a key for tests", {}, memory);
    (void)replay::redacted(login(), with);
    auto tape = replay::cassette();
    for (const auto once_more : {false, true}) { // as scrub does: secrets may be named late
      tape.exchanges.clear();
      for (const auto& what : secrets()) {
        for (const auto& [name, put] : places()) {
          CAPTURE(what.kind);
          CAPTURE(name);
          CAPTURE(once_more);
          tape.exchanges.push_back(replay::redacted(put(what.text), with));
          check_gone(tape.exchanges.back(), what);
        }
      }
    }
    CHECK(tape.exchanges.size() > 800);
    auto known = memory->all();
    for (const auto& what : secrets()) {
      known.insert(known.end(), what.canaries.begin(), what.canaries.end());
    }
    for (const auto& leak : replay::find_leaks(tape, known)) {
      FAIL_CHECK(leak.where << ": " << leak.what);
    }
  }
}

} // namespace
