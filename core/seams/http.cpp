#include "core/seams/http.hpp"

#include "core/seams/letters.hpp"

namespace seams {

auto headers::find(std::string_view name) const -> std::optional<std::string_view> {
  for (const auto& field : fields_) {
    if (equal_ignoring_case(field.name, name)) {
      return field.value;
    }
  }
  return std::nullopt;
}

void headers::set(std::string_view name, std::string value) {
  remove(name);
  add(std::string(name), std::move(value));
}

void headers::add(std::string name, std::string value) {
  fields_.push_back({std::move(name), std::move(value)});
}

void headers::remove(std::string_view name) {
  std::erase_if(fields_, [&](const header& f) { return equal_ignoring_case(f.name, name); });
}

} // namespace seams
