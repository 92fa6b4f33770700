#include "replay/import/build_fixture.hpp"

#include "core/seams/digest.hpp"
#include "core/seams/letters.hpp"
#include "replay/import/dates.hpp"
#include "replay/import/json_text.hpp"
#include "replay/import/record_shapes.hpp"
#include "replay/import/trace_rows.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>

namespace replay {
namespace {

using namespace std::chrono_literals;

constexpr auto live_max = std::chrono::hours{24};
/// A longer pause between records is not lived through: what is before it is history.
constexpr auto pause_max = std::chrono::hours{6};
constexpr auto reach_max = std::chrono::days{25};
constexpr auto lead = seams::duration{15min};
constexpr auto rounds_max = 200;
/// Records of a file that are asked which tenant they are of.
constexpr auto looked_at = std::size_t{1'000};
/// The year in which a scenario without any time happens.
constexpr auto otherwise =
    seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} + std::chrono::hours{8};

/// A record with what the fixture needs to know of it.
struct placed {
  export_item item;
  const feed_shape* shape;
  std::optional<seams::instant> time;
};

/// Of a string its text, of anything else but null its bytes.
auto text_of_member(const json_members& in, std::string_view name) -> std::string {
  const auto found = find_member(in, name).value_or("null");
  return found.starts_with('"') ? string_of(found) : found == "null" ? "" : std::string(found);
}

/// `raw` with another value of a member that it has, or with that member added.
auto with_member(const std::string& raw, std::string_view name, const std::string& text)
    -> std::string {
  const auto all = members_of(raw);
  if (const auto found = find_member(all, name)) {
    const auto at = static_cast<std::size_t>(found->data() - raw.data());
    return raw.substr(0, at) + quoted_json(text) + raw.substr(at + found->size());
  }
  const auto open = raw.find('{') + 1;
  return raw.substr(0, open) + quoted_json(name) + ":" + quoted_json(text) +
         (all.empty() ? "" : ",") + raw.substr(open);
}

/// What a record is known by, and what tells its revisions apart.
struct identity {
  std::string key; ///< within all feeds; of its bytes if it has none
  std::string version;
};

auto identity_of(const export_item& item, const feed_shape& shape) -> identity {
  const auto all = members_of(item.raw);
  auto out = identity{item.feed + "|" + item.table + "|", ""};
  if (text_of_member(all, shape.identity.front()).empty()) {
    out.key += seams::to_hex(seams::sha256(item.raw));
  } else {
    for (const auto name : shape.identity) {
      out.key += seams::lower_case(text_of_member(all, name)) + "|";
    }
  }
  out.version = shape.version.empty() ? "" : text_of_member(all, shape.version);
  return out;
}

/// Rows of tables have no id of their own: where the export left the column out, one is made of the
/// content.
void complete(placed& one) {
  const auto first = one.shape->identity.front();
  if (!one.shape->table.empty() && text_of_member(members_of(one.item.raw), first).empty()) {
    one.item.raw = with_member(one.item.raw, first, guid_of_content(one.item.raw));
  }
}

/// Sorts records into rounds and leaves repeats out.
class sorter {
public:
  explicit sorter(fixture& out) : out_(out) {}

  void take(placed one) {
    const auto known = identity_of(one.item, *one.shape);
    auto& bodies = seen_[known.key];
    const auto body = seams::to_hex(seams::sha256(one.item.raw));
    if (std::ranges::find(bodies, body) != bodies.end()) {
      ++out_.repeats;
      return;
    }
    auto round = static_cast<int>(bodies.size());
    if (!one.shape->table.empty() && round > 0) {
      if (!revisions_.insert(known.key + known.version).second) {
        aside(one,
              "has the identity of an earlier row and other content: a table of advanced "
              "hunting shows one row");
        return;
      }
      round = 0; // rows are found by their Timestamp, so all are there from the start
    } else if (round > rounds_max) {
      aside(one, "is one of more than " + std::to_string(rounds_max) + " bodies of one Id");
      return;
    }
    if (bodies.empty()) {
      ++out_.firsts[one.item.feed];
      if (!one.shape->table.empty()) {
        revisions_.insert(known.key + known.version);
      }
    } else {
      ++out_.variants;
    }
    bodies.push_back(body);
    ++out_.taken[one.item.file];
    auto& group = group_of(one, is_audit_feed(one.item.feed) ? std::min(round, 1) : round);
    group.bytes += one.item.raw.size() + 1;
    group.raws.push_back(std::move(one.item.raw));
  }

private:
  void aside(const placed& one, std::string why) {
    out_.bad.push_back({one.item.file, one.item.line, std::move(why), one.item.raw});
  }

  auto group_of(const placed& one, int round) -> record_group& {
    auto parts = 0;
    for (auto& group : out_.groups) {
      if (group.feed == one.item.feed && group.table == one.item.table && group.round == round) {
        if (group.bytes + one.item.raw.size() < record_file_bytes) {
          return group;
        }
        ++parts;
      }
    }
    const auto stem = one.item.feed + (one.item.table.empty() ? "" : "-" + one.item.table);
    const auto name = "records/" + stem + (round == 0 ? "" : "-" + std::to_string(round + 1)) +
                      (parts == 0 ? "" : "-part-" + std::to_string(parts + 1));
    return out_.groups.emplace_back(
        record_group{one.item.feed, one.item.table, name + ".ndjson", {}, round});
  }

  fixture& out_;
  std::unordered_map<std::string, std::vector<std::string>> seen_;
  std::set<std::string> revisions_;
};

/// From when to when the scenario lasts.
void set_times(fixture& out, const std::vector<placed>& all) {
  auto times = std::vector<seams::instant>();
  for (const auto& one : all) {
    if (one.time) {
      times.push_back(*one.time);
    }
  }
  if (times.empty()) {
    out.start = otherwise;
    return;
  }
  std::ranges::sort(times, std::greater());
  auto first = times.front();
  for (const auto time : times) {
    if (first - time > pause_max || times.front() - time > live_max) {
      break;
    }
    first = time;
  }
  out.start = std::chrono::floor<std::chrono::minutes>(first - lead);
  out.live = std::chrono::ceil<std::chrono::minutes>(times.front() - out.start);
}

/// Brings a row of a hunting table within reach of the start.
void bring_near(fixture& out, placed& one) {
  if (one.shape->table.empty()) {
    return;
  }
  const auto oldest = out.start - reach_max;
  if (*one.time < oldest) {
    const auto days = std::chrono::ceil<std::chrono::days>(oldest - *one.time);
    one.time = *one.time + days;
    one.item.raw = with_member(one.item.raw, "Timestamp", seams::to_rfc3339(*one.time));
    ++out.moved;
  }
  out.history = std::max<seams::duration>(out.history, out.start - *one.time);
}

/// Why no list could show the record; "" if one can.
auto why_unserved(const placed& one, const json_members& all) -> std::string_view {
  if (!one.shape->table.empty()) {
    return one.time ? "" : "has no Timestamp that can be read, by which rows are found";
  }
  const auto known =
      is_audit_feed(one.item.feed) || !text_of_member(all, one.shape->identity.front()).empty();
  return known ? "" : "has no id, by which it is listed";
}

auto place_all(fixture& out, std::vector<export_file>& files) -> std::vector<placed> {
  auto all = std::vector<placed>();
  for (auto& file : files) {
    for (auto& item : file.items) {
      auto one = placed{std::move(item), nullptr, {}};
      one.shape = &shape_of(one.item.feed, one.item.table);
      const auto inside = members_of(one.item.raw);
      one.time = parse_date(text_of_member(inside, one.shape->time));
      if (const auto why = why_unserved(one, inside); !why.empty()) {
        out.bad.push_back({one.item.file, one.item.line, std::string(why), one.item.raw});
        continue;
      }
      all.push_back(std::move(one));
    }
    file.items.clear();
    std::ranges::move(file.bad, std::back_inserter(out.bad));
    file.bad.clear();
  }
  return all;
}

/// In a row that is no JSON nothing tells what is a name, so every word may be one.
void redact_bad_rows(std::vector<bad_row>& rows, const text_redactor& redactor) {
  for (auto& row : rows) {
    row.text = is_json(row.text) ? redactor.json(row.text) : redactor.field("body", row.text);
  }
}

/// A file's name may tell of somebody as well: in a fixture with stand-ins files have numbers.
void name_sources(fixture& out) {
  for (const auto& file : out.sources) {
    const auto plain = file.name.substr(file.name.find_last_of("/\\") + 1);
    const auto number = "file-" + std::to_string(out.shown.size() + 1);
    out.shown.emplace(file.name, out.has_stand_ins ? number : plain);
  }
}

} // namespace

auto build_fixture(const std::string& name,
                   std::vector<export_file> files,
                   const text_redactor* redactor) -> fixture {
  auto out = fixture();
  out.name = name;
  out.has_stand_ins = redactor != nullptr;
  auto all = place_all(out, files);
  out.sources = std::move(files);
  set_times(out, all);
  if (redactor != nullptr) {
    redact_bad_rows(out.bad, *redactor);
  }
  name_sources(out);
  auto marks = tenant_finder();
  auto sorted = sorter(out);
  for (auto& one : all) {
    if (redactor != nullptr) {
      one.item.raw = redactor->json(one.item.raw);
    }
    bring_near(out, one);
    complete(one);
    sorted.take(std::move(one));
  }
  for (const auto& group : out.groups) {
    for (const auto& raw : std::span(group.raws).first(std::min(group.raws.size(), looked_at))) {
      marks.look_at(raw);
    }
  }
  out.tenant = marks.found();
  std::ranges::sort(out.groups, [](const record_group& a, const record_group& b) {
    return std::tie(a.round, a.feed, a.table) < std::tie(b.round, b.feed, b.table);
  });
  std::ranges::sort(out.bad, [](const bad_row& a, const bad_row& b) {
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
  return out;
}

} // namespace replay
