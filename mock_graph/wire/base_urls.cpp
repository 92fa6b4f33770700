#include "mock_graph/wire/base_urls.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace mock_graph::wire {
namespace {

constexpr auto own_names = std::to_array<std::string_view>({"127.0.0.1", "localhost", "[::1]"});

/// Members whose value is a link of the API itself. Others ("alertWebUrl", the bytes of records)
/// are data and stay. "Location" is a header of a part of a batch.
constexpr auto link_members = std::to_array<std::string_view>({"\"@odata.nextLink\":\"",
                                                               "\"@odata.deltaLink\":\"",
                                                               "\"@odata.context\":\"",
                                                               "\"nextLink\":\"",
                                                               "\"contentUri\":\"",
                                                               "\"Location\":\""});

void replace_each(std::string& text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

auto is_login(const std::string& host) -> bool {
  return host.starts_with("login.") || host.starts_with("sts.");
}

} // namespace

auto read_local(const std::string& url) -> std::optional<local_url> {
  const auto from = url.find("://");
  const auto path = from == std::string::npos ? from : url.find('/', from + 3);
  if (path == std::string::npos) {
    return std::nullopt;
  }
  const auto authority = std::string_view(url).substr(from + 3, path - from - 3);
  const auto is_own = std::ranges::any_of(own_names, [&](std::string_view name) {
    return authority == name ||
           (authority.starts_with(name) && authority.substr(name.size()).starts_with(':'));
  });
  const auto end = std::min(url.find_first_of("/?#", path + 1), url.size());
  auto host = url.substr(path + 1, end - path - 1);
  if (!is_own || host.find('.') == std::string::npos) {
    return std::nullopt;
  }
  auto rest = url.substr(end);
  return local_url{url.substr(0, path), std::move(host), rest.starts_with('/') ? rest : "/" + rest};
}

void turn_links(seams::response& what, const local_url& asked) {
  const auto real = "https://" + asked.host;
  const auto local = asked.base + "/" + asked.host;
  for (const auto* name : {"NextPageUri", "Location"}) {
    if (const auto link = what.fields.find(name); link && link->starts_with(real)) {
      what.fields.set(name, local + std::string(link->substr(real.size())));
    }
  }
  if (is_login(asked.host)) {
    replace_each(what.body, real, local);
    return;
  }
  for (const auto member : link_members) {
    replace_each(what.body, std::string(member) + real, std::string(member) + local);
  }
}

auto base_urls::answer(const seams::request& query) -> reply {
  const auto local = read_local(query.url);
  if (!local) {
    return inner_.answer(query);
  }
  auto meant = query;
  meant.url = local->meant();
  auto out = inner_.answer(meant);
  turn_links(out.response, *local);
  return out;
}

} // namespace mock_graph::wire
