#pragma once
// A small directory and a client for the login's tests; one RSA key per test program.
#include "mock_graph/login/directory.hpp"
#include "mock_graph/login/jwt.hpp"
#include "mock_graph/login/login_service.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace login_tests {

namespace login = mock_graph::login;
namespace tenant = mock_graph::tenant;

inline constexpr auto contoso = "aaaaaaaa-0000-4000-8000-000000000001";
inline constexpr auto fabrikam_gov = "bbbbbbbb-0000-4000-8000-000000000002";
inline constexpr auto china_tenant = "cccccccc-0000-4000-8000-000000000003";
inline constexpr auto gcc_tenant = "dddddddd-0000-4000-8000-000000000004";
inline constexpr auto connector = "11111111-2222-4333-8444-555555555555";
inline constexpr auto orphan = "22222222-2222-4333-8444-555555555555";
inline constexpr auto sleeper = "33333333-2222-4333-8444-555555555555";
inline constexpr auto faded = "44444444-2222-4333-8444-555555555555";
inline constexpr auto principal = "99999999-2222-4333-8444-555555555555";
inline constexpr auto secret = "Zx8Q~first+secret/value=%41";
inline constexpr auto secret_id = "77777777-2222-4333-8444-555555555555";
inline constexpr auto correlation = "12345678-9abc-4def-8123-456789abcdef";

/// 2026-03-10T08:00:00.5Z.
auto start() -> seams::instant;
/// The program's one generated key.
auto the_key() -> const login::signing_key&;
/// Another one, read from a PEM made at first use.
auto other_key() -> const login::signing_key&;

class small_directory final : public login::directory {
public:
  [[nodiscard]] auto find_tenant(std::string_view name) const
      -> std::optional<login::tenant_info> override;
  [[nodiscard]] auto find_application(std::string_view tenant_id, std::string_view client_id) const
      -> const tenant::application* override;
  [[nodiscard]] auto is_provisioned(std::string_view tenant_id, login::api resource) const
      -> bool override;

  std::map<std::string, login::tenant_info, std::less<>> by_name;
  std::map<std::string, tenant::application, std::less<>> applications; ///< in every tenant
  std::set<login::api> missing;
};

/// Contoso (worldwide, contoso.com), Fabrikam (gcc_high), one in China, one in GCC; the connector
/// has one secret, valid for 30 days from `start`, and roles on Graph and the Management API.
auto usual_directory() -> small_directory;

using fields = std::vector<std::pair<std::string, std::string>>;

/// What a connector sends at the v2 endpoint.
auto usual_fields() -> fields;
/// The same with one field replaced, added, or (value "-") left out.
auto with(fields from, const std::string& name, const std::string& value) -> fields;
auto form_encoded(const fields& from) -> std::string;
auto token_request(const std::string& url, const fields& form) -> seams::request;

/// One login over `tenants`, and shorthand to ask it.
class asker {
public:
  explicit asker(login::login_options options = {})
      : tenants(usual_directory()), service_(tenants, the_key(), std::move(options)) {}

  auto v2(const fields& form, const std::string& tenant_name = contoso) -> login::login_answer;
  auto v1(const fields& form) -> login::login_answer;
  auto send(const seams::request& query) -> login::login_answer {
    return service_.answer(query, now);
  }
  auto visit(const std::string& url) -> login::login_answer;

  small_directory tenants;
  seams::instant now = start();

private:
  login::login_service service_;
};

auto body_of(const login::login_answer& answer) -> nlohmann::json;
/// "{status} {error} {first code}: {description up to its tail}".
auto summary(const login::login_answer& answer) -> std::string;
/// Claims of the token in a success body.
auto claims_of(const login::login_answer& answer) -> nlohmann::json;

} // namespace login_tests
