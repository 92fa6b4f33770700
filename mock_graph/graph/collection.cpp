#include "mock_graph/graph/collection.hpp"

#include "mock_graph/graph/answers.hpp"
#include "mock_graph/odata/page.hpp"
#include "mock_graph/odata/skiptoken.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <unordered_map>

namespace mock_graph::graph {
namespace {

/// Walks remembered for `$skip` links; a walk older than the newest thousand starts anew.
constexpr auto walks_max = std::size_t{1000};

auto context_of(const call& what, const collection& of) -> std::string {
  return "\"@odata.context\":\"" + service_root(what) + "/$metadata#" +
         std::string(of.context.empty() ? of.path : of.context);
}

} // namespace

auto collection_reader::item(call& what, const collection& of, const std::string& id)
    -> seams::response {
  const auto* found = of.log.find(id, what.now);
  if (found == nullptr) {
    return refuse(what, odata::resource_not_found(id, of.missing_code));
  }
  auto body = found->raw;
  body.insert(1, context_of(what, of) + "/$entity\",");
  return ok(what, std::move(body));
}

auto collection_reader::count(call& what, const collection& of) -> seams::response {
  auto limits = of.limits;
  limits.allowed = {odata::option::filter};
  const auto read = odata::read_options(what.target, limits, of.schema);
  if (!read) {
    return refuse(what, read.error());
  }
  auto matched = std::uint64_t{0};
  of.log.visit(what.now,
               of.within.lower.value_or(seams::instant::min()),
               of.within.upper.value_or(seams::instant::max()),
               [&](const entity_version& version) {
                 matched += !read->where || read->where->matches(version.index) ? 1U : 0U;
                 return true;
               });
  auto out = ok(what, std::to_string(matched));
  out.fields.set("Content-Type", "text/plain");
  return out;
}

auto collection_reader::walk_began(const call& what, const odata::options& options)
    -> seams::instant {
  const auto walk = what.caller + " " + odata::query_fingerprint(what.target);
  if (options.skip == 0) {
    if (walks_.size() >= walks_max) {
      walks_.clear();
    }
    walks_[walk] = what.now;
    return what.now;
  }
  const auto found = walks_.find(walk);
  return found == walks_.end() ? what.now : found->second;
}

auto collection_reader::list(call& what, const collection& of) -> seams::response {
  const auto read = odata::read_options(what.target, of.limits, of.schema);
  if (!read) {
    return refuse(what, read.error());
  }
  if (const auto why = of.objection ? of.objection(*read) : std::nullopt) {
    return refuse(what, *why);
  }
  auto mark = odata::page_mark();
  mark.query = odata::query_fingerprint(what.target);
  mark.as_of = walk_began(what, *read);
  mark.position = read->skip;
  if (read->skip_token) {
    auto given = odata::decode_skip_token(*read->skip_token, mark.query);
    if (!given) {
      return refuse(what, given.error());
    }
    mark = *given;
  }
  const auto bounds =
      read->where ? read->where->time_bounds(of.log.kind().time_member) : odata::time_range();
  auto candidates = std::vector<const nlohmann::json*>();
  auto versions = std::unordered_map<const nlohmann::json*, const entity_version*>();
  of.log.visit(mark.as_of,
               std::max(bounds.lower.value_or(seams::instant::min()),
                        of.within.lower.value_or(seams::instant::min())),
               std::min(bounds.upper.value_or(seams::instant::max()),
                        of.within.upper.value_or(seams::instant::max())),
               [&](const entity_version& version) {
                 candidates.push_back(&version.index);
                 versions[&version.index] = &version;
                 return true;
               });
  const auto most = static_cast<std::uint64_t>(of.page_most);
  const auto top = most > 0 ? std::min(read->top, most) : read->top;
  const auto* where = read->where ? &*read->where : nullptr;
  const auto page = odata::cut_page(std::span<const nlohmann::json* const>(candidates),
                                    odata::cut{where, read->order, mark.position, top});
  auto body = "{" + context_of(what, of) + "\"";
  if (read->count && of.counts) {
    body += ",\"@odata.count\":" + std::to_string(page.matched);
  }
  body += ",\"value\":[";
  const auto& select = read->select.empty() ? of.usual_select : read->select;
  const auto expands = !read->expand.empty() && of.expanded;
  for (const auto* one : page.items) {
    const auto& version = *versions[one];
    body += one == page.items.front() ? "" : ",";
    body += expands           ? of.expanded(version, mark.as_of)
            : !select.empty() ? odata::project(version.document, select).dump()
            : of.shown        ? of.shown(version, mark.as_of)
                              : version.raw;
  }
  body += "]";
  if (page.more) {
    mark.position += page.items.size();
    const auto link =
        of.skiptoken_links
            ? odata::link_with(what.target, "$skiptoken", odata::encode_skip_token(mark))
            : odata::link_with(what.target, "$skip", std::to_string(mark.position));
    body += ",\"@odata.nextLink\":" + nlohmann::json(link).dump();
  }
  return ok(what, body + "}");
}

} // namespace mock_graph::graph
