#include "bench/made_records.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <fstream>
#include <map>

namespace bench {
namespace {

constexpr auto records_a_story = 10;
constexpr auto readers = 3;
constexpr auto stories_an_alert = 200;
constexpr auto people = 20'000;
constexpr auto first_day = seams::instant{
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::March / std::chrono::day{10}}};

/// A form's letters after '$': M message, S story number, U user's name, T time, A address, R
/// record.
struct story {
  std::int64_t number = 0;
  std::int64_t user = 0;
  std::string message;
  std::string record;
  std::string time;
};

struct form {
  std::string feed;
  std::string connector_type;
  std::string key;
  std::string raw;
};

auto read_forms() -> std::map<std::string, form> {
  auto in = std::ifstream(std::string(OFFTENANT_SOURCE_DIR) + "/bench/record_forms.json");
  auto out = std::map<std::string, form>();
  const auto read = nlohmann::ordered_json::parse(in);
  for (const auto& [name, one] : read.items()) {
    out[name] = {one.at("feed"), one.at("connector_type"), one.at("key"), one.at("record").dump()};
  }
  return out;
}

auto form_of(std::int64_t part) -> const form& {
  static const auto forms = read_forms();
  static const auto parts = std::array<const form*, records_a_story + 1>{&forms.at("mail"),
                                                                         &forms.at("mail"),
                                                                         &forms.at("mail"),
                                                                         &forms.at("link"),
                                                                         &forms.at("click"),
                                                                         &forms.at("sign_in"),
                                                                         &forms.at("sign_in"),
                                                                         &forms.at("mail_read"),
                                                                         &forms.at("mail_read"),
                                                                         &forms.at("login"),
                                                                         &forms.at("alert")};
  return *parts[static_cast<std::size_t>(part)];
}

auto filled(std::string_view text, const story& what) -> std::string {
  auto out = std::string();
  for (auto mark = text.find('$'); mark != std::string_view::npos; mark = text.find('$')) {
    out += text.substr(0, mark);
    switch (text[mark + 1]) {
    case 'M':
      out += what.message;
      break;
    case 'R':
      out += what.record;
      break;
    case 'S':
      out += std::to_string(what.number);
      break;
    case 'T':
      out += what.time;
      break;
    case 'U':
      out += std::to_string(what.user);
      break;
    default:
      out += std::to_string(what.user % 250 + 1);
    }
    text.remove_prefix(mark + 2);
  }
  return out.append(text);
}

} // namespace

auto made_record(std::int64_t n, std::int64_t count) -> core::record {
  const auto part = n % records_a_story;
  auto what = story();
  what.number = n / records_a_story;
  const auto alerted = part == records_a_story - 1 && what.number % stories_an_alert == 0;
  const auto& shape = form_of(alerted ? records_a_story : part);
  const auto reader = part < readers ? part : 0;
  what.user = (what.number * 3 + reader) % people;
  what.message = fmt::format("74a966df-77fc-4ab3-8429-{:012x}", what.number);
  what.record = fmt::format("fe3eaa7e-0062-4dff-839b-{:012x}", n);
  const auto at =
      first_day + std::chrono::floor<std::chrono::seconds>(std::chrono::hours{24} * n / count);
  what.time = seams::to_rfc3339(at);
  auto out = core::record();
  out.feed = shape.feed;
  out.connector_type = shape.connector_type;
  out.key = filled(shape.key, what);
  out.event_time = at;
  out.raw = filled(shape.raw, what);
  return out;
}

} // namespace bench
