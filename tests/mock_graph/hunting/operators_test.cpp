#include "tests/mock_graph/hunting/sample_tables.hpp"

#include <doctest/doctest.h>

using namespace hunting_tests;

TEST_SUITE_BEGIN("hunting operators");

TEST_CASE("the polling query joins clicks to mails and orders them") {
  CHECK(
      rows_of(R"(UrlClickEvents
| where Timestamp > datetime(2026-03-10T08:00:00Z) and Timestamp <= datetime(2026-03-10T08:15:00Z)
| where ActionType in ("ClickBlocked","ClickBlockedByTenantPolicy") or IsClickedThrough == true
| join kind=leftouter (EmailEvents | project NetworkMessageId, Subject, SenderFromAddress, RecipientEmailAddress) on NetworkMessageId
| project Timestamp, AccountUpn, Workload, ActionType, IsClickedThrough, ThreatTypes, Subject, ReportId
| order by Timestamp asc)") ==
      "2026-03-10T08:01:00.0000000Z,dana@contoso.com,Email,ClickAllowed,true,null,Invoice 4711,r1;"
      "2026-03-10T08:05:00.0000000Z,Ernie@contoso.com,Teams,ClickBlocked,false,Phish,,r2;"
      "2026-03-10T08:10:00.0000000Z,dana@contoso.com,Email,ClickBlockedByTenantPolicy,false,"
      "Phish,Reset your password,r3");
}

TEST_CASE("the alert query joins evidence to alerts") {
  CHECK(
      rows_of(
          R"(AlertInfo | where Title has "malicious URL" | join kind=inner (AlertEvidence | where EntityType == "MailMessage") on AlertId
| project Timestamp, AlertId, Title, NetworkMessageId, AccountUpn)") ==
      "2026-03-10T08:20:00.0000000Z,fa1,A potentially malicious URL click was detected,m2,"
      "dana@contoso.com");
}

TEST_CASE("project, extend, rename, away, keep and reorder shape the columns") {
  CHECK(columns_of("EmailEvents | project A = Subject, strcat(Subject, '!'), UrlCount + 1") ==
        "A:string,Column1:string,Column2:long");
  CHECK(columns_of("AlertInfo | extend Title = strlen(Title), X = 1.5") ==
        "Timestamp:datetime,AlertId:string,Title:long,Severity:string,X:real");
  CHECK(columns_of("AlertInfo | project-rename Id = AlertId") ==
        "Timestamp:datetime,Id:string,Title:string,Severity:string");
  CHECK(columns_of("AlertInfo | project-away T*, AlertId") == "Severity:string");
  CHECK(columns_of("AlertInfo | project-keep Severity, AlertId") ==
        "AlertId:string,Severity:string");
  CHECK(columns_of("AlertInfo | project-reorder Severity, *Id") ==
        "Severity:string,AlertId:string,Timestamp:datetime,Title:string");
  CHECK(columns_of("AlertEvidence | project Details.Score, Details['Roles'], bin(Timestamp, 1h)") ==
        "Details_Score:dynamic,Details_Roles:dynamic,Timestamp:datetime");
}

TEST_CASE("summarize groups, names its columns as Kusto does and combines aggregates") {
  CHECK(rows_of("UrlClickEvents | summarize count() by AccountUpn") ==
        "dana@contoso.com,3;Ernie@contoso.com,1;finn@contoso.com,1");
  CHECK(columns_of("UrlClickEvents | summarize count(), dcount(Url), make_set(Workload), "
                   "max(Timestamp), countif(IsClickedThrough) by AccountUpn, bin(Timestamp, 1h)") ==
        "AccountUpn:string,Timestamp:datetime,count_:long,dcount_Url:long,set_Workload:dynamic,"
        "max_Timestamp:datetime,countif_:long");
  CHECK(rows_of("UrlClickEvents | summarize N = count(), S = make_set(Workload), "
                "L = make_list(ReportId, 2) by AccountUpn | take 1") ==
        R"(dana@contoso.com,3,["Email","Teams"],["r1","r3"])");
  CHECK(rows_of("AlertEvidence | summarize sum(FileSize), avg(FileSize), min(FileSize), "
                "sumif(FileSize, EntityType == 'Url'), dcountif(AlertId, FileSize > 10), "
                "percentile(FileSize, 50)") == "1025,341.6666666666667,5,5,2,20");
  CHECK(rows_of("UrlClickEvents | summarize round(avg(strlen(Workload)), 1), "
                "x = count() * 2, strcat_array(make_set(Workload), '+')") ==
        "5.2,10,Email+Teams+Office");
  CHECK(rows_of("UrlClickEvents | summarize by Workload") == "Email;Teams;Office");
  CHECK(rows_of("Empty | summarize count(), max(Timestamp)") == "0,null");
  CHECK(rows_of("Empty | summarize count() by Subject") == "");
}

TEST_CASE("arg_max takes the row of the greatest value, with its names") {
  CHECK(columns_of("UrlClickEvents | summarize arg_max(Timestamp, Url, R = 1) by AccountUpn")
            .starts_with("ERROR"));
  CHECK(columns_of("UrlClickEvents | summarize arg_max(Timestamp, Url) by AccountUpn") ==
        "AccountUpn:string,Timestamp:datetime,Url:string");
  CHECK(columns_of("AlertInfo | summarize arg_max(Timestamp, *) by AlertId") ==
        "AlertId:string,Timestamp:datetime,Title:string,Severity:string");
  CHECK(rows_of("UrlClickEvents | summarize arg_max(Timestamp, ReportId) by AccountUpn | "
                "project AccountUpn, ReportId") ==
        "dana@contoso.com,r5;Ernie@contoso.com,r2;finn@contoso.com,r4");
  CHECK(rows_of("UrlClickEvents | summarize arg_min(Timestamp, ReportId), take_any(Url)") ==
        "2026-03-10T08:01:00.0000000Z,r1,https://login.contoso-docs.example/r?x=1");
}

TEST_CASE("distinct keeps the first of equal rows") {
  CHECK(rows_of("UrlClickEvents | distinct Workload") == "Email;Teams;Office");
  CHECK(rows_of("UrlClickEvents | project Workload, ActionType | distinct * | count") == "5");
  CHECK(rows_of("AlertEvidence | project AlertId | distinct *") == "fa1;fa2;fa3");
}

TEST_CASE("sort is descending by default, stable, and places nulls as Kusto does") {
  CHECK(rows_of("EmailEvents | sort by UrlCount | project NetworkMessageId") == "m1;m2;m3");
  CHECK(rows_of("EmailEvents | sort by UrlCount asc | project NetworkMessageId") == "m3;m2;m1");
  CHECK(rows_of("EmailEvents | order by UrlCount asc nulls last | project NetworkMessageId") ==
        "m2;m1;m3");
  CHECK(rows_of("UrlClickEvents | sort by Workload asc, Timestamp desc | project ReportId") ==
        "r3;r1;r4;r5;r2");
  CHECK(rows_of("UrlClickEvents | top 2 by Timestamp | project ReportId") == "r5;r4");
  CHECK(rows_of("UrlClickEvents | top 2 by Timestamp asc | project ReportId") == "r1;r2");
}

TEST_CASE("take, limit and count bound and count rows") {
  CHECK(rows_of("UrlClickEvents | limit 2 | project ReportId") == "r1;r2");
  CHECK(rows_of("UrlClickEvents | take 0 | count") == "0");
  CHECK(columns_of("UrlClickEvents | count") == "Count:long");
}

TEST_CASE("take stops the scan of the source") {
  (void)rows_of("UrlClickEvents | where Workload == 'Email' | project Url | take 1");
  CHECK(sample().tables.at("UrlClickEvents").visited == 1);
}

TEST_CASE("getschema describes the columns and render changes nothing") {
  CHECK(rows_of("AlertEvidence | getschema | where ColumnName in ('Details', 'FileSize')") ==
        "Details,5,System.Object,dynamic;FileSize,6,System.Int64,long");
  CHECK(rows_of("UrlClickEvents | count | render timechart with (title='x')") == "5");
}

TEST_CASE("union merges columns by name and type, both ways of writing it") {
  CHECK(rows_of("union AlertInfo, AlertEvidence | count") == "6");
  CHECK(rows_of("AlertInfo | union (AlertEvidence | where FileSize > 10) | count") == "4");
  CHECK(columns_of("union (AlertInfo | project AlertId, X = 1), (AlertInfo | project X = 'a')") ==
        "AlertId:string,X_long:long,X_string:string");
  CHECK(columns_of("union kind=inner AlertInfo, AlertEvidence") ==
        "Timestamp:datetime,AlertId:string");
  CHECK(rows_of("union isfuzzy=true AlertInfo, Missing, (Gone | where x > 1) | count") == "2");
  CHECK(rows_of("union withsource=T AlertInfo, EmailEvents | summarize count() by T") ==
        "AlertInfo,2;EmailEvents,3");
}

TEST_CASE("mv-expand makes a row of each element") {
  CHECK(rows_of("UrlClickEvents | extend U = parse_json(UrlChain) | mv-expand U to typeof(string) "
                "| project ReportId, U") ==
        "r1,https://a/;r1,https://b/;r2,;r3,https://evil.example/a;r4,;r5,");
  CHECK(rows_of("AlertEvidence | take 1 | mv-expand with_itemindex=i R = Details.Roles | "
                "project i, R") == "0,Owner;1,Reader");
  CHECK(rows_of("print a = dynamic([1,2,3]), b = dynamic(['x']) | mv-expand a, b") ==
        "1,x;2,null;3,null");
  CHECK(rows_of("print a = dynamic({'k': 1, 'l': 2}) | mv-expand a") == R"({"k":1};{"l":2})");
  CHECK(error_of("UrlClickEvents | mv-expand Url").what == hunting::query_error::kind::semantic);
}

TEST_CASE("bag_unpack makes columns of properties") {
  CHECK(columns_of("EmailEvents | project D = parse_json(AuthenticationDetails) | "
                   "evaluate bag_unpack(D)") == "DKIM:string,DMARC:string,SPF:string");
  CHECK(rows_of("EmailEvents | project D = parse_json(AuthenticationDetails) | "
                "evaluate bag_unpack(D, 'Auth') | project AuthSPF") == "pass;fail;");
}

TEST_CASE("let names scalars, tables and functions") {
  CHECK(rows_of("let since = ago(4h); let who = 'dana@contoso.com'; // comment\n"
                "let Mine = UrlClickEvents | where AccountUpn == who;\n"
                "Mine | where Timestamp > since | count;") == "3");
  CHECK(rows_of("let f = (T:(*), w:string) { T | where Workload == w | count }; "
                "f(UrlClickEvents, 'Teams')") == "2");
  CHECK(rows_of("let half = (n:real) { n / 2 }; print half(5)") == "2.5");
  CHECK(rows_of("let tag = (s:string) { strcat('<', s, '>') }; "
                "AlertInfo | project tag(AlertId)") == "<fa1>;<fa2>");
  CHECK(rows_of("let last = toscalar(UrlClickEvents | summarize max(Timestamp)); "
                "UrlClickEvents | where Timestamp == last | project ReportId") == "r5");
  CHECK(rows_of("let bad = dynamic(['m1','m2']); EmailEvents | where NetworkMessageId in (bad) "
                "| count") == "2");
  CHECK(error_of("let f = (n:long) { f(n) }; print f(1)").what ==
        hunting::query_error::kind::too_large);
}

TEST_CASE("bounds of Timestamp reach the source") {
  const auto& clicks = sample().tables.at("UrlClickEvents");
  (void)rows_of("let from = datetime(2026-03-10 08:05); UrlClickEvents | where Workload == 'Teams' "
                "| where Timestamp >= from and Timestamp < ago(2h) | project Timestamp | count");
  CHECK(clicks.asked.from == at("08:05"));
  CHECK(clicks.asked.to == at("10:00"));
  (void)rows_of("UrlClickEvents | project Timestamp, Url | where Timestamp between "
                "(datetime(2026-03-10 08:00) .. 10m)");
  CHECK(clicks.asked.to == at("08:10"));
  (void)rows_of("UrlClickEvents | take 3 | where Timestamp > ago(1h)");
  CHECK(clicks.asked.from == seams::instant::min());
  (void)rows_of("UrlClickEvents | extend Timestamp = now() | where Timestamp > ago(1h)");
  CHECK(clicks.asked.from == seams::instant::min());
}

TEST_CASE("rows outside the timespan are not seen") {
  const auto span = hunting::time_range{at("08:05"), at("08:10")};
  const auto made =
      hunting::run("union UrlClickEvents, EmailEvents | count", sample(), test_now(), span);
  REQUIRE(made.has_value());
  CHECK(made->rows[0][0] == hunting::value(std::int64_t{2}));
}

TEST_SUITE_END();
