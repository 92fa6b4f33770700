#include "core/safe_links/posture_reading.hpp"

#include "core/http/links.hpp"
#include "core/seams/letters.hpp"

#include <array>

namespace core::safe_links {
namespace {

namespace net = boost::asio;

using objects = std::vector<object>;

/// Every page of a Graph collection; items that are no objects are left out.
auto read_collection(const connector_config& config, api::api_client& api, std::string path)
    -> net::awaitable<seams::result<objects>> {
  const auto& root = config.where.of(workload::graph).root;
  auto pages = http::chain(root);
  auto next = root + path;
  auto out = objects();
  while (!next.empty()) {
    if (const auto good = pages.follow(next); !good) {
      co_return good.error();
    }
    auto call = api::call();
    call.url = next;
    const auto answer = co_await api.send(std::move(call));
    if (!answer) {
      co_return answer.error();
    }
    const auto page = object::parse(answer->body, nullptr, false);
    if (!page.is_object() || !page.contains("value") || !page["value"].is_array()) {
      co_return seams::failure(
          seams::reaction::retry_later, "answer_malformed", "a list has no array 'value'");
    }
    for (const auto& one : page["value"]) {
      if (one.is_object()) {
        out.push_back(one);
      }
    }
    const auto link = page.find("@odata.nextLink");
    next = link != page.end() && link->is_string() ? link->get<std::string>() : std::string();
  }
  co_return out;
}

auto text_of(const object& what, const char* name) -> std::string {
  const auto found = what.find(name);
  return found != what.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The groups that rules name, in small letters.
auto groups_named(const posture_input& what) -> std::set<std::string> {
  auto out = std::set<std::string>();
  for (const auto* rules : {&what.rules, &what.preset_rules}) {
    for (const auto& rule : *rules) {
      for (const auto* name : {"SentToMemberOf", "ExceptIfSentToMemberOf"}) {
        for (const auto& one : rule.value(name, object::array())) {
          out.insert(one.is_string() ? seams::lower_case(one.get<std::string>()) : std::string());
        }
      }
    }
  }
  return out;
}

auto read_members(const connector_config& config, api::api_client& api, posture_input& out)
    -> net::awaitable<seams::result<void>> {
  const auto wanted = groups_named(out);
  if (wanted.empty()) {
    co_return seams::result<void>();
  }
  const auto groups =
      co_await read_collection(config, api, "/v1.0/groups?$select=id,mail&$top=999");
  if (!groups) {
    co_return groups.error();
  }
  for (const auto& group : *groups) {
    const auto address = seams::lower_case(text_of(group, "mail"));
    if (!wanted.contains(address)) {
      continue;
    }
    const auto path = "/v1.0/groups/" + text_of(group, "id") + "/members?$select=id&$top=999";
    const auto members = co_await read_collection(config, api, path);
    if (!members) {
      co_return members.error();
    }
    auto& known = out.members[address];
    for (const auto& one : *members) {
      known.insert(text_of(one, "id"));
    }
  }
  co_return seams::result<void>();
}

auto read_people(const connector_config& config, api::api_client& api, posture_input& out)
    -> net::awaitable<seams::result<void>> {
  const auto users = co_await read_collection(
      config, api, "/v1.0/users?$select=id,mail,userPrincipalName&$top=999");
  if (!users) {
    co_return users.error();
  }
  if (const auto members = co_await read_members(config, api, out); !members) {
    co_return members.error();
  }
  auto people = std::vector<person>();
  for (const auto& one : *users) {
    const auto mail = text_of(one, "mail");
    people.push_back({text_of(one, "id"), mail.empty() ? text_of(one, "userPrincipalName") : mail});
  }
  out.people = std::move(people);
  co_return seams::result<void>();
}

} // namespace

auto read_posture(const connector_config& config,
                  api::api_client& api,
                  exchange::cmdlet_runner& cmdlets)
    -> net::awaitable<seams::result<posture_input>> {
  auto out = posture_input();
  struct part {
    const char* cmdlet;
    objects* into;
  };
  const auto parts = std::array{part{"Get-SafeLinksPolicy", &out.policies},
                                part{"Get-SafeLinksRule", &out.rules},
                                part{"Get-ATPProtectionPolicyRule", &out.preset_rules}};
  const auto everything = object::object();
  for (const auto& [cmdlet, into] : parts) {
    auto printed = co_await cmdlets.run(std::string(cmdlet), everything);
    if (!printed) {
      co_return printed.error();
    }
    *into = std::move(printed->rows);
    if (printed->cut) {
      out.unknown.push_back("Exchange gave only the beginning of " + std::string(cmdlet) + ".");
    }
  }
  if (const auto read = co_await read_people(config, api, out); !read) {
    out.unknown.push_back("Who is covered is not known: the directory cannot be read, which takes "
                          "User.Read.All and GroupMember.Read.All (" +
                          read.error().code + ").");
  }
  co_return out;
}

} // namespace core::safe_links
