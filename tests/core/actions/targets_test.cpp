#include "core/actions/action_table.hpp"
#include "core/actions/targets.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace core::actions;

namespace {

struct example {
  const char* action;
  std::string given;
  std::string becomes; ///< the canonical form, or the code of the failure
};

const auto hash = std::string(64, 'B');
const auto guid = std::string("3F2B9C41-7d5e-4a86-9b1c-5e0d8a7f6c21");

const auto good = std::vector<example>{
    {"disable_user", " Adele@Contoso.com ", "adele@contoso.com"},
    {"revoke_sessions", guid, "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21"},
    {"block_ip", "2001:DB8:0::1", "2001:db8::1"},
    {"block_ip", "2001:db8::1/128", "2001:db8::1"},
    {"block_ip", "203.0.113.7/24", "203.0.113.0/24"},
    {"block_ip", "2001:DB8:1::9/32", "2001:db8::/32"},
    {"block_ip_on_endpoints", "::ffff:203.0.113.7", "203.0.113.7"},
    {"block_file", hash, std::string(64, 'b')},
    {"block_domain", "Evil.Example.", "evil.example"},
    {"block_sender", "Billing@Evil.example", "billing@evil.example"},
    {"block_sender", "*.evil.example", "*.evil.example"},
    {"block_url", "HTTPS://Evil.Example/A?b=C", "https://evil.example/A?b=C"},
    {"block_url", "evil.example/?next=https://X", "evil.example/?next=https://X"},
    {"isolate_device", "Dana-Laptop", "Dana-Laptop"},
    {"isolate_device", std::string(40, 'A'), std::string(40, 'a')}};

const auto bad = std::vector<example>{{"disable_user", "adele", "unfit_target"},
                                      {"disable_user", "..", "unfit_target"},
                                      {"disable_user", "a@b@c", "unfit_target"},
                                      {"disable_user", "a b@contoso.com", "unfit_target"},
                                      {"hard_delete_message", "a@b\n", "unfit_target"},
                                      {"block_ip", "not-an-ip", "unfit_target"},
                                      {"block_ip", "fe80::1%1", "unfit_target"},
                                      {"block_ip", "203.0.113.7/33", "unfit_target"},
                                      {"block_ip", "203.0.113.7/", "unfit_target"},
                                      {"block_ip", "203.0.113.7/2x", "unfit_target"},
                                      {"block_ip", "0.0.0.0/0", "range_too_wide"},
                                      {"block_ip", "10.0.0.0/8", "range_too_wide"},
                                      {"block_ip_on_endpoints", "203.0.113.0/24", "no_ranges"},
                                      {"block_file", "zzzz", "no_hash"},
                                      {"block_file", std::string(64, 'z'), "no_hash"},
                                      {"block_file", std::string(63, 'a'), "no_hash"},
                                      {"block_domain", "evil", "unfit_target"},
                                      {"block_domain", "evil..example", "unfit_target"},
                                      {"block_domain", "203.0.113.7", "unfit_target"},
                                      {"block_domain", "https://evil.example", "unfit_target"},
                                      {"block_sender", "@evil.example", "unfit_target"},
                                      {"block_url", "https:///path.html", "unfit_target"},
                                      {"isolate_device", "dana/laptop", "unfit_target"},
                                      {"isolate_device", "a' or 1 eq 1", "unfit_target"},
                                      {"explode", "x", "unknown_action"}};

} // namespace

TEST_SUITE("actions/targets") {
  TEST_CASE("each spelling of a target comes to the same one") {
    for (const auto& one : good) {
      CAPTURE(one.action);
      CAPTURE(one.given);
      const auto fit = check_target(one.action, one.given);
      REQUIRE(fit.has_value());
      CHECK(*fit == one.becomes);
      CHECK(check_target(one.action, *fit).value() == *fit);
    }
  }

  TEST_CASE("what cannot be a target is told from what can") {
    for (const auto& one : bad) {
      CAPTURE(one.action);
      CAPTURE(one.given);
      const auto fit = check_target(one.action, one.given);
      REQUIRE(fit.has_error());
      CHECK(fit.error().code == one.becomes);
    }
  }

  TEST_CASE("no action takes an empty target, and every action takes some") {
    for (const auto& one : action_table()) {
      CAPTURE(one.name);
      for (const auto* empty : {"", "   "}) {
        CHECK(check_target(one.name, empty).error().code == "no_target");
      }
    }
  }

  TEST_CASE("an id has its hyphens in their places and nothing but hexadecimal digits") {
    CHECK(is_guid(guid));
    CHECK_FALSE(is_guid("laptop-of-somebody-at.contoso-dot-com"));
    CHECK_FALSE(is_guid("3f2b9c417-d5e-4a86-9b1c-5e0d8a7f6c21"));
    CHECK_FALSE(is_guid("3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c2g"));
  }
}
