#include "mock_graph/directory/delta.hpp"

#include "mock_graph/graph/answers.hpp"
#include "mock_graph/odata/options.hpp"
#include "mock_graph/odata/page.hpp"
#include "mock_graph/odata/skiptoken.hpp"

#include <charconv>

namespace mock_graph::directory {
namespace {

using json = nlohmann::ordered_json;

/// Directory objects: seven days (directory sheet, 2.5).
constexpr auto token_life = std::chrono::days{7};
/// The service decides how many objects a page holds; the figure is a choice.
constexpr auto delta_page = std::size_t{200};

auto link(const call& what, const delta_collection& of, std::string_view option, std::string token)
    -> std::string {
  return graph::service_root(what) + "/" + std::string(of.path) + "/delta?" + std::string(option) +
         "=" + token;
}

auto joined_names(const std::vector<std::string>& names) -> std::string {
  auto out = std::string();
  for (const auto& name : names) {
    out += (out.empty() ? "" : ",") + name;
  }
  return out;
}

auto split_names(std::string_view joined) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  while (!joined.empty()) {
    const auto comma = std::min(joined.find(','), joined.size());
    out.emplace_back(joined.substr(0, comma));
    joined.remove_prefix(std::min(comma + 1, joined.size()));
  }
  return out;
}

/// `Prefer: odata.maxpagesize=N`.
auto preferred_page(const seams::request& query) -> std::optional<std::size_t> {
  constexpr auto name = std::string_view("odata.maxpagesize=");
  const auto prefer = query.fields.find("Prefer").value_or("");
  const auto at = prefer.find(name);
  auto size = std::size_t{0};
  if (at != std::string_view::npos) {
    const auto digits = prefer.substr(at + name.size());
    (void)std::from_chars(digits.data(), digits.data() + digits.size(), size);
  }
  return size > 0 ? std::optional(size) : std::nullopt;
}

auto page_size(const call& what, const delta_collection& of) -> std::size_t {
  const auto most = of.page_most > 0 ? static_cast<std::size_t>(of.page_most) : delta_page;
  return std::min(preferred_page(what.query).value_or(most), most);
}

/// Every object in a first round, then what changed.
auto rows_of(const delta_collection& of, seams::instant since, seams::instant as_of)
    -> std::vector<std::string> {
  auto rows = of.of.changed(since, as_of);
  if (since == seams::instant::min()) {
    std::erase_if(rows,
                  [&](const std::string& id) { return of.of.log().find(id, as_of) == nullptr; });
  }
  return rows;
}

auto pages_of(const std::vector<std::string>& rows, std::size_t size, bool repeats)
    -> std::vector<std::vector<std::string>> {
  auto pages = std::vector<std::vector<std::string>>(1);
  if (repeats) {
    pages.emplace_back();
  }
  for (const auto& row : rows) {
    if (pages.back().size() >= size) {
      const auto again = pages.back().back();
      pages.emplace_back();
      if (repeats && size > 1) {
        pages.back().push_back(again);
      }
    }
    pages.back().push_back(row);
  }
  return pages;
}

} // namespace

void delta_reader::reset(const tenant::delta_reset& how, seams::instant at) {
  reset_ = last_reset{how, at};
}

auto delta_reader::is_stale(const round& walk, seams::instant now) const -> bool {
  const auto given = walk.page > 0 ? walk.as_of : walk.since;
  return given != seams::instant::min() &&
         (now - given > token_life || (reset_ && given < reset_->at));
}

auto delta_reader::gone(call& what, const delta_collection& of) const -> seams::response {
  const auto known = reset_ ? reset_->how : tenant::delta_reset();
  auto out = graph::refuse(
      what, {410, known.code, "The sync state generation is not found; a full sync is required."});
  if (known.location) {
    out.fields.set("Location", link(what, of, "$deltatoken", ""));
  }
  return out;
}

auto delta_reader::begin(const call& what, const delta_collection& of) const
    -> odata::outcome<round> {
  using odata::option;
  auto limits = odata::rules();
  limits.allowed = {option::select, option::skip_token, option::delta_token};
  const auto read = odata::read_options(what.target, limits, of.schema);
  if (!read) {
    return read.error();
  }
  auto walk = round{seams::instant::min(), what.now, 0, joined_names(read->select)};
  const auto pages = read->skip_token.has_value();
  const auto token = pages ? *read->skip_token : read->delta_token.value_or("");
  if (token == "latest") {
    walk.since = what.now;
  } else if (!token.empty()) {
    const auto mark =
        odata::decode_skip_token(token, std::string(of.path) + (pages ? "/page" : "/delta"));
    if (!mark) {
      return mark.error();
    }
    const auto bar = mark->last_key.find('|');
    walk.select = mark->last_key.substr(bar + 1);
    if (pages) {
      auto ticks = std::int64_t{0};
      (void)std::from_chars(mark->last_key.data(), mark->last_key.data() + bar, ticks);
      walk.since = seams::instant{seams::duration{ticks}};
      walk.as_of = mark->as_of;
      walk.page = mark->position;
    } else {
      walk.since = mark->as_of;
    }
  }
  return walk;
}

auto delta_reader::print(call& what, const delta_collection& of, const round& walk)
    -> seams::response {
  const auto pages = pages_of(rows_of(of, walk.since, walk.as_of), page_size(what, of), of.repeats);
  const auto select = walk.select.empty() ? of.usual_select : split_names(walk.select);
  auto body = "{\"@odata.context\":\"" + graph::service_root(what) + "/$metadata#" +
              std::string(of.path) + "\",\"value\":[";
  const auto index = std::min<std::size_t>(walk.page, pages.size() - 1);
  for (const auto& id : pages[index]) {
    const auto* found = of.of.log().find(id, walk.as_of);
    body += body.back() == '[' ? "" : ",";
    if (found == nullptr) {
      body += of.of.tombstone(id, walk.as_of);
      continue;
    }
    auto names = select;
    names.emplace_back("id");
    body += odata::project(json::parse(found->raw), names).dump();
  }
  auto mark = odata::page_mark();
  mark.as_of = walk.as_of;
  mark.last_key = std::to_string(walk.since.time_since_epoch().count()) + "|" + walk.select;
  const auto more = index + 1 < pages.size();
  mark.position = more ? index + 1 : 0;
  mark.query = std::string(of.path) + (more ? "/page" : "/delta");
  const auto next =
      link(what, of, more ? "$skiptoken" : "$deltatoken", odata::encode_skip_token(mark));
  body += "],\"" + std::string(more ? "@odata.nextLink" : "@odata.deltaLink") +
          "\":" + json(next).dump() + "}";
  return graph::ok(what, std::move(body));
}

auto delta_reader::answer(call& what, const delta_collection& of) -> seams::response {
  const auto walk = begin(what, of);
  if (!walk) {
    return graph::refuse(what, walk.error());
  }
  return is_stale(*walk, what.now) ? gone(what, of) : print(what, of, *walk);
}

} // namespace mock_graph::directory
