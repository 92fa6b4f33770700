#include "scenarios/model/event_draft.hpp"

#include <array>

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;
using act = tenant::user_change::act;

const auto user_acts = std::array{std::pair{std::string("updated"), act::updated},
                                  std::pair{std::string("disabled"), act::disabled},
                                  std::pair{std::string("enabled"), act::enabled},
                                  std::pair{std::string("deleted"), act::deleted},
                                  std::pair{std::string("restored"), act::restored},
                                  std::pair{std::string("purged"), act::purged}};
const auto user_fields = std::vector<std::string>{"display_name", "job_title", "department"};
const auto delta_collections = std::vector<std::string>{"users"};
const auto gone_codes = std::vector<std::string>{"syncStateNotFound", "resyncRequired"};

auto user_act_words() -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& [word, what] : user_acts) {
    out.push_back(word);
  }
  return out;
}

void read_user_changes(event_draft& with) {
  static const auto words = user_act_words();
  with.each("user_change", [&](table_reader& read) {
    auto what = tenant::user_change();
    const auto [id, at] = with.begin(read, event_kind::other, "user-change");
    what.users = with.users(read, "users");
    const auto word = read.word("change", words).value_or("updated");
    for (const auto& [name, kind] : user_acts) {
      what.what = name == word ? kind : what.what;
    }
    if (read.raw("set") != nullptr) {
      what.set = read.text_map("set", user_fields);
    }
    with.end(read, at, std::move(what));
  });
}

void read_delta_resets(event_draft& with) {
  with.each("delta_reset", [&](table_reader& read) {
    auto what = tenant::delta_reset();
    const auto [id, at] = with.begin(read, event_kind::other, "delta-reset");
    what.collection = read.word("of", delta_collections, need::required).value_or("users");
    what.code = read.word("code", gone_codes).value_or(what.code);
    what.location = read.flag("location").value_or(true);
    with.end(read, at, std::move(what));
  });
}

} // namespace

void read_directory(event_draft& with) {
  read_user_changes(with);
  read_delta_resets(with);
}

} // namespace scenarios::model
