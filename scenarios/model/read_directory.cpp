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
                                  std::pair{std::string("purged"), act::purged},
                                  std::pair{std::string("sessions_revoked"), act::sessions_revoked},
                                  std::pair{std::string("password_reset"), act::password_reset}};
const auto user_fields = std::vector<std::string>{"display_name", "job_title", "department"};
const auto delta_collections = std::vector<std::string>{"users", "groups", "devices"};
const auto reply_states = std::vector<std::string>{"disabled", "alwaysEnabled", "scheduled"};
const auto audiences = std::vector<std::string>{"none", "contactsOnly", "all"};
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

void read_groups_and_devices(event_draft& with) {
  with.each("group_change", [&](table_reader& read) {
    auto what = tenant::group_change();
    const auto [id, at] = with.begin(read, event_kind::other, "group-change");
    what.group = with.group(read);
    what.add = with.users(read, "add", need::optional);
    what.remove = with.users(read, "remove", need::optional);
    what.deleted = read.flag("deleted").value_or(false);
    with.end(read, at, std::move(what));
  });
  with.each("device_change", [&](table_reader& read) {
    auto what = tenant::device_change();
    const auto [id, at] = with.begin(read, event_kind::other, "device-change");
    what.device = with.device(read, need::required);
    what.managed = read.flag("managed");
    what.compliant = read.flag("compliant");
    what.offline = read.flag("offline");
    what.deleted = read.flag("deleted").value_or(false);
    with.end(read, at, std::move(what));
  });
}

void read_absences(event_draft& with) {
  with.each("out_of_office", [&](table_reader& read) {
    auto what = tenant::out_of_office();
    const auto [id, at] = with.begin(read, event_kind::other, "out-of-office");
    what.user = with.user(read, "user");
    what.status = read.word("status", reply_states).value_or(what.status);
    const auto scheduled = what.status == "scheduled" ? need::required : need::optional;
    what.from = read.moment("from", scheduled).value_or(at);
    what.until = read.moment("until", scheduled).value_or(at + std::chrono::days{1});
    what.audience = read.word("audience", audiences).value_or(what.audience);
    what.message = read.text("message").value_or("");
    read.check_order("from", "until");
    with.end(read, at, std::move(what));
  });
}

} // namespace

void read_directory(event_draft& with) {
  read_user_changes(with);
  read_delta_resets(with);
  read_groups_and_devices(with);
  read_absences(with);
}

} // namespace scenarios::model
