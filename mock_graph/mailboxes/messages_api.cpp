#include "mock_graph/mailboxes/messages_api.hpp"

#include "core/seams/choices.hpp"
#include "mock_graph/mailboxes/message_documents.hpp"
#include "mock_graph/odata/page.hpp"

#include <array>

namespace mock_graph::mailboxes {
namespace {

using ordered = nlohmann::ordered_json;
using odata::option;

constexpr auto permanent_delete = std::string_view("permanentDelete");

auto wants_immutable_ids(const call& what) -> bool {
  const auto prefer = what.query.fields.find("Prefer").value_or("");
  return prefer.find("IdType=\"ImmutableId\"") != std::string_view::npos;
}

auto may_read_mail(const call& what) -> bool {
  return what.has_role("Mail.ReadWrite") || what.has_role("Mail.Read") ||
         what.has_role("Mail.ReadBasic.All");
}

auto reads_all(const call& what) -> bool {
  return what.has_role("Mail.ReadWrite") || what.has_role("Mail.Read");
}

auto message_limits() -> odata::rules {
  auto out = odata::rules();
  out.allowed = {
      option::filter, option::top, option::skip, option::count, option::order_by, option::select};
  out.top_default = 10;
  out.top_max = 1000;
  out.default_order = {{"receivedDateTime", odata::kind::date_time, true}};
  return out;
}

/// Properties of `$orderby` must stand in `$filter`, first and in the same order
/// (learn.microsoft.com/graph/api/user-list-messages).
auto order_fits(const call& what, const odata::options& read) -> bool {
  const auto filter = what.find("$filter").value_or("");
  if (!read.where || !what.find("$orderby")) {
    return true;
  }
  auto from = std::size_t{0};
  for (const auto& key : read.order) {
    const auto at = filter.find(key.property, from);
    const auto is_first = from > 0 || filter.substr(0, at).find(' ') == std::string_view::npos;
    if (at == std::string_view::npos || !is_first) {
      return false;
    }
    from = at + key.property.size();
  }
  return true;
}

} // namespace

/// Whose mailbox a request is for, and where in it.
struct messages_api::place {
  const tenant::user& owner;
  const folder* in = nullptr; ///< null: the whole mailbox
  std::size_t after = 0;      ///< index of the path's step after "messages"
};

auto messages_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>(
      {"graph.messages", "graph.message_move", "graph.permanent_delete"});
  return names;
}

auto messages_api::route_of(const odata::target& target) const -> std::string_view {
  auto path = graph::below_version(target);
  if (path.size() < 3 || path[0].called || !odata::is_named(path[0], "users")) {
    return {};
  }
  path = path.subspan(2);
  path = odata::is_named(path[0], "mailFolders") && path.size() > 2 ? path.subspan(2) : path;
  if (!odata::is_named(path[0], "messages") || path.size() > 3) {
    return {};
  }
  return path.size() < 3                              ? routes()[0]
         : odata::is_named(path[2], "move")           ? routes()[1]
         : odata::is_named(path[2], permanent_delete) ? routes()[2]
                                                      : std::string_view();
}

auto messages_api::answer(call& what) -> seams::response {
  const auto& cloud = acts_.state().cloud;
  if (what.route == routes()[2] && cloud != "global" && cloud != "gcc") {
    return graph::refuse(what, odata::segment_not_found(std::string(permanent_delete)));
  }
  const auto reads = what.query.method == "GET";
  if (reads ? !may_read_mail(what) : !what.has_role("Mail.ReadWrite")) {
    return graph::refuse(what, odata::mailbox_access_denied());
  }
  const tenant::user* owner = nullptr;
  if (auto closed = gate_.closed(what, owner)) {
    return std::move(*closed);
  }
  const auto in_folder = odata::is_named(what.target.path[3], "mailFolders");
  const auto where = place{*owner,
                           in_folder ? store_.folder_named(owner->name, what.step(4)) : nullptr,
                           in_folder ? std::size_t{6} : std::size_t{4}};
  if (in_folder && where.in == nullptr) {
    return graph::refuse(what, item_missing());
  }
  if (what.step(where.after).empty()) {
    return reads ? list(what, where) : graph::refuse(what, odata::method_not_allowed());
  }
  auto* one = store_.find(owner->name, what.step(where.after));
  if (one == nullptr || (where.in != nullptr && one->in != where.in)) {
    return graph::refuse(what, item_missing());
  }
  const auto& method = what.query.method;
  return what.route == routes()[0] && reads                ? item(what, where, *one)
         : what.route == routes()[0] && method == "DELETE" ? remove(what, where, *one)
         : what.route == routes()[1] && method == "POST"   ? move(what, where, *one)
         : what.route == routes()[2] && method == "POST"
             ? purge(what, where, *one)
             : graph::refuse(what, odata::method_not_allowed());
}

auto messages_api::shown(const call& what, const place& where, const stored_message& one) const
    -> ordered {
  auto out = message_document(store_, where.owner, one, wants_immutable_ids(what));
  if (!reads_all(what)) {
    out.erase("body");
    out.erase("bodyPreview");
  }
  return out;
}

auto messages_api::list(call& what, const place& where) -> seams::response {
  const auto read = odata::read_options(what.target, message_limits(), message_schema());
  if (!read) {
    return graph::refuse(what, read.error());
  }
  if (!order_fits(what, *read)) {
    return graph::refuse(what,
                         {400,
                          "InefficientFilter",
                          "The restriction or sort order is too complex for this operation."});
  }
  auto documents = std::vector<ordered>();
  for (const auto& one : store_.of(where.owner.name)) {
    const auto listed =
        where.in == nullptr ? one.in != nullptr && !one.in->recoverable : one.in == where.in;
    if (listed) {
      documents.push_back(shown(what, where, one));
    }
  }
  auto candidates = std::vector<const ordered*>();
  for (const auto& one : documents) {
    candidates.push_back(&one);
  }
  const auto page = odata::cut_page(
      std::span<const ordered* const>(candidates),
      odata::cut{read->where ? &*read->where : nullptr, read->order, read->skip, read->top});
  auto body = ordered();
  body["@odata.context"] =
      graph::service_root(what) + "/$metadata#users('" + where.owner.object_id + "')/messages";
  if (read->count) {
    body["@odata.count"] = page.matched;
  }
  body["value"] = ordered::array();
  for (const auto* one : page.items) {
    auto chosen = odata::project(*one, read->select);
    chosen["id"] = (*one)["id"];
    body["value"].push_back(std::move(chosen));
  }
  if (page.more) {
    const auto next = std::to_string(read->skip + page.items.size());
    body["@odata.nextLink"] = odata::link_with(what.target, "$skip", next);
  }
  return graph::ok(what, body.dump());
}

auto messages_api::item(call& what, const place& where, const stored_message& one)
    -> seams::response {
  auto limits = odata::rules();
  limits.allowed = {option::select};
  const auto read = odata::read_options(what.target, limits, message_schema());
  if (!read) {
    return graph::refuse(what, read.error());
  }
  auto body = odata::project(shown(what, where, one), read->select).dump();
  body.insert(1,
              "\"@odata.context\":\"" + graph::service_root(what) + "/$metadata#users('" +
                  where.owner.object_id + "')/messages/$entity\",");
  return graph::ok(what, std::move(body));
}

/// What lies in the recoverable items already cannot be deleted there; the status is not documented
/// (microsoftgraph/microsoft-graph-docs issue 2894 shows code and text).
auto messages_api::remove(call& what, const place& where, stored_message& one) -> seams::response {
  if (one.in->recoverable) {
    return graph::refuse(what, {400, "ErrorCannotDeleteObject", "Object cannot be deleted."});
  }
  audit(what, where, one, "SoftDelete", nullptr);
  store_.move(where.owner.name, one, find_folder("recoverableitemsdeletions"), what.now);
  return graph::no_content(what);
}

auto messages_api::purge(call& what, const place& where, stored_message& one) -> seams::response {
  audit(what, where, one, "HardDelete", nullptr);
  store_.move(where.owner.name, one, nullptr, what.now);
  return graph::no_content(what);
}

auto messages_api::move(call& what, const place& where, stored_message& one) -> seams::response {
  const auto body = graph::json_body(what);
  const auto target = body ? body->find("destinationId") : nlohmann::json::const_iterator();
  if (!body || target == body->end() || !target->is_string()) {
    return graph::refuse(what, graph::unreadable_body());
  }
  const auto* to = store_.folder_named(where.owner.name, target->get<std::string>());
  if (to == nullptr) {
    return graph::refuse(what, item_missing());
  }
  const auto trash = to->name == "deleteditems";
  audit(what, where, one, trash ? "MoveToDeletedItems" : "Move", to);
  store_.move(where.owner.name, one, to, what.now);
  auto out = item(what, where, one);
  out.status = out.status == 200 ? 201 : out.status;
  return out;
}

/// Form of RecordType 3: management-activity-api sheet, 8.10. That an app's own act names the
/// mailbox's owner as user and the app by `AppId` follows public records of apps that read mail.
void messages_api::audit(const call& what,
                         const place& where,
                         const stored_message& one,
                         const std::string& operation,
                         const folder* to) {
  const auto& owner = where.owner;
  const auto named = [&](const folder& which) {
    return nlohmann::json{{"Id", store_.folder_id(owner.name, which)}, {"Path", which.path}};
  };
  auto fields = nlohmann::json{
      {"RecordType", 3},
      {"ResultStatus", "Succeeded"},
      {"UserType", 0},
      {"UserId", owner.upn},
      {"UserKey", owner.object_id},
      {"ClientInfoString", "Client=REST;;"},
      {"InternalLogonType", 0},
      {"LogonType", 0},
      {"MailboxGuid", seams::named_guid(acts_.state().seed, "mailbox/" + owner.name)},
      {"MailboxOwnerUPN", owner.upn},
      {"CrossMailboxOperation", false},
      {"Folder", named(*one.in)},
      {"AffectedItems",
       nlohmann::json::array({{{"Id", one.id},
                               {"InternetMessageId", one.mail->internet_message_id},
                               {"ParentFolder", named(*one.in)},
                               {"Subject", one.mail->what.subject}}})}};
  if (to != nullptr) {
    fields["DestFolder"] = named(*to);
  }
  acts_.effect(what,
               operation == "HardDelete"   ? "hard delete message"
               : operation == "SoftDelete" ? "delete message"
                                           : "move message",
               one.mail->internet_message_id + " of " + owner.upn);
  acts_.audit_exchange(what, operation, std::move(fields));
}

} // namespace mock_graph::mailboxes
