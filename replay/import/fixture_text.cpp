#include "replay/import/fixture_text.hpp"

#include "core/seams/letters.hpp"
#include "replay/import/json_text.hpp"
#include "replay/import/record_shapes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace replay {
namespace {

using namespace std::chrono_literals;

/// Between two bodies of one record, long enough for polls to see each.
constexpr auto round_time = std::chrono::minutes{30};
/// What appears without a time of its own begins then and takes an hour.
constexpr auto history_from = std::chrono::minutes{10};

/// "1 record", "2 records".
auto counted(std::size_t count, const std::string& what) -> std::string {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

auto minutes_text(seams::duration span) -> std::string {
  return std::to_string(std::chrono::ceil<std::chrono::minutes>(span).count()) + "m";
}

auto feeds_in(const fixture& from) -> std::set<std::string> {
  auto out = std::set<std::string>();
  for (const auto& group : from.groups) {
    out.insert(group.feed);
  }
  return out;
}

auto reads_tables(const fixture& from, const std::string& feed) -> bool {
  return std::ranges::any_of(
      from.groups, [&](const record_group& one) { return one.feed == feed && !one.table.empty(); });
}

auto count_of(const fixture& from, std::string_view feed) -> std::size_t {
  auto out = std::size_t{0};
  for (const auto& group : from.groups) {
    out += group.feed == feed ? group.raws.size() : 0;
  }
  return out;
}

auto records_table(const fixture& from, const record_group& group) -> std::string {
  const auto& shape = shape_of(group.feed, group.table);
  auto out = fmt::format("[[records]]\nfile = \"{}\"\nfeed = \"{}\"\n", group.file, group.feed);
  if (!group.table.empty()) {
    out += fmt::format("table = \"{}\"\nat = \"-1m\"\n", group.table);
  } else if (group.round == 0) {
    out += fmt::format("at = \"{}\"\nover = \"1h\"\n", minutes_text(history_from));
  } else {
    const auto settled = std::max<seams::duration>(from.live, 70min) + shape.delay + 30min;
    out += fmt::format("at = \"{}\"\nover = \"10m\"\n",
                       minutes_text(settled + (group.round - 1) * round_time));
    return out + "\n";
  }
  return out + (shape.time.empty() ? "\n"
                                   : fmt::format("by = \"{}\"\nafter = \"{}\"\n\n",
                                                 shape.time,
                                                 minutes_text(shape.delay)));
}

auto tenant_table(const tenant_marks& from) -> std::string {
  auto out = std::string();
  if (!from.id.empty()) {
    out += fmt::format("id = \"{}\"\n", from.id);
  }
  if (!from.domain.empty()) {
    out += fmt::format("domain = \"{}\"\n", from.domain);
  }
  return out.empty() ? out : "[tenant]\n" + out + "\n";
}

auto scenario_text(const fixture& from) -> std::string {
  const auto feeds = feeds_in(from);
  auto names = std::vector<std::string>();
  std::ranges::transform(
      feeds, std::back_inserter(names), [](const std::string& one) { return "\"" + one + "\""; });
  auto out = fmt::format("# Made by offtenant import: see README.md beside it.\n"
                         "about = {}\n"
                         "start = {}\n\n{}[connector]\nfeeds = [{}]\n\n",
                         quoted_json(from.name + ": imported records arrive, none is lost"),
                         seams::to_rfc3339(from.start),
                         tenant_table(from.tenant),
                         fmt::join(names, ", "));
  for (const auto& feed : feeds) {
    if (from.history > 0s && reads_tables(from, feed)) {
      out += fmt::format("[connector.feed.{}]\nfirst_look_back = \"{}\"\n\n",
                         feed,
                         minutes_text(from.history + 1h));
    }
  }
  for (const auto& group : from.groups) {
    out += records_table(from, group);
  }
  for (const auto& [feed, count] : from.firsts) {
    out += fmt::format("[[expect]]\nrecords = {{ at_least = {} }}\nfeed = \"{}\"\n\n", count, feed);
  }
  out.pop_back();
  return out;
}

auto shown_name(const fixture& from, const std::string& file) -> std::string {
  const auto found = from.shown.find(file);
  return found == from.shown.end() ? file : found->second;
}

/// A name of a file, safe inside Markdown.
auto code_of(std::string_view name) -> std::string {
  auto out = std::string();
  for (const auto c : name) {
    out += c == '`' || c == '\n' || c == '\r' ? ' ' : c;
  }
  return "`" + out + "`";
}

auto names_text(const fixture& from) -> std::string {
  if (!from.has_stand_ins) {
    return "People, addresses, domains and tenants stand in it as they are: it was imported with "
           "`--keep-names`.\n";
  }
  return "People, accounts, addresses, domains, tenants, ids, devices, subjects, file names and IP "
         "addresses are\nstand-ins: the same one is the same stand-in everywhere, in URLs, JSON "
         "within strings and base64 too, so\nthat records still join. Tokens and secrets are taken "
         "out. Dates, verdicts, operations and error texts\nare as they were. Read the records "
         "once "
         "before you pass them on.\n";
}

auto others_text(const export_file& from) -> std::string {
  return from.others == 0 ? ""
                          : ", " + counted(from.others, "exchange") +
                                " without any (sign-in, lists of content, refusals)";
}

auto readme_text(const fixture& from) -> std::string {
  auto out = fmt::format("# {}\n\nMade by `offtenant import`. Run it with\n\n"
                         "    offtenant run scenario.toml\n\n## Where it comes from\n"
                         "| file | what it is | records taken |\n| --- | --- | --- |\n",
                         from.name);
  for (const auto& one : from.sources) {
    const auto taken = from.taken.find(one.name);
    out += fmt::format("| {} | {}{} | {} |\n",
                       code_of(shown_name(from, one.name)),
                       one.format,
                       others_text(one),
                       taken == from.taken.end() ? 0 : taken->second);
  }
  out += "\n## What is in it\n| feed | records | file |\n| --- | --- | --- |\n";
  for (const auto& group : from.groups) {
    out += fmt::format("| {} | {} | {} |\n", group.feed, group.raws.size(), code_of(group.file));
  }
  out += fmt::format("\nThe scenario starts at {}. A record appears when the service would have "
                     "shown it; what is older than the start, or bears no time, in the first "
                     "hour.\n",
                     seams::to_rfc3339(from.start));
  if (from.variants > 0) {
    out += fmt::format("- Of one Id came another body: {}. The first is served first; the others "
                       "(files with a number) come later, as a revision or a redelivery.\n",
                       counted(from.variants, "record"));
  }
  if (from.repeats > 0) {
    out += fmt::format("- The same as an earlier one, byte by byte, and left out: {}.\n",
                       counted(from.repeats, "record"));
  }
  if (from.moved > 0) {
    out += fmt::format("- Too old for advanced hunting, which answers for thirty days: {}, whose "
                       "Timestamp was moved by whole days.\n",
                       counted(from.moved, "row"));
  }
  if (!from.bad.empty()) {
    out += fmt::format("- Not taken: {}. `bad-rows.txt` names each with the reason.\n",
                       counted(from.bad.size(), "row"));
  }
  return out + "\n## Names\n" + names_text(from);
}

/// "clicks.csv:12"; of a recording the number is that of the exchange.
auto place_of(const std::string& name, const bad_row& row) -> std::string {
  return row.line == 0 ? name : fmt::format("{}:{}", name, row.line);
}

auto bad_rows_text(const fixture& from) -> std::string {
  auto out = std::string();
  for (const auto& row : from.bad) {
    out += fmt::format("{}: {}\n", place_of(shown_name(from, row.file), row), row.why);
    if (!row.text.empty()) {
      auto text = row.text;
      std::ranges::replace_if(
          text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
      out += "    " + text + "\n";
    }
  }
  return out;
}

} // namespace

auto files_of(const fixture& from) -> fixture_files {
  auto out = fixture_files();
  out.emplace_back("scenario.toml", scenario_text(from));
  out.emplace_back("README.md", readme_text(from));
  if (!from.bad.empty()) {
    out.emplace_back("bad-rows.txt", bad_rows_text(from));
  }
  return out;
}

auto summary_of(const fixture& from) -> std::string {
  auto out = std::string();
  for (const auto& one : from.sources) {
    const auto taken = from.taken.find(one.name);
    out += fmt::format("{}: {}, {}{}\n",
                       one.name,
                       one.format,
                       counted(taken == from.taken.end() ? 0 : taken->second, "record"),
                       others_text(one));
  }
  for (const auto& feed : feeds_in(from)) {
    out += fmt::format("  {}: {}\n", feed, count_of(from, feed));
  }
  if (from.variants > 0) {
    out += fmt::format("{} other bodies of an Id, served later\n", from.variants);
  }
  if (from.repeats > 0) {
    out += fmt::format("{} exact repeats left out\n", from.repeats);
  }
  if (from.moved > 0) {
    out += fmt::format("{} hunting rows moved nearer by whole days\n", from.moved);
  }
  constexpr auto named_max = std::size_t{10};
  for (auto i = std::size_t{0}; i < std::min(from.bad.size(), named_max); ++i) {
    const auto& row = from.bad[i];
    out += fmt::format("{}: not taken: {}\n", place_of(row.file, row), row.why);
  }
  if (!from.bad.empty()) {
    out += counted(from.bad.size(), "row") + " not taken: bad-rows.txt names each\n";
  }
  return out;
}

} // namespace replay
