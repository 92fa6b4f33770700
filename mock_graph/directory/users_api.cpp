#include "mock_graph/directory/users_api.hpp"

#include "mock_graph/directory/list_rules.hpp"
#include "mock_graph/graph/answers.hpp"
#include "mock_graph/odata/page.hpp"

#include <array>

namespace mock_graph::directory {
namespace {

using odata::kind;
using odata::option;

auto make_user_schema() -> odata::entity_schema {
  auto out = odata::entity_schema();
  out.type_name = "microsoft.graph.user";
  for (const auto& name : user_properties()) {
    auto one = odata::property{name, kind::string};
    if (name.ends_with("DateTime")) {
      one.type = kind::date_time;
    } else if (name == "accountEnabled" || name == "onPremisesSyncEnabled") {
      one.type = kind::boolean;
    } else if (name == "businessPhones" || name == "proxyAddresses") {
      one.type = kind::collection;
      one.element = kind::string;
    }
    out.properties.push_back(std::move(one));
  }
  return out;
}

auto user_schema() -> const odata::entity_schema& {
  static const auto schema = make_user_schema();
  return schema;
}

auto may_read_users(const call& what, bool delta) -> bool {
  static constexpr auto full = std::to_array<std::string_view>(
      {"User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"});
  return std::ranges::any_of(full, [&](std::string_view role) { return what.has_role(role); }) ||
         (!delta && what.has_role("User.ReadBasic.All"));
}

} // namespace

auto users_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names =
      std::to_array<std::string_view>({"graph.users", "graph.users_delta"});
  return names;
}

auto users_api::route_of(const odata::target& target) const -> std::string_view {
  const auto path = graph::below_version(target);
  if (path.empty() || path.size() > 2 || path[0].called || !odata::is_named(path[0], "users")) {
    return {};
  }
  const auto delta = path.size() == 2 && odata::is_named(path[1], "delta");
  return routes()[delta ? 1 : 0];
}

void users_api::on(const tenant::event& what) {
  const auto* how = std::get_if<tenant::delta_reset>(&what.what);
  if (how != nullptr && how->collection == "users") {
    delta_.reset(*how, what.at);
  }
}

auto users_api::answer(call& what) -> seams::response {
  const auto delta = what.route == routes()[1];
  if (what.query.method == "PATCH" && !delta && what.target.path.size() == 3 && acts_ != nullptr) {
    return acts_->update(what);
  }
  if (!may_read_users(what, delta)) {
    return graph::refuse(what, odata::privileges_missing());
  }
  if (what.query.method != "GET") {
    return graph::refuse(what, odata::method_not_allowed());
  }
  if (delta) {
    return delta_.answer(what,
                         {"users",
                          book_.users(),
                          user_schema(),
                          usual_user_properties(),
                          state_.pages.directory,
                          state_.choice_of_readings.delta_repeats});
  }
  if (is_count(what)) {
    return directory_count(what, users(what));
  }
  return what.target.path.size() == 2 ? list(what) : one(what);
}

auto users_api::users(const call& what) const -> graph::collection {
  auto out = directory_list(what, "users", book_.users().log(), user_schema());
  out.page_most = state_.pages.directory;
  out.usual_select = usual_user_properties();
  return out;
}

auto users_api::list(call& what) -> seams::response {
  return reader_.list(what, users(what));
}

auto users_api::one(call& what) -> seams::response {
  const auto wanted = std::string(what.step(2));
  const auto id = book_.find(wanted, what.now);
  const auto* found = book_.users().log().find(id, what.now);
  if (found == nullptr) {
    return graph::refuse(what, odata::resource_not_found(wanted));
  }
  auto limits = odata::rules();
  limits.allowed = {option::select};
  const auto read = odata::read_options(what.target, limits, user_schema());
  if (!read) {
    return graph::refuse(what, read.error());
  }
  const auto select = read->select.empty() ? usual_user_properties() : read->select;
  auto body = odata::project(nlohmann::ordered_json::parse(found->raw), select).dump();
  body.insert(1,
              "\"@odata.context\":\"" + graph::service_root(what) + "/$metadata#users/$entity\",");
  return graph::ok(what, std::move(body));
}

} // namespace mock_graph::directory
