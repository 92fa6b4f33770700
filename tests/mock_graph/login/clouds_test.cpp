#include "mock_graph/login/clouds.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace mock_graph::login;

namespace {

auto named(const char* name) -> const cloud& {
  return *find_cloud(name);
}

} // namespace

TEST_SUITE("login/clouds") {
  TEST_CASE("five clouds, found by name or by any of their login hosts") {
    CHECK(clouds().size() == 5);
    CHECK(find_cloud("bleu") == nullptr);
    CHECK(cloud_at_login("LOGIN.windows.net")->name == "global");
    CHECK(cloud_at_login("login.chinacloudapi.cn")->name == "china");
    CHECK(cloud_at_login("login.microsoftonline.us")->name == "gcc_high");
    CHECK(cloud_at_login("localhost") == nullptr);
    CHECK(cloud_at_login("") == nullptr);
  }

  TEST_CASE("GCC shares login and Graph with the world, but not the Management API") {
    CHECK(same_login(named("gcc"), named("global")));
    CHECK_FALSE(same_login(named("gcc_high"), named("global")));
    CHECK(hosts(named("gcc"), api::graph).front() == "graph.microsoft.com");
    CHECK(hosts(named("gcc"), api::management).front() == "manage-gcc.office.com");
    CHECK(hosts(named("dod"), api::management).front() == "manage.protection.apps.mil");
    CHECK(hosts(named("china"), api::management).empty());
  }

  TEST_CASE("a resource is known by URI with or without slash, and by application id") {
    const auto& world = named("global");
    CHECK(resolve_resource("https://graph.microsoft.com", world) == api::graph);
    CHECK(resolve_resource("https://Graph.microsoft.com/", world) == api::graph);
    CHECK(resolve_resource("00000003-0000-0000-c000-000000000000", world) == api::graph);
    CHECK(resolve_resource("https://manage.office.com", world) == api::management);
    CHECK(resolve_resource("c5393580-f805-4401-95e8-94b7a6ef2fc2", world) == api::management);
    CHECK(resolve_resource("https://outlook.office365.com", world) == api::exchange);
    CHECK(resolve_resource("00000002-0000-0ff1-ce00-000000000000", world) == api::exchange);
    CHECK(resolve_resource("https://management.azure.com/", world) == api::resource_manager);
    CHECK(resolve_resource("https://api.securitycenter.microsoft.com", world) == api::defender);
    CHECK(resolve_resource("https://securitycenter.onmicrosoft.com/windowsatpservice", world) ==
          api::defender);
    CHECK(resolve_resource("05a65629-4c1b-48c1-a78b-804c4abdd4af", world) == api::cloud_apps);
    CHECK_FALSE(resolve_resource("https://graph.microsoft.com//", world));
    CHECK_FALSE(resolve_resource("api://made-up", world));
    CHECK_FALSE(resolve_resource("", world));
  }

  TEST_CASE("another cloud's URI is unknown, but one that shares the login is not") {
    CHECK_FALSE(resolve_resource("https://graph.microsoft.us", named("global")));
    CHECK_FALSE(resolve_resource("https://graph.microsoft.com", named("gcc_high")));
    CHECK(resolve_resource("https://graph.microsoft.us", named("gcc_high")) == api::graph);
    CHECK(resolve_resource("https://manage-gcc.office.com", named("gcc")) == api::management);
    CHECK(resolve_resource("https://manage.office.com", named("gcc")) == api::management);
    CHECK(resolve_resource("https://manage.office365.us", named("gcc_high")) == api::management);
    CHECK(resolve_resource("https://api-gcc.securitycenter.microsoft.us", named("gcc")) ==
          api::defender);
    CHECK(resolve_resource("https://microsoftgraph.chinacloudapi.cn", named("china")) ==
          api::graph);
    CHECK(resolve_anywhere("https://manage.protection.apps.mil/") == api::management);
    CHECK_FALSE(resolve_anywhere("https://example.com"));
  }

  TEST_CASE("an API accepts its URIs and its application id as audience") {
    const auto graph = audiences(named("global"), api::graph);
    CHECK(graph == std::vector<std::string>{"https://graph.microsoft.com",
                                            "00000003-0000-0000-c000-000000000000"});
    const auto apps = audiences(named("global"), api::cloud_apps);
    CHECK(apps == std::vector<std::string>{"05a65629-4c1b-48c1-a78b-804c4abdd4af"});
    CHECK(audiences(named("china"), api::defender).empty());
    CHECK(same_audience("https://a/", "https://A"));
    CHECK_FALSE(same_audience("https://a", "https://ab"));
  }

  TEST_CASE("no two APIs share an application id") {
    auto ids = std::vector<std::string_view>();
    for (const auto which : {api::graph,
                             api::management,
                             api::exchange,
                             api::resource_manager,
                             api::defender,
                             api::cloud_apps}) {
      ids.push_back(resource_app_id(which));
      CHECK_FALSE(resource_name(which).empty());
    }
    std::ranges::sort(ids);
    CHECK(std::ranges::adjacent_find(ids) == ids.end());
  }
}
