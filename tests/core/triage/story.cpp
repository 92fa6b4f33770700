#include "tests/core/triage/story.hpp"

#include "core/feeds/times.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace tests {

auto at(const std::string& moment) -> std::string {
  const auto day = moment.find('T');
  return day == std::string::npos ? fmt::format("2026-03-10T{}:00Z", moment)
                                  : fmt::format("2026-03-{}:00Z", moment);
}

auto mail_id(int n) -> std::string {
  return fmt::format("b1d7c0aa-52e3-4f3c-9dd1-08df1235{:04x}", n);
}

void story::add(std::string feed, std::string key, std::string raw, std::string version) {
  records.push_back(
      {std::move(feed), "", std::move(key), std::move(version), {}, std::move(raw), {}});
}

void story::mail(const std::string& id,
                 const std::string& when,
                 const std::vector<std::string>& to,
                 const std::string& url,
                 const std::string& more) {
  for (const auto& one : to) {
    add("email_events",
        "EmailEvents|" + id + "|" + one,
        fmt::format(
            R"({{"Timestamp":"{}","NetworkMessageId":"{}","SenderFromAddress":"hr@fabrikam.example",)"
            R"("RecipientEmailAddress":"{}","Subject":"New plan","EmailDirection":"Inbound",)"
            R"("DeliveryAction":"Delivered","DeliveryLocation":"Inbox/folder",)"
            R"("ReportId":"{}-1"{}}})",
            at(when),
            id,
            one,
            id,
            more.empty() ? "" : "," + more));
  }
  add("email_events",
      "EmailUrlInfo|" + id + "|" + url,
      fmt::format(R"({{"Timestamp":"{}","NetworkMessageId":"{}","Url":"{}","ReportId":"{}-1"}})",
                  at(when),
                  id,
                  url,
                  id));
}

void story::teams(const std::string& id,
                  const std::string& when,
                  const std::string& to,
                  const std::string& url) {
  const auto path = "/chats/19:6f0c@thread.v2/messages/" + id;
  add("teams_messages",
      "MessageEvents|" + path,
      fmt::format(
          R"({{"Timestamp":"{}","TeamsMessageId":"{}","SenderEmailAddress":"hr@fabrikam.example",)"
          R"("RecipientDetails":[{{"RecipientSmtpAddress":"{}"}}],"ThreadId":"19:6f0c@thread.v2",)"
          R"("IsExternalThread":1,"ThreatTypes":null,"DeliveryAction":"Delivered",)"
          R"("DeliveryLocation":"Teams"}})",
          at(when),
          path,
          to));
  add("teams_messages",
      "MessageUrlInfo|" + path,
      fmt::format(R"({{"Timestamp":"{}","TeamsMessageId":"{}","Url":"{}","ThreatTypes":null}})",
                  at(when),
                  path,
                  url));
}

void story::click(const std::string& user,
                  const std::string& when,
                  const std::string& message,
                  const std::string& url,
                  const std::string& action,
                  bool went_on,
                  const std::string& address) {
  const auto key = fmt::format("{}|{}|{}|{}", user, when, action, went_on);
  add("safe_links",
      key,
      fmt::format(
          R"({{"Timestamp":"{}","Url":"{}","ActionType":"{}","AccountUpn":"{}","Workload":"Email",)"
          R"("NetworkMessageId":"{}","ThreatTypes":null,"IPAddress":"{}","IsClickedThrough":{},)"
          R"("ReportId":"{}"}})",
          at(when),
          url,
          action,
          user,
          message,
          address,
          went_on ? 1 : 0,
          key));
}

void story::click_in_teams(const std::string& user,
                           const std::string& when,
                           const std::string& message,
                           const std::string& url,
                           const std::string& action) {
  const auto key = fmt::format("teams|{}|{}", user, when);
  add("safe_links",
      key,
      fmt::format(
          R"({{"Timestamp":"{}","Url":"{}","ActionType":"{}","AccountUpn":"{}","Workload":"Teams",)"
          R"("NetworkMessageId":"","SourceId":"{}","IPAddress":"","IsClickedThrough":0,)"
          R"("ReportId":"{}"}})",
          at(when),
          url,
          action,
          user,
          message,
          key));
}

void story::click_alert(const std::string& id,
                        const std::string& when,
                        const std::string& user,
                        const std::string& message,
                        const std::string& url,
                        const std::string& more) {
  const auto raw = fmt::format(
      R"({{"id":"fa{}","incidentId":null,"severity":"high",{},)"
      R"("title":"A potentially malicious URL click was detected","createdDateTime":"{}",)"
      R"("lastUpdateDateTime":"{}","investigationState":"queued","evidence":[)"
      R"({{"@odata.type":"#microsoft.graph.security.mailboxEvidence","verdict":"suspicious","upn":"{}"}},)"
      R"({{"@odata.type":"#microsoft.graph.security.urlEvidence","verdict":"malicious","url":"{}"}},)"
      R"({{"@odata.type":"#microsoft.graph.security.analyzedMessageEvidence","verdict":"malicious",)"
      R"("networkMessageId":"{}","recipientEmailAddress":"{}","urls":["{}"]}}]}})",
      id,
      more,
      at(when),
      at(when),
      user,
      url,
      message,
      user,
      url);
  add("alerts", "fa" + id, raw, at(when));
}

void story::sign_in(const std::string& user,
                    const std::string& when,
                    const std::string& address,
                    const std::string& country,
                    const std::string& more) {
  const auto key = user + when + address;
  add("sign_ins",
      key,
      fmt::format(R"({{"id":"{}","createdDateTime":"{}","userPrincipalName":"{}","userId":"id-{}",)"
                  R"("ipAddress":"{}","location":{{"countryOrRegion":"{}"}},{}}})",
                  key,
                  at(when),
                  user,
                  user,
                  address,
                  country,
                  more));
}

void story::rule(const std::string& user, const std::string& when, const std::string& forward_to) {
  add("audit_exchange",
      "rule" + user + when,
      fmt::format(
          R"({{"CreationTime":"{}","Id":"r","Operation":"New-InboxRule","RecordType":1,)"
          R"("ResultStatus":"True","UserType":2,"UserId":"{}","ClientIP":"198.51.100.77:63070",)"
          R"("Parameters":[{{"Name":"Name","Value":"."}},{{"Name":"ForwardTo","Value":"{}"}}]}})",
          at(when),
          user,
          forward_to));
}

void story::healthy(const std::vector<std::string>& feeds) {
  for (const auto& one : feeds) {
    health.push_back({one, "ok", "", "reading", *core::feeds::parse_time(at("08:00"))});
  }
}

auto story::evidence() const -> core::triage::evidence {
  auto book = core::triage::evidence_book();
  for (const auto& one : records) {
    book.add(one);
  }
  for (const auto& one : health) {
    book.add(one);
  }
  return book.settle();
}

auto story::cases() const -> std::vector<core::triage::triage_case> {
  return core::triage::triage_cases(evidence());
}

auto story::only_case() const -> core::triage::triage_case {
  auto all = cases();
  REQUIRE(all.size() == 1);
  return all.front();
}

auto fired(const core::triage::triage_case& one, std::string_view rule) -> bool {
  return std::ranges::find(one.findings, rule, &core::triage::finding::rule) != one.findings.end();
}

auto user(const core::triage::triage_case& one, std::string_view name)
    -> core::triage::affected_user {
  const auto found = std::ranges::find(one.users, name, &core::triage::affected_user::user);
  REQUIRE(found != one.users.end());
  return *found;
}

} // namespace tests
