#include "scenarios/model/event_draft.hpp"

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;

const auto threats = std::vector<std::string>{"clean", "phish", "malware", "impersonation"};
const auto locations = std::vector<std::string>{"Inbox", "Junk", "Quarantine"};
const auto click_pages = std::vector<std::string>{"error", "tenant_block"};
constexpr auto burst_clicks_max = std::int64_t{10'000'000};

auto is_sha256(std::string_view text) -> bool {
  return text.size() == 64 &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

auto read_attachment(reading& shared, const node& table) -> tenant::attachment {
  auto read = table_reader(shared, table, "mail.attachments");
  auto out = tenant::attachment();
  out.name = read.text("name", need::required).value_or("");
  out.sha256 = read.text("sha256").value_or("");
  if (!out.sha256.empty() && !is_sha256(out.sha256)) {
    shared.complain(read.at("sha256"), "\"sha256\" is no digest", "64 hexadecimal digits");
  }
  out.verdict = threat_of(read.word("verdict", threats).value_or("clean"));
  read.finish();
  return out;
}

void read_mails(event_draft& with) {
  with.each("mail", [&](table_reader& read) {
    auto what = tenant::mail();
    const auto [id, at] = with.begin(read, event_kind::message, "mail");
    what.id = id;
    what.from = with.sender(read);
    what.to = with.addressees(read);
    what.subject = read.text("subject").value_or("");
    what.urls = read.texts("urls");
    what.verdict = threat_of(read.word("verdict", threats).value_or("clean"));
    what.location = read.word("location", locations).value_or("Inbox");
    what.visible_after = read.span("visible_after");
    what.pending_for = read.span("pending_for");
    what.let_through_by = read.text("let_through_by").value_or("");
    for (const auto* file : read.tables("attachments")) {
      what.attachments.push_back(read_attachment(read.shared(), *file));
    }
    with.remember_links(id, what.urls);
    with.end(read, at, std::move(what));
  });
}

void read_messages(event_draft& with) {
  with.each("teams_message", [&](table_reader& read) {
    auto what = tenant::teams_message();
    const auto [id, at] = with.begin(read, event_kind::message, "message");
    what.id = id;
    what.from = with.sender(read);
    what.to = with.addressees(read);
    what.chat = read.text("chat").value_or("chat of " + id);
    what.channel = read.flag("channel").value_or(false);
    what.urls = read.texts("urls");
    what.verdict = threat_of(read.word("verdict", threats).value_or("clean"));
    with.remember_links(id, what.urls);
    with.end(read, at, std::move(what));
  });
}

auto message_of(event_draft& with, table_reader& read, seams::instant at) -> std::string {
  return with.earlier(read, "in", {event_kind::message}, "mail or Teams message", at);
}

void read_clicks(event_draft& with) {
  with.each("click", [&](table_reader& read) {
    auto what = tenant::click();
    const auto [id, at] = with.begin(read, event_kind::click, "click");
    what.id = id;
    what.user = with.user(read, "user");
    what.in = message_of(with, read, at);
    what.url = with.clicked_url(read, what.in);
    what.device = with.device(read);
    what.goes_on = read.flag("goes_on").value_or(false);
    what.scan_pending = read.flag("scan_pending").value_or(false);
    what.triggers_verdict = read.flag("triggers_verdict").value_or(false);
    what.page = read.word("page", click_pages).value_or("");
    what.hunting_after = read.span("hunting_after");
    what.audit_after = read.span("audit_after");
    what.audit_listed_after = read.span("audit_listed_after").value_or(seams::duration{});
    with.end(read, at, std::move(what));
  });
}

void read_bursts(event_draft& with) {
  with.each("click_burst", [&](table_reader& read) {
    auto what = tenant::click_burst();
    const auto [id, at] = with.begin(read, event_kind::burst, "burst");
    what.id = id;
    what.in = message_of(with, read, at);
    what.url = with.clicked_url(read, what.in);
    what.count = static_cast<std::uint64_t>(
        read.whole("count", 1, burst_clicks_max, need::required).value_or(1));
    what.over = read.span("over", need::required).value_or(seams::duration{});
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
  auto with = event_draft(top, out);
  read_mails(with);
  read_messages(with);
  read_clicks(with);
  read_bursts(with);
  read_acts(with);
  read_commands(with);
  read_identity(with);
  read_cloud(with);
  read_directory(with);
  read_mailboxes(with);
}

} // namespace scenarios::model
