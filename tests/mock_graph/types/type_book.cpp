#include "tests/mock_graph/types/type_book.hpp"

#include <algorithm>
#include <regex>

namespace graph_types {
namespace {

using nlohmann::json;

const auto collection_of = std::string("Collection(");

struct text_form {
  std::string_view type;
  std::regex form;
};

/// Primitives that travel as JSON strings of a certain form.
auto text_forms() -> const std::vector<text_form>& {
  static const auto forms = std::vector<text_form>{
      {"Edm.DateTimeOffset",
       std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d))")},
      {"Edm.Date", std::regex(R"(\d{4}-\d\d-\d\d)")},
      {"Edm.TimeOfDay", std::regex(R"(\d\d:\d\d:\d\d(\.\d{1,7})?)")},
      {"Edm.Duration", std::regex(R"(-?P(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)")},
      {"Edm.Guid", std::regex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")},
      {"Edm.Binary", std::regex("[A-Za-z0-9+/_=-]*")},
  };
  return forms;
}

auto is_whole(const json& value, std::int64_t most) -> bool {
  return value.is_number_integer() && value.get<std::int64_t>() <= most &&
         value.get<std::int64_t>() >= -most - 1;
}

auto fits_primitive(const json& value, std::string_view type) -> bool {
  if (type == "Edm.String") {
    return value.is_string();
  }
  for (const auto& [name, form] : text_forms()) {
    if (name == type) {
      return value.is_string() && std::regex_match(value.get_ref<const std::string&>(), form);
    }
  }
  return type == "Edm.Boolean"  ? value.is_boolean()
         : type == "Edm.Int32"  ? is_whole(value, INT32_MAX)
         : type == "Edm.Int64"  ? is_whole(value, INT64_MAX)
         : type == "Edm.Double" ? value.is_number()
                                : false;
}

auto lists(const json& described, const char* member, const std::string& name) -> bool {
  const auto found = described.find(member);
  return found != described.end() && std::find(found->begin(), found->end(), name) != found->end();
}

/// "@odata.type", "@removed", "members@delta", "count@odata.type": no members of the type.
auto is_control_information(const std::string& name) -> bool {
  return name.find('@') != std::string::npos;
}

auto words_of(const std::string& text) -> std::vector<std::string> {
  auto out = std::vector<std::string>{""};
  for (const auto c : text) {
    if (c == ',') {
      out.emplace_back();
    } else if (c != ' ') {
      out.back() += c;
    }
  }
  return out;
}

} // namespace

struct type_book::walk {
  const type_book& book;
  const asked& how;
  tally& count;
  const complain& found;

  void value(const json& what, const std::string& type, const std::string& where) const {
    if (type.starts_with(collection_of)) {
      elements(
          what, type.substr(collection_of.size(), type.size() - collection_of.size() - 1), where);
    } else if (type.starts_with("Edm.")) {
      if (!fits_primitive(what, type)) {
        found(where, what.dump() + " is no " + type);
      }
    } else if (const auto* words = book.find("enums", type, how.beta)) {
      word(what, *words, type, where);
    } else if (book.find("types", type, how.beta) != nullptr) {
      object(what, type, where);
    }
  }

  void elements(const json& what, const std::string& type, const std::string& where) const {
    if (!what.is_array()) {
      found(where, "is no array");
      return;
    }
    for (const auto& one : what) {
      if (one.is_null()) {
        found(where, "has null as an element");
      } else {
        value(one, type, where);
      }
    }
  }

  void word(const json& what,
            const json& described,
            const std::string& type,
            const std::string& where) const {
    if (!what.is_string()) {
      found(where, what.dump() + " is no word of " + type);
      return;
    }
    const auto flags = described.value("flags", false);
    const auto text = what.get<std::string>();
    for (const auto& one : flags ? words_of(text) : std::vector<std::string>{text}) {
      if (!described["members"].contains(one)) {
        found(where, "\"" + one + "\" is no word of " + type);
      } else if (lists(described, "afterSentinel", one) && !how.unknown_enum_members) {
        found(where, "\"" + one + "\" was not asked for: unknownFutureValue is sent instead");
      }
    }
  }

  void object(const json& what, const std::string& declared, const std::string& where) const {
    if (!what.is_object()) {
      found(where, "is no object");
      return;
    }
    const auto type = type_on_wire(what, declared, where);
    if (type.empty()) {
      return;
    }
    ++count.objects;
    count.types.insert(type);
    for (const auto& [name, member_value] : what.items()) {
      if (!is_control_information(name)) {
        ++count.members;
        member(member_value, type, name);
      }
    }
    if (!how.some_members && !what.contains("@removed")) {
      demand_required(what, type);
    }
  }

  /// The type that `@odata.type` names, which must be the declared one or derived from it.
  auto type_on_wire(const json& what, const std::string& declared, const std::string& where) const
      -> std::string {
    const auto named = what.value("@odata.type", "#" + declared).substr(1);
    auto base = named;
    while (base != declared) {
      const auto* described = book.find("types", base, how.beta);
      if (described == nullptr || !described->contains("base")) {
        found(where, "@odata.type " + named + " is no " + declared);
        return {};
      }
      base = (*described)["base"];
    }
    if (named == declared && book.find("types", named, how.beta)->value("abstract", false)) {
      found(where, "has no @odata.type, and " + declared + " is abstract");
    }
    return named;
  }

  void member(const json& what, const std::string& type, const std::string& name) const {
    auto open = false;
    for (auto level = type; !level.empty();) {
      const auto& described = *book.find("types", level, how.beta);
      for (const auto* kind : {"props", "nav"}) {
        const auto known = described.value(kind, json::object());
        if (known.contains(name)) {
          const auto where = level + "." + name;
          if (!what.is_null()) {
            value(what, known[name], where);
          } else if (lists(described, "nonNullable", name)) {
            found(where, "is null, but never null by the metadata");
          }
          return;
        }
      }
      open = open || described.value("open", false);
      level = described.value("base", std::string());
    }
    if (!open) {
      found(type + "." + name, "is no member of the type");
    }
  }

  void demand_required(const json& what, const std::string& type) const {
    for (auto level = type; !level.empty();) {
      const auto& described = *book.find("types", level, how.beta);
      for (const auto& name : described.value("nonNullable", json::array())) {
        if (!what.contains(name.get<std::string>())) {
          found(level + "." + name.get<std::string>(), "is absent, but never null by the metadata");
        }
      }
      level = described.value("base", std::string());
    }
  }
};

auto type_book::find(const char* kind, const std::string& name, bool beta) const -> const json* {
  const auto in = [&](const json& place) -> const json* {
    const auto known = place.find(kind);
    const auto found = known == place.end() ? json::const_iterator() : known->find(name);
    return known == place.end() || found == known->end() ? nullptr : &*found;
  };
  const auto newer = described_.find("beta");
  const auto* first = beta && newer != described_.end() ? in(*newer) : nullptr;
  return first != nullptr ? first : in(described_);
}

void type_book::check(const json& value,
                      const std::string& type,
                      const asked& how,
                      tally& count,
                      const complain& found) const {
  walk{*this, how, count, found}.value(value, type, type);
}

} // namespace graph_types
