#include "scenarios/replaying/taped_login.hpp"

#include "core/json/check.hpp"
#include "core/json/slice.hpp"
#include "mock_graph/login/jwt.hpp"
#include "replay/match/request_shape.hpp"

#include <algorithm>
#include <charconv>

namespace scenarios::replaying {
namespace {

namespace json = core::json;

constexpr auto lifetime_least = std::int64_t{60};
constexpr auto lifetime_most = std::int64_t{86'400};

/// What the token is for: a v2 scope without "/.default", or a v1 resource.
auto resource_of(const seams::request& asked) -> std::string {
  constexpr auto suffix = std::string_view("/.default");
  const auto shape = replay::shape_of(asked);
  for (const auto& one : shape.body) {
    if (one.name == "scope" || one.name == "resource") {
      auto out = one.value.substr(0, one.value.find(' '));
      out.resize(out.ends_with(suffix) ? out.size() - suffix.size() : out.size());
      return out;
    }
  }
  return {};
}

auto host_of_resource(const std::string& resource) -> std::string {
  const auto from = resource.find("://");
  return from == std::string::npos ? "" : resource.substr(from + 3);
}

auto member_text(std::string_view body, std::string_view name) -> std::string {
  const auto found = json::member(body, name);
  return found ? json::as_string(*found).value_or(std::string(*found)) : std::string();
}

auto roles_in(const std::string& token) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  const auto read = mock_graph::login::parse_jws(token);
  const auto roles = read ? read->claims.find("roles") : nlohmann::json::const_iterator();
  if (read && roles != read->claims.end() && roles->is_array()) {
    for (const auto& role : *roles) {
      if (role.is_string()) {
        out.push_back(role.get<std::string>());
      }
    }
  }
  return out;
}

} // namespace

taped_login::taped_login(const std::vector<replay::exchange>& tape) : tape_(tape) {
  for (auto i = std::size_t{0}; i < tape.size(); ++i) {
    if (!is_token_request(tape[i].asked)) {
      continue;
    }
    ++requests_;
    const auto resource = resource_of(tape[i].asked);
    queues_[resource].at.push_back(i);
    tokens_.try_emplace(resource);
    if (!is_failure(i)) {
      read_token(tape[i], resource);
    }
  }
}

void taped_login::read_token(const replay::exchange& one, const std::string& resource) {
  if (!json::check(one.answered.body)) {
    return;
  }
  tokens_[resource].push_back({one.at, roles_in(member_text(one.answered.body, "access_token"))});
  const auto said = member_text(one.answered.body, "expires_in"); // v1 writes it as a text
  auto seconds = std::int64_t{0};
  (void)std::from_chars(said.data(), said.data() + said.size(), seconds);
  if (!lifetime_ && seconds >= lifetime_least && seconds <= lifetime_most) {
    lifetime_ = std::chrono::seconds{seconds};
  }
}

auto taped_login::is_token_request(const seams::request& asked) -> bool {
  const auto path = std::string_view(asked.url).substr(0, asked.url.find('?'));
  return asked.method == "POST" && path.ends_with("/token") &&
         path.find("/oauth2/") != std::string_view::npos;
}

auto taped_login::is_failure(std::size_t index) const -> bool {
  return tape_[index].answered.status != 200;
}

auto taped_login::failure_for(const seams::request& asked, const still_due& is_due)
    -> std::optional<std::size_t> {
  const auto resource = resource_of(asked);
  const auto found = queues_.find(resource);
  if (found == queues_.end()) {
    return std::nullopt;
  }
  auto& all = found->second;
  if (all.next == all.at.size()) {
    return is_failure(all.at.back()) ? std::optional(all.at.back()) : std::nullopt;
  }
  const auto here = all.at[all.next];
  if (!is_failure(here)) {
    ++all.next;
    return std::nullopt;
  }
  if (is_due(host_of_resource(resource), here)) {
    return std::nullopt;
  }
  ++all.next;
  return here;
}

auto taped_login::failures_left() const -> std::vector<std::size_t> {
  auto out = std::vector<std::size_t>();
  for (const auto& [resource, all] : queues_) {
    std::copy_if(all.at.begin() + static_cast<std::ptrdiff_t>(all.next),
                 all.at.end(),
                 std::back_inserter(out),
                 [this](std::size_t index) { return is_failure(index); });
  }
  std::ranges::sort(out);
  return out;
}

} // namespace scenarios::replaying
