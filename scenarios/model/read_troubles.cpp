#include "mock_graph/faults/routes.hpp"
#include "scenarios/model/readers.hpp"

#include <algorithm>
#include <array>

namespace scenarios::model {
namespace {

using mock_graph::faults::fault;

/// Every operation, every API and "*".
auto make_routes() -> std::vector<std::string> {
  auto out = std::vector<std::string>{"*"};
  for (const auto route : mock_graph::faults::routes()) {
    auto api = std::string(route.substr(0, route.find('.')));
    if (std::ranges::find(out, api) == out.end()) {
      out.push_back(std::move(api));
    }
    out.emplace_back(route);
  }
  return out;
}

const auto ports =
    std::vector<std::string>{"exchange", "commit", "sleep", "disk_write", "disk_sync"};
const auto damages = std::vector<std::string>{"truncated", "zeroed", "flipped"};
const auto throttle_forms = std::vector<std::string>{"403-quoted", "403-json", "429"};
constexpr auto calls_max = std::int64_t{1'000'000};

const auto kinds =
    std::array{std::pair{std::string("status"), fault::kind::status},
               std::pair{std::string("throttle"), fault::kind::throttle},
               std::pair{std::string("cut"), fault::kind::cut},
               std::pair{std::string("reset"), fault::kind::reset},
               std::pair{std::string("silence"), fault::kind::silence},
               std::pair{std::string("slow"), fault::kind::slow},
               std::pair{std::string("undecodable"), fault::kind::undecodable},
               std::pair{std::string("html"), fault::kind::html},
               std::pair{std::string("foreign_link"), fault::kind::foreign_link},
               std::pair{std::string("endless_link"), fault::kind::endless_link},
               std::pair{std::string("claims_challenge"), fault::kind::claims_challenge},
               std::pair{std::string("ignore_filter"), fault::kind::ignore_filter},
               std::pair{std::string("ignore_order"), fault::kind::ignore_order},
               std::pair{std::string("empty_page"), fault::kind::empty_page},
               std::pair{std::string("long_link"), fault::kind::long_link},
               std::pair{std::string("empty_list"), fault::kind::empty_list},
               std::pair{std::string("cut_with_error"), fault::kind::cut_with_error}};

auto kind_words() -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& [word, kind] : kinds) {
    out.push_back(word);
  }
  return out;
}

/// Keys that only some kinds of fault look at: elsewhere they are a misunderstanding.
struct special_key {
  const char* key;
  fault::kind only_for;
  bool required;
};

constexpr auto special_keys = std::array{special_key{"delay", fault::kind::slow, true},
                                         special_key{"cut_after", fault::kind::cut, false},
                                         special_key{"records", fault::kind::cut_with_error, true},
                                         special_key{"message", fault::kind::status, false},
                                         special_key{"form", fault::kind::throttle, false}};

void check_special_keys(table_reader& read, fault::kind what, const std::string& word) {
  for (const auto& one : special_keys) {
    const auto present = read.raw(one.key) != nullptr;
    if (present && what != one.only_for) {
      read.shared().complain(read.raw(one.key)->at,
                             in_quotes(one.key) + " means nothing for kind = " + in_quotes(word));
    } else if (!present && what == one.only_for && one.required) {
      read.shared().complain(read.at(),
                             "kind = " + in_quotes(word) + " needs the key " + in_quotes(one.key));
    }
  }
}

auto id_of(table_reader& read, const std::vector<fault>& others) -> std::string {
  auto id = read.text("id").value_or("fault at line " + std::to_string(read.at().line));
  if (std::ranges::find(others, id, &fault::id) != others.end()) {
    read.shared().complain(read.at("id"), "there are two faults with the id " + in_quotes(id));
  }
  return id;
}

/// What narrows the calls that are met, besides route and time.
void read_choice(table_reader& read, fault& out) {
  out.url = read.text("url").value_or("");
  out.holds = read.text("holds").value_or("");
  for (const auto& [key, member] :
       {std::pair{"top_above", &out.top_above}, std::pair{"skip_above", &out.skip_above}}) {
    if (const auto least = read.whole(key, 0, 1'000'000)) {
      *member = static_cast<std::uint64_t>(*least);
    }
  }
}

void read_faults(table_reader& top, scenario& out) {
  static const auto words = kind_words();
  for (const auto* table : top.tables("fault")) {
    auto read = table_reader(top.shared(), *table, "fault");
    auto one = fault();
    one.origin = read.origin();
    one.id = id_of(read, out.faults);
    one.route = read.word("on", routes(), need::required).value_or("*");
    const auto word = read.word("kind", words, need::required).value_or("status");
    for (const auto& [name, kind] : kinds) {
      one.what = name == word ? kind : one.what;
    }
    one.from = read.moment("from").value_or(one.from);
    one.until = read.moment("until").value_or(one.until);
    one.first_call = static_cast<std::uint64_t>(read.whole("first_call", 1, calls_max).value_or(1));
    if (const auto calls = read.whole("calls", 1, calls_max)) {
      one.calls = static_cast<std::uint64_t>(*calls);
    }
    one.status = static_cast<int>(read.whole("status", 200, 599).value_or(503));
    one.code = read.text("code").value_or("");
    one.message = read.text("message").value_or("");
    one.retry_after = read.span("retry_after");
    one.retry_after_text = read.text("retry_after_text").value_or("");
    one.form = read.word("form", throttle_forms).value_or("403-quoted");
    one.delay = read.span("delay").value_or(seams::duration{});
    one.cut_after = static_cast<std::uint64_t>(read.whole("cut_after", 0, 1 << 30).value_or(0));
    one.cut_after = static_cast<std::uint64_t>(
        read.whole("records", 0, 1000).value_or(static_cast<std::int64_t>(one.cut_after)));
    read_choice(read, one);
    check_special_keys(read, one.what, word);
    read.check_order("from", "until");
    read.finish();
    out.faults.push_back(std::move(one));
  }
}

void read_damage(table_reader& read, kill& out) {
  out.damage = read.word("damage", damages).value_or("");
  out.backup = read.moment("backup");
  const auto complete = out.at && out.backup && *out.backup < *out.at;
  if ((!out.damage.empty() || out.backup) && (out.damage.empty() || !complete)) {
    read.shared().complain(read.at(),
                           "[kill] with damage or backup",
                           "at, damage and backup, the backup earlier than at");
  }
}

void read_kills(table_reader& top, scenario& out) {
  for (const auto* table : top.tables("kill")) {
    auto read = table_reader(top.shared(), *table, "kill");
    auto one = kill();
    one.at = read.moment("at");
    const auto before = read.word("before", ports);
    const auto after = read.word("after", ports);
    one.port = before.value_or(after.value_or(""));
    one.after = after.has_value();
    one.call = static_cast<std::uint64_t>(read.whole("call", 1, calls_max).value_or(1));
    one.everywhere = read.flag("everywhere").value_or(false);
    one.down_for = read.span("down_for").value_or(seams::duration{});
    read_damage(read, one);
    const auto ways =
        (one.at ? 1 : 0) + (before ? 1 : 0) + (after ? 1 : 0) + (one.everywhere ? 1 : 0);
    if (ways != 1) {
      top.shared().complain(read.at(),
                            "[kill] says " + std::to_string(ways) + " ways to die",
                            "exactly one of at, before, after and everywhere");
    }
    read.finish();
    out.kills.push_back(std::move(one));
  }
}

void read_sweep(table_reader& top, scenario& out) {
  if (const auto* table = top.table("sweep")) {
    auto read = table_reader(top.shared(), *table, "sweep");
    out.sweeps_roles = read.flag("missing_roles").value_or(false);
    read.finish();
  }
}

} // namespace

auto routes() -> std::span<const std::string> {
  static const auto all = make_routes();
  return all;
}

void read_troubles(table_reader& top, scenario& out) {
  read_faults(top, out);
  read_kills(top, out);
  read_sweep(top, out);
}

} // namespace scenarios::model
