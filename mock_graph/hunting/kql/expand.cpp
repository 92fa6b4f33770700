#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/operators.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <limits>

namespace mock_graph::hunting::kql {
namespace {

using json = nlohmann::json;

struct expanded {
  bound from;
  std::size_t to; ///< column of the result
  scalar type;
};

/// mv-expand: a row for each element; several columns go side by side, the shorter padded.
class expansion final : public relation {
public:
  expansion(query_context& query,
            relation_ptr input,
            std::vector<column> columns,
            std::vector<expanded> parts,
            int index_at,
            std::size_t most)
      : relation(std::move(columns), input->depth() + 1), query_(query), input_(std::move(input)),
        parts_(std::move(parts)), index_at_(index_at), most_(most) {}

  void scan(const time_range&, const sink& out) const override {
    input_->scan({}, [&](const row& in) {
      auto lists = std::vector<std::vector<value>>();
      auto longest = std::size_t{1};
      for (const auto& part : parts_) {
        auto scratch = value();
        lists.push_back(elements(part.from.eval(in, scratch)));
        longest = std::max(longest, lists.back().size());
      }
      return push(in, lists, std::min(longest, most_), out);
    });
  }

private:
  auto push(const row& in,
            const std::vector<std::vector<value>>& lists,
            std::size_t count,
            const sink& out) const -> bool {
    auto made = in;
    made.resize(columns().size());
    for (auto at = std::size_t{0}; at < count; ++at) {
      query_.step();
      for (auto place = std::size_t{0}; place < parts_.size(); ++place) {
        const auto& list = lists[place];
        const auto type = parts_[place].type;
        made[parts_[place].to] = at < list.size() ? cast(list[at], type) : absent(type);
      }
      if (index_at_ >= 0) {
        made[static_cast<std::size_t>(index_at_)] = static_cast<std::int64_t>(at);
      }
      if (!out(made)) {
        return false;
      }
    }
    return true;
  }

  // An array gives its elements, a bag one bag for each property, anything else itself.
  static auto elements(const value& cell) -> std::vector<value> {
    const auto* held = std::get_if<json>(&cell);
    auto made = std::vector<value>();
    if (held == nullptr || !held->is_structured()) {
      made.push_back(cell);
    } else if (held->is_array()) {
      for (const auto& each : *held) {
        made.push_back(from_json(each));
      }
    } else {
      for (const auto& each : held->items()) {
        made.push_back(from_json(json{{each.key(), each.value()}}));
      }
    }
    return made;
  }

  query_context& query_;
  relation_ptr input_;
  std::vector<expanded> parts_;
  int index_at_;
  std::size_t most_;
};

auto place_of(const std::string& name, scalar type, std::vector<column>& columns) -> std::size_t {
  const auto known = index_of(columns, name);
  if (known >= 0) {
    columns[static_cast<std::size_t>(known)].type = type;
    return static_cast<std::size_t>(known);
  }
  columns.push_back({name, type});
  return columns.size() - 1;
}

// The type that all values of a property have; dynamic when they differ.
auto type_of(const json& property) -> scalar {
  auto scratch = value();
  switch (plain(from_json(property), scratch).index()) {
  case 1:
    return scalar::string;
  case 3:
    return scalar::boolean;
  case 4:
    return scalar::int64;
  case 5:
    return scalar::real;
  default:
    return scalar::dynamic;
  }
}

struct property {
  std::string name;
  std::optional<scalar> type;
};

auto bag_at(const row& cells, std::size_t index) -> const json* {
  const auto* held = std::get_if<json>(&cells[index]);
  return held != nullptr && held->is_object() ? held : nullptr;
}

auto properties_of(const std::vector<row>& rows, std::size_t index) -> std::vector<property> {
  constexpr auto properties_max = std::size_t{1000};
  auto made = std::vector<property>();
  for (const auto& cells : rows) {
    const auto* held = bag_at(cells, index);
    for (auto each = held != nullptr ? held->begin() : json::const_iterator();
         held != nullptr && each != held->end();
         ++each) {
      auto known = std::find_if(
          made.begin(), made.end(), [&](const property& p) { return p.name == each.key(); });
      if (known == made.end()) {
        if (made.size() == properties_max) {
          fail_too_large("Query execution has exceeded the allowed limits: too many columns.", 0);
        }
        known = made.insert(made.end(), {each.key(), std::nullopt});
      }
      if (!each->is_null()) {
        const auto type = type_of(*each);
        known->type = known->type.value_or(type) == type ? type : scalar::dynamic;
      }
    }
  }
  return made;
}

auto unpacked(const row& cells, std::size_t index, const std::vector<property>& properties) -> row {
  auto made = cells;
  made.erase(made.begin() + static_cast<std::ptrdiff_t>(index));
  const auto* held = bag_at(cells, index);
  for (const auto& each : properties) {
    const auto type = each.type.value_or(scalar::dynamic);
    const auto found = held != nullptr ? held->find(each.name) : json::const_iterator();
    made.push_back(held != nullptr && found != held->end() ? cast(from_json(*found), type)
                                                           : absent(type));
  }
  return made;
}

} // namespace

auto bind_expand(const step_input& in) -> relation_ptr {
  auto columns = in.input->columns();
  auto parts = std::vector<expanded>();
  for (const auto& part : in.op.items) {
    if (part.what->kind == node::star) {
      fail_syntax("*", part.offset);
    }
    auto from = bind_expr(in.query, *part.what, in.at());
    if (from.type != scalar::dynamic) {
      fail_semantic(in.op.name,
                    "Expanded expression expected to have dynamic type, not " +
                        std::string(kusto_name(from.type)),
                    part.offset);
    }
    const auto type = part.as.value_or(scalar::dynamic);
    const auto to = place_of(column_name(part, columns), type, columns);
    parts.push_back({std::move(from), to, type});
  }
  auto index_at = -1;
  if (const auto named = in.op.options.find("with_itemindex"); named != in.op.options.end()) {
    index_at = static_cast<int>(place_of(named->second, scalar::int64, columns));
  }
  for (const auto* option : {"bagexpansion", "kind"}) {
    const auto asked = in.op.options.find(option);
    if (asked != in.op.options.end() && asked->second != "bag") {
      fail_unsupported("mv-expand option '" + asked->second + "'", in.op.offset);
    }
  }
  const auto most = in.op.count ? bind_count(in.query, *in.op.count, in.at())
                                : std::numeric_limits<std::size_t>::max();
  return std::make_shared<expansion>(
      in.query, in.input, std::move(columns), std::move(parts), index_at, most);
}

// The columns depend on the data, so the input is read while the query is bound, as in the service.
auto bind_bag_unpack(const step_input& in) -> relation_ptr {
  const auto& call = *in.op.items[0].what;
  if (call.args.empty() || call.args.size() > 2) {
    fail_semantic(
        in.op.name, "Plugin 'bag_unpack' needs a column and an optional prefix", call.offset);
  }
  const auto from = bind_expr(in.query, *call.args[0], in.at());
  if (from.column < 0 || from.type != scalar::dynamic) {
    fail_semantic(
        in.op.name, "Plugin 'bag_unpack' needs a column of type dynamic", call.args[0]->offset);
  }
  const auto prefix = call.args.size() > 1
                          ? text_of(bind_constant(in.query, *call.args[1], in.at()).constant)
                          : std::string();
  const auto index = static_cast<std::size_t>(from.column);
  const auto rows = collect(in.query, *in.input);
  const auto properties = properties_of(rows, index);
  auto columns = in.input->columns();
  columns.erase(columns.begin() + from.column);
  for (const auto& each : properties) {
    auto name = prefix + each.name;
    if (index_of(columns, name) >= 0) {
      fail_semantic(in.op.name,
                    "Plugin 'bag_unpack': a column named '" + name + "' exists already",
                    call.offset);
    }
    columns.push_back({std::move(name), each.type.value_or(scalar::dynamic)});
  }
  auto made = std::vector<row>();
  for (const auto& each : rows) {
    made.push_back(unpacked(each, index, properties));
    in.query.hold(footprint(made.back()));
  }
  return fixed_rows(std::move(columns), std::move(made));
}

} // namespace mock_graph::hunting::kql
