#include "scenarios/model/readers.hpp"
#include "scenarios/model/spell.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;

const auto threats = std::vector<std::string>{"clean", "phish", "malware", "impersonation"};
const auto locations = std::vector<std::string>{"Inbox", "Junk", "Quarantine"};
const auto content_types = std::vector<std::string>{
    "Audit.AzureActiveDirectory", "Audit.Exchange", "Audit.SharePoint", "Audit.General", "DLP.All"};

/// What the readers of single events share.
struct draft {
  table_reader& top;
  scenario& out;

  /// The common keys; the id, if any, becomes known with its time.
  auto begin(table_reader& read, bool with_id) -> std::pair<std::string, seams::instant> {
    const auto at = read.moment("at", need::required).value_or(top.shared().start);
    const auto id = with_id ? read.text("id").value_or("") : std::string();
    if (!id.empty() && !top.shared().ids.emplace(id, at).second) {
      top.shared().complain(read.at("id"), "there are two events with the id " + in_quotes(id));
    }
    return {id, at};
  }
  template <class event> void end(table_reader& read, seams::instant at, event what) {
    read.finish();
    out.events.push_back({at, read.origin(), std::move(what)});
  }
  /// Complains unless `name` is a user of the tenant.
  void check_user(table_reader& read, std::string_view key, const std::string& name) {
    auto names = std::vector<std::string>();
    for (const auto& who : out.standing.users) {
      names.push_back(who.name);
    }
    if (std::ranges::find(names, name) == names.end()) {
      top.shared().complain(read.at(key),
                            "there is no user named " + in_quotes(name),
                            "the name of a [[user]]",
                            nearest(name, names));
    }
  }
  void check_addressees(table_reader& read, const std::vector<std::string>& to) {
    for (const auto& name : to) {
      if (name.find('@') == std::string::npos) {
        check_user(read, "to", name);
      }
    }
  }
};

template <class read_one> void each(draft& with, const char* key, read_one&& body) {
  for (const auto* table : with.top.tables(key)) {
    auto read = table_reader(with.top.shared(), *table, key);
    body(read);
  }
}

void read_mails(draft& with) {
  each(with, "mail", [&](table_reader& read) {
    auto what = tenant::mail();
    const auto [id, at] = with.begin(read, true);
    what.id = id;
    what.from = read.text("from", need::required).value_or("");
    what.to = read.texts("to", need::required);
    what.subject = read.text("subject").value_or("");
    what.urls = read.texts("urls");
    what.verdict = threat_of(read.word("verdict", threats).value_or("clean"));
    what.location = read.word("location", locations).value_or("Inbox");
    what.visible_after = read.span("visible_after");
    for (const auto* file : read.tables("attachments")) {
      auto part = table_reader(with.top.shared(), *file, "mail.attachments");
      auto one = tenant::attachment();
      one.name = part.text("name", need::required).value_or("");
      one.sha256 = part.text("sha256").value_or("");
      one.verdict = threat_of(part.word("verdict", threats).value_or("clean"));
      part.finish();
      what.attachments.push_back(std::move(one));
    }
    with.check_addressees(read, what.to);
    with.end(read, at, std::move(what));
  });
}

void read_messages(draft& with) {
  each(with, "teams_message", [&](table_reader& read) {
    auto what = tenant::teams_message();
    const auto [id, at] = with.begin(read, true);
    what.id = id;
    what.from = read.text("from", need::required).value_or("");
    what.to = read.texts("to", need::required);
    what.chat = read.text("chat").value_or("chat of " + id);
    what.channel = read.flag("channel").value_or(false);
    what.urls = read.texts("urls");
    what.verdict = threat_of(read.word("verdict", threats).value_or("clean"));
    with.check_addressees(read, what.to);
    with.end(read, at, std::move(what));
  });
}

/// The first link of the mail or message of that id.
auto first_url_of(const scenario& out, const std::string& id) -> std::string {
  for (const auto& event : out.events) {
    const auto* mail = std::get_if<tenant::mail>(&event.what);
    const auto* chat = std::get_if<tenant::teams_message>(&event.what);
    const auto* urls = mail != nullptr && mail->id == id   ? &mail->urls
                       : chat != nullptr && chat->id == id ? &chat->urls
                                                           : nullptr;
    if (urls != nullptr && !urls->empty()) {
      return urls->front();
    }
  }
  return {};
}

auto message_of(draft& with, table_reader& read) -> std::string {
  auto in = read.text("in").value_or("");
  if (!in.empty() && !with.top.shared().ids.contains(in)) {
    auto known = std::vector<std::string>();
    for (const auto& [id, at] : with.top.shared().ids) {
      known.push_back(id);
    }
    with.top.shared().complain(read.at("in"),
                               "there is no mail or Teams message " + in_quotes(in),
                               "the id of a [[mail]] or [[teams_message]]",
                               nearest(in, known));
  }
  return in;
}

auto clicked_url(draft& with, table_reader& read, const std::string& in) -> std::string {
  auto url = read.text("url").value_or(first_url_of(with.out, in));
  if (url.empty()) {
    with.top.shared().complain(
        read.at(), "nothing is clicked", "url, or a message with one in 'in'");
  }
  return url;
}

void read_clicks(draft& with) {
  each(with, "click", [&](table_reader& read) {
    auto what = tenant::click();
    const auto [id, at] = with.begin(read, true);
    what.id = id.empty() ? "click at line " + std::to_string(read.at().line) : id;
    what.user = read.text("user", need::required).value_or("");
    with.check_user(read, "user", what.user);
    what.in = message_of(with, read);
    what.url = clicked_url(with, read, what.in);
    what.device = read.text("device").value_or("");
    what.goes_on = read.flag("goes_on").value_or(false);
    what.scan_pending = read.flag("scan_pending").value_or(false);
    what.triggers_verdict = read.flag("triggers_verdict").value_or(false);
    what.hunting_after = read.span("hunting_after");
    what.audit_after = read.span("audit_after");
    what.audit_listed_after = read.span("audit_listed_after").value_or(seams::duration{});
    with.end(read, at, std::move(what));
  });
  each(with, "click_burst", [&](table_reader& read) {
    auto what = tenant::click_burst();
    const auto [id, at] = with.begin(read, true);
    what.id = id.empty() ? "burst at line " + std::to_string(read.at().line) : id;
    what.in = message_of(with, read);
    what.url = clicked_url(with, read, what.in);
    what.count =
        static_cast<std::uint64_t>(read.whole("count", 1, 10'000'000, need::required).value_or(1));
    what.over = read.span("over", need::required).value_or(seams::duration{});
    with.end(read, at, std::move(what));
  });
}

void read_defender(draft& with) {
  each(with, "verdict", [&](table_reader& read) {
    auto what = tenant::url_verdict();
    const auto [id, at] = with.begin(read, true);
    what.id = id;
    what.url = read.text("url", need::required).value_or("");
    what.verdict = threat_of(read.word("verdict", threats).value_or("phish"));
    with.end(read, at, std::move(what));
  });
  each(with, "purge", [&](table_reader& read) {
    auto what = tenant::zero_hour_purge();
    const auto [id, at] = with.begin(read, true);
    what.message = read.text("message", need::required).value_or("");
    with.end(read, at, std::move(what));
  });
  each(with, "policy_change", [&](table_reader& read) {
    auto what = tenant::policy_change();
    const auto [id, at] = with.begin(read, true);
    what.policy = read.text("policy", need::required).value_or("");
    what.set = read.flag_map("set");
    with.end(read, at, std::move(what));
  });
}

void read_audit(draft& with) {
  each(with, "audit", [&](table_reader& read) {
    auto what = tenant::audit_record();
    const auto [id, at] = with.begin(read, true);
    what.id = id.empty() ? "audit at line " + std::to_string(read.at().line) : id;
    what.content_type = read.word("content_type", content_types).value_or("Audit.General");
    what.fields = read.free("fields");
    what.fields = what.fields.is_object() ? what.fields : nlohmann::json::object();
    what.visible_after = read.span("visible_after");
    what.listed_after = read.span("listed_after").value_or(seams::duration{});
    with.end(read, at, std::move(what));
  });
  each(with, "redelivery", [&](table_reader& read) {
    auto what = tenant::redelivery();
    const auto [id, at] = with.begin(read, true);
    what.of = read.text("of", need::required).value_or("");
    with.end(read, at, std::move(what));
  });
  each(with, "subscription_change", [&](table_reader& read) {
    auto what = tenant::subscription_change();
    const auto [id, at] = with.begin(read, true);
    what.content_type = read.word("content_type", content_types, need::required).value_or("");
    what.enabled = read.flag("enabled").value_or(false);
    with.end(read, at, std::move(what));
  });
}

void read_analysts(draft& with) {
  each(with, "alert_change", [&](table_reader& read) {
    auto what = tenant::alert_change();
    const auto [id, at] = with.begin(read, true);
    what.of = read.text("of").value_or("");
    what.set = read.text_map("set");
    with.end(read, at, std::move(what));
  });
  each(with, "incident_change", [&](table_reader& read) {
    auto what = tenant::incident_change();
    const auto [id, at] = with.begin(read, true);
    what.of = read.text("of").value_or("");
    what.set = read.text_map("set");
    with.end(read, at, std::move(what));
  });
}

} // namespace

auto threat_words() -> std::span<const std::string> {
  return threats;
}

auto threat_of(const std::string& word) -> tenant::threat {
  return word == "phish"           ? tenant::threat::phish
         : word == "malware"       ? tenant::threat::malware
         : word == "impersonation" ? tenant::threat::impersonation
                                   : tenant::threat::clean;
}

void read_events(table_reader& top, scenario& out) {
  auto with = draft{top, out};
  read_mails(with);
  read_messages(with);
  read_clicks(with);
  read_defender(with);
  read_audit(with);
  read_analysts(with);
}

} // namespace scenarios::model
