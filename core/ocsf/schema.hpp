#pragma once
// The project's own description of the OCSF 1.8.0 classes and attributes that it emits.
//
// It is a selection: what is not here is not emitted, and the validator takes it for unknown. A
// test holds every row against the full schema. Source: schema.ocsf.io/1.8.0.
#include <cstdint>
#include <span>
#include <string_view>

namespace core::ocsf {

inline constexpr auto schema_version = std::string_view("1.8.0");

/// The number of "Other" in every enumeration; its text is the source's own word.
inline constexpr auto other = 99;

/// One value of an enumeration.
struct caption {
  int id;
  std::string_view text;
};

/// What an attribute holds, by the types of the schema.
enum class kind : std::uint8_t {
  text,
  user_name,
  url,
  host,
  hash,
  file_name,
  file_path,
  process_name,
  resource_uid,
  address, ///< of mail
  ip,
  mac,
  uuid,
  port,
  whole,
  fraction,
  truth,
  moment, ///< milliseconds since 1970, UTC
  anything,
  object
};

struct attribute {
  std::string_view name;
  kind what = kind::text;
  std::string_view object = {}; ///< its description, if it is one
  bool many = false;
  bool required = false;
  std::string_view profile = {};        ///< usable only when the event declares it
  std::string_view sibling = {};        ///< where the caption of the value stands
  std::span<const caption> values = {}; ///< of an enumeration
  int observable = 0;                   ///< its `type_id`, where the type does not say it
};

struct object_description {
  std::string_view name;
  std::span<const attribute> attributes;
  std::span<const std::string_view> at_least_one; ///< none: no such rule
};

struct class_description {
  int uid;
  std::string_view caption;
  int category_uid;
  std::string_view category;
  std::span<const attribute> attributes; ///< besides `shared_attributes`
  std::span<const std::string_view> at_least_one;
};

/// What every class has.
auto shared_attributes() -> std::span<const attribute>;

auto described_classes() -> std::span<const class_description>;
/// The class of that number, or null.
auto find_class(int uid) -> const class_description*;

auto described_objects() -> std::span<const object_description>;
/// The object of that name, or null.
auto find_object(std::string_view name) -> const object_description*;

/// The attribute of an object or class, shared ones included, or null.
auto find_attribute(const object_description& of, std::string_view name) -> const attribute*;
auto find_attribute(const class_description& of, std::string_view name) -> const attribute*;

/// The text of a value, or "" for one that is not in the list.
auto caption_of(std::span<const caption> values, int id) -> std::string_view;

/// The `type_id` under which a value of this attribute is an observable; 0 = it is none.
auto observable_type(const attribute& of) -> int;

} // namespace core::ocsf
