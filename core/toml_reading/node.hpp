#pragma once
// A parsed file as a tree of values, each with its place; free of any TOML library.
#include "core/seams/time.hpp"
#include "core/toml_reading/diagnostic.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace core::toml_reading {

struct member;

struct node {
  enum class kind { text, whole, real, flag, stamp, list, table };
  kind what = kind::table;
  position at;
  std::variant<std::monostate, std::string, std::int64_t, double, bool, seams::instant> value;
  std::vector<node> items;     ///< of a list
  std::vector<member> members; ///< of a table, in order of the file

  [[nodiscard]] auto find(std::string_view name) const -> const member*;
};

struct member {
  std::string name;
  position at; ///< of the key
  node value;
};

/// "text", "a whole number", ...: for diagnostics.
auto to_text(node::kind what) -> std::string_view;

} // namespace core::toml_reading
