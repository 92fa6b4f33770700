#include "core/feeds/activity_blob.hpp"

#include "core/json/check.hpp"
#include "core/json/salvage.hpp"
#include "core/json/slice.hpp"

namespace core::feeds {

auto open_blob(std::string_view body) -> std::optional<blob_content> {
  auto out = blob_content();
  const auto sort_in = [&](std::string_view item) {
    const auto object = json::kind_of(item) == json::kind::object;
    (object ? out.records : out.broken).push_back(item);
  };
  if (json::check(body)) {
    return json::for_each_element(body, sort_in) ? std::optional(std::move(out)) : std::nullopt;
  }
  const auto elements = json::split_array(body);
  if (!elements) {
    return std::nullopt;
  }
  for (const auto item : *elements) {
    if (json::check(item)) {
      sort_in(item);
    } else {
      out.broken.push_back(item);
    }
  }
  return out;
}

} // namespace core::feeds
