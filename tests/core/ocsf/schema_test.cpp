#include "core/ocsf/schema.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

using namespace core::ocsf;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// The full schema beside the project, if it is there: no copy of it is shipped.
const auto full_schema =
    fs::path(OFFTENANT_SOURCE_DIR) / ".." / "shared" / "ocsf" / "schema-1.8.0.json";

auto schema() -> const json* {
  static const auto read = [] {
    auto file = std::ifstream(full_schema);
    return file ? json::parse(file) : json();
  }();
  if (read.is_null()) {
    MESSAGE("no schema beside the project: the description is not held against it");
    return nullptr;
  }
  return &read;
}

auto type_name(kind what) -> std::vector<std::string> {
  switch (what) {
  case kind::text:
    return {"string_t"};
  case kind::user_name:
    return {"username_t"};
  case kind::url:
    return {"url_t"};
  case kind::host:
    return {"hostname_t"};
  case kind::hash:
    return {"file_hash_t"};
  case kind::file_name:
    return {"file_name_t"};
  case kind::file_path:
    return {"file_path_t"};
  case kind::process_name:
    return {"process_name_t"};
  case kind::resource_uid:
    return {"resource_uid_t"};
  case kind::address:
    return {"email_t"};
  case kind::ip:
    return {"ip_t"};
  case kind::mac:
    return {"mac_t"};
  case kind::uuid:
    return {"uuid_t"};
  case kind::port:
    return {"port_t"};
  case kind::whole:
    return {"integer_t", "long_t"};
  case kind::fraction:
    return {"float_t"};
  case kind::truth:
    return {"boolean_t"};
  case kind::moment:
    return {"timestamp_t"};
  case kind::anything:
    return {"json_t", "object_t"};
  case kind::object:
    return {"object_t"};
  }
  return {};
}

void check_values(const attribute& row, const json& full) {
  if (row.values.empty()) {
    CHECK((!full.contains("enum") || row.name.ends_with("_uid") || row.name == "http_method"));
    return;
  }
  REQUIRE(full.contains("enum"));
  CHECK(full["enum"].size() == row.values.size());
  for (const auto& one : row.values) {
    CHECK(full["enum"].value(std::to_string(one.id), "") == one.text);
  }
}

void check_row(const attribute& row, const json& attributes) {
  CAPTURE(row.name);
  REQUIRE(attributes.contains(row.name));
  const auto& full = attributes[std::string(row.name)];
  const auto types = type_name(row.what);
  CHECK(std::find(types.begin(), types.end(), full["type"]) != types.end());
  CHECK_FALSE(full.contains("@deprecated"));
  CHECK(full.value("is_array", false) == row.many);
  CHECK((full["requirement"] == "required") == row.required);
  if (row.what == kind::object) {
    CHECK(full["object_type"] == row.object);
    CHECK(find_object(row.object) != nullptr);
  }
  const auto profiles = full.value("profiles", json::array());
  CHECK(profiles == (row.profile.empty() ? json::array() : json::array({row.profile})));
  if (full.contains("observable")) {
    CHECK(observable_type(row) == full["observable"]);
  }
  if (!row.sibling.empty()) {
    CHECK(attributes.contains(row.sibling));
  }
  check_values(row, full);
}

template <class description> void check_all(const description& of, const json& full) {
  const auto& attributes = full["attributes"];
  for (const auto& row : of.attributes) {
    check_row(row, attributes);
  }
  for (const auto& [name, one] : attributes.items()) {
    CAPTURE(name);
    if (one["requirement"] == "required" && !one.contains("profiles")) {
      CHECK(find_attribute(of, name) != nullptr);
    }
  }
  const auto any = full.contains("constraints") && full["constraints"].is_object()
                       ? full["constraints"].value("at_least_one", json::array())
                       : json::array();
  CHECK(any.empty() == of.at_least_one.empty());
  for (const auto& name : any) {
    const auto is_described = find_attribute(of, name.get<std::string>()) != nullptr;
    const auto is_named =
        std::find(of.at_least_one.begin(), of.at_least_one.end(), name) != of.at_least_one.end();
    CHECK(is_described == is_named);
  }
}

} // namespace

TEST_SUITE("ocsf_schema") {
  TEST_CASE("each described object is what the full schema says") {
    if (const auto* full = schema()) {
      for (const auto& one : described_objects()) {
        CAPTURE(one.name);
        REQUIRE((*full)["objects"].contains(one.name));
        check_all(one, (*full)["objects"][std::string(one.name)]);
      }
    }
  }

  TEST_CASE("each described class is what the full schema says") {
    if (const auto* full = schema()) {
      for (const auto& one : described_classes()) {
        const auto& classes = (*full)["classes"];
        const auto found = std::find_if(
            classes.begin(), classes.end(), [&](const json& c) { return c["uid"] == one.uid; });
        REQUIRE(found != classes.end());
        CAPTURE(one.caption);
        CHECK((*found)["caption"] == one.caption);
        CHECK((*found)["category_uid"] == one.category_uid);
        CHECK_FALSE(found->contains("@deprecated"));
        check_all(one, *found);
        for (const auto& row : shared_attributes()) {
          check_row(row, (*found)["attributes"]);
        }
        for (const auto& row : one.attributes) {
          const auto profiles = (*found)["profiles"];
          CHECK((row.profile.empty() ||
                 std::find(profiles.begin(), profiles.end(), row.profile) != profiles.end()));
        }
      }
    }
  }

  TEST_CASE("types that hold what others look for are observables") {
    const auto type = [](std::string_view object, std::string_view name) {
      return observable_type(*find_attribute(*find_object(object), name));
    };
    CHECK(type("network_endpoint", "ip") == 2);
    CHECK(type("user", "email_addr") == 5);
    CHECK(type("user", "uid") == 31);
    CHECK(type("email", "subject") == 40);
    CHECK(type("finding_info", "title") == 0);
  }

  TEST_CASE("nothing is found that is not described") {
    CHECK(find_class(4012) == nullptr);
    CHECK(find_object("osint") == nullptr);
    CHECK(find_attribute(*find_object("user"), "credential_uid") == nullptr);
    CHECK(caption_of({}, 1).empty());
  }
}
