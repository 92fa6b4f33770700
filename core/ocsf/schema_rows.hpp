#pragma once
// The words in which the description of the schema is written.
#include "core/ocsf/schema.hpp"

namespace core::ocsf::rows {

constexpr auto of_kind(std::string_view name, kind what) -> attribute {
  return {.name = name, .what = what};
}

constexpr auto text(std::string_view name) -> attribute {
  return of_kind(name, kind::text);
}
constexpr auto user_name(std::string_view name) -> attribute {
  return of_kind(name, kind::user_name);
}
constexpr auto url(std::string_view name) -> attribute {
  return of_kind(name, kind::url);
}
constexpr auto host(std::string_view name) -> attribute {
  return of_kind(name, kind::host);
}
constexpr auto hash(std::string_view name) -> attribute {
  return of_kind(name, kind::hash);
}
constexpr auto file_name(std::string_view name) -> attribute {
  return of_kind(name, kind::file_name);
}
constexpr auto file_path(std::string_view name) -> attribute {
  return of_kind(name, kind::file_path);
}
constexpr auto process_name(std::string_view name) -> attribute {
  return of_kind(name, kind::process_name);
}
constexpr auto resource_uid(std::string_view name) -> attribute {
  return of_kind(name, kind::resource_uid);
}
constexpr auto address(std::string_view name) -> attribute {
  return of_kind(name, kind::address);
}
constexpr auto ip(std::string_view name) -> attribute {
  return of_kind(name, kind::ip);
}
constexpr auto mac(std::string_view name) -> attribute {
  return of_kind(name, kind::mac);
}
constexpr auto port(std::string_view name) -> attribute {
  return of_kind(name, kind::port);
}
constexpr auto whole(std::string_view name) -> attribute {
  return of_kind(name, kind::whole);
}
constexpr auto fraction(std::string_view name) -> attribute {
  return of_kind(name, kind::fraction);
}
constexpr auto truth(std::string_view name) -> attribute {
  return of_kind(name, kind::truth);
}
constexpr auto moment(std::string_view name) -> attribute {
  return of_kind(name, kind::moment);
}
constexpr auto anything(std::string_view name) -> attribute {
  return of_kind(name, kind::anything);
}

constexpr auto object(std::string_view name, std::string_view described_as) -> attribute {
  return {.name = name, .what = kind::object, .object = described_as};
}

/// A number with a caption beside it.
constexpr auto choice(std::string_view name,
                      std::string_view sibling,
                      std::span<const caption> values) -> attribute {
  return {.name = name, .what = kind::whole, .sibling = sibling, .values = values};
}

constexpr auto list(attribute of) -> attribute {
  of.many = true;
  return of;
}

constexpr auto required(attribute of) -> attribute {
  of.required = true;
  return of;
}

constexpr auto in_profile(std::string_view profile, attribute of) -> attribute {
  of.profile = profile;
  return of;
}

constexpr auto observed(int type_id, attribute of) -> attribute {
  of.observable = type_id;
  return of;
}

} // namespace core::ocsf::rows
