#pragma once
// What an entity type has, so that a query naming something else can be refused as Graph does.
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::odata {

enum class kind {
  string,
  boolean,
  int32,
  int64,
  real,
  date_time, ///< Edm.DateTimeOffset
  guid,
  enumeration,
  complex,    ///< an object; without `fields` it is open: any member may be named
  collection, ///< an array of `element`
  navigation, ///< reached by $expand only
  untyped     ///< decided by the value met
};

struct property {
  std::string name;
  kind type = kind::string;
  std::string type_name = {};            ///< of an enumeration or complex type; for error texts
  std::vector<std::string> members = {}; ///< of an enumeration, in order; empty: any accepted
  std::vector<property> fields = {};     ///< of a complex type, or of a collection's elements
  kind element = kind::untyped;          ///< of a collection
};

struct entity_schema {
  std::string type_name; ///< "microsoft.graph.security.alert"
  std::vector<property> properties;
  std::vector<std::string> filterable = {}; ///< what $filter may name; empty: everything
  std::vector<std::string> sortable = {};   ///< what $orderby may name; empty: everything
};

/// The property of that exact name, or nullptr. OData names are case-sensitive.
inline auto find_property(const std::vector<property>& among, std::string_view name)
    -> const property* {
  for (const auto& each : among) {
    if (each.name == name) {
      return &each;
    }
  }
  return nullptr;
}

} // namespace mock_graph::odata
