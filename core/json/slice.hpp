#pragma once
// Finds values inside JSON text as slices of it, so that exact bytes survive: duplicate names,
// integers of 20 digits, "1e3" and escapes stay as they arrived.
//
// All functions expect text that `check` accepted, or a slice that one of them gave out; they allow
// white space around it and a byte order mark before it. On other bytes they give an answer
// without meaning, yet never read outside what they were given. Slices point into the text.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace core::json {

enum class kind { nothing, object, array, string, number, boolean, null };

/// One member of an object.
struct member_slice {
  std::string_view name_raw; ///< between the quotes, escapes as they arrived
  std::string_view value;
};

/// The value in `text`: without byte order mark and white space around it.
[[nodiscard]] auto body(std::string_view text) -> std::string_view;

/// What a slice is, by its first byte; `nothing` for an empty slice and for no JSON at all.
[[nodiscard]] auto kind_of(std::string_view slice) -> kind;

[[nodiscard]] auto is_null(std::string_view slice) -> bool;

/// Gives the values of an array or the members of an object, one by one.
class reader {
public:
  /// Nothing follows, and `whole()` is false, if `slice` does not start with `opening`.
  reader(std::string_view slice, char opening);

  auto next_element() -> std::optional<std::string_view>;
  auto next_member() -> std::optional<member_slice>;
  /// Whether the closing bracket has been reached.
  [[nodiscard]] auto whole() const -> bool { return whole_; }

private:
  auto at_end() -> bool;
  auto take_value() -> std::optional<std::string_view>;

  const char* at_;
  const char* end_;
  bool first_ = true;
  bool whole_ = false;
  bool broken_ = false;
};

namespace detail {

/// Calls `sink`; false only if it returns something that says so.
template <class Sink, class... Args> auto goes_on(Sink& sink, Args&&... args) -> bool {
  if constexpr (std::is_void_v<std::invoke_result_t<Sink&, Args...>>) {
    sink(std::forward<Args>(args)...);
    return true;
  } else {
    return static_cast<bool>(sink(std::forward<Args>(args)...));
  }
}

} // namespace detail

/// Calls `sink(name_raw, value)` for each member, in order, duplicates included. A sink that
/// returns false stops. False if `object` is no object; members before a damage were visited.
template <class Sink> auto for_each_member(std::string_view object, Sink&& sink) -> bool {
  auto members = reader(object, '{');
  while (const auto found = members.next_member()) {
    if (!detail::goes_on(sink, found->name_raw, found->value)) {
      return true;
    }
  }
  return members.whole();
}

/// Calls `sink(value)` for each element, in order. A sink that returns false stops. False if
/// `array` is no array; elements before a damage were visited.
template <class Sink> auto for_each_element(std::string_view array, Sink&& sink) -> bool {
  auto elements = reader(array, '[');
  while (const auto found = elements.next_element()) {
    if (!detail::goes_on(sink, *found)) {
      return true;
    }
  }
  return elements.whole();
}

/// Whether `name_raw` spells `name`, escapes resolved.
[[nodiscard]] auto same_name(std::string_view name_raw, std::string_view name) -> bool;

/// The value of the member called `name`, which may hold dots ("@odata.nextLink"). Of duplicates
/// the last one wins, as in most parsers.
[[nodiscard]] auto member(std::string_view object, std::string_view name)
    -> std::optional<std::string_view>;

/// Follows names with dots between them through nested objects: "a.b" is member b of member a.
/// A name that holds a dot itself needs `member`.
[[nodiscard]] auto find(std::string_view object, std::string_view path)
    -> std::optional<std::string_view>;

/// `raw`, the inside of a string, with its escapes resolved to UTF-8. Half of a surrogate pair
/// becomes U+FFFD; an escape that JSON does not know gives nothing.
[[nodiscard]] auto unescape(std::string_view raw) -> std::optional<std::string>;

/// The text of a string slice; nothing for any other value.
[[nodiscard]] auto as_string(std::string_view slice) -> std::optional<std::string>;

/// The number in a slice without fraction and exponent that fits; nothing otherwise ("1e3", "1.0",
/// 20 digits).
[[nodiscard]] auto as_int64(std::string_view slice) -> std::optional<std::int64_t>;

[[nodiscard]] auto as_bool(std::string_view slice) -> std::optional<bool>;

} // namespace core::json
