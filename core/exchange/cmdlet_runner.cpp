#include "core/exchange/cmdlet_runner.hpp"

#include "core/auth/token_claims.hpp"
#include "core/http/links.hpp"

#include <algorithm>

namespace core::exchange {
namespace {

namespace net = boost::asio;
using seams::failure;
using seams::reaction;

constexpr auto rows_a_page = 1000;
constexpr auto replace = nlohmann::json::error_handler_t::replace;

/// "Guid@data.type" and its like say what the field beside it is.
auto without_sidecars(const object& row) -> object {
  auto out = object::object();
  for (const auto& [name, value] : row.items()) {
    if (name.find('@') == std::string::npos) {
      out[name] = value;
    }
  }
  return out;
}

/// Takes the rows of one page; gives the link to the next, or "".
auto take_page(const std::string& body, printed& out) -> seams::result<std::string> {
  if (body.empty()) {
    return std::string();
  }
  const auto page = object::parse(body, nullptr, false);
  const auto rows = page.is_object() ? page.find("value") : page.end();
  if (!page.is_object() || rows == page.end() || !rows->is_array()) {
    return failure(
        reaction::retry_later, "answer_malformed", "the answer of Exchange has no array 'value'");
  }
  for (const auto& row : *rows) {
    if (row.is_object()) {
      out.rows.push_back(without_sidecars(row));
    }
  }
  const auto link = page.find("@odata.nextLink");
  const auto has_link = link != page.end() && link->is_string();
  out.cut = !has_link && has_warnings(body);
  return has_link ? link->get<std::string>() : std::string();
}

} // namespace

auto cmdlet_runner::call_for(std::string_view cmdlet, const object& parameters) const -> api::call {
  return invocation(config_, cmdlet, parameters.dump(-1, ' ', false, replace), rows_a_page);
}

auto cmdlet_runner::check_permission(std::string_view cmdlet)
    -> net::awaitable<seams::result<void>> {
  const auto token = co_await tokens_.token(config_.where.of(workload::exchange).audience);
  if (!token) {
    co_return token.error();
  }
  const auto claims = auth::read_token(*token);
  if (claims && std::ranges::find(claims->roles, app_role) == claims->roles.end()) {
    co_return failure(reaction::stop_and_diagnose,
                      "permission_missing",
                      std::string(cmdlet) + " needs the application permission " +
                          std::string(app_role) +
                          " of Office 365 Exchange Online, which the app's token does not carry; "
                          "nothing was sent to Exchange");
  }
  co_return seams::result<void>();
}

auto cmdlet_runner::run(std::string cmdlet, object parameters)
    -> net::awaitable<seams::result<printed>> {
  if (const auto allowed = co_await check_permission(cmdlet); !allowed) {
    co_return allowed.error();
  }
  const auto call = call_for(cmdlet, parameters);
  auto pages = http::chain(config_.where.of(workload::exchange).root);
  auto next = call.url;
  auto out = printed();
  while (!next.empty()) {
    if (const auto good = pages.follow(next); !good) {
      co_return good.error();
    }
    auto what = call;
    what.url = next;
    const auto answer = co_await api_.send(std::move(what));
    if (!answer) {
      out.cut = pages.pages() > 1 && is_dead_link(answer.error());
      if (out.cut) {
        break;
      }
      co_return named_grant(answer.error(), cmdlet);
    }
    auto link = take_page(answer->body, out);
    if (!link) {
      co_return link.error();
    }
    next = std::move(*link);
  }
  co_return out;
}

} // namespace core::exchange
