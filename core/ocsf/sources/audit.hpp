#pragma once
// What all Management Activity records have in common (sheet, section 6.1).
#include "core/ocsf/draft.hpp"
#include "core/ocsf/source.hpp"

namespace core::ocsf {

/// The rows that hold for every class with an actor and an endpoint.
auto audit_person_fields() -> std::span<const field>;
/// The rows that hold for every record.
auto audit_fields() -> std::span<const field>;

/// Maps the rows above and says who and from where: type of user, a service in place of a missing
/// address, an actor in place of a missing user.
void put_audit_person(draft& of);

/// `ResultStatus` as `status_id`.
void put_audit_status(draft& of);

/// The product by the record's `Workload`.
void put_audit_product(draft& of);

/// The whole record as API Activity.
void put_audit_call(draft& of);

/// The activity of API Activity that a verb at the start of an operation stands for; 99 for others.
[[nodiscard]] auto activity_of_verb(std::string_view operation) -> int;

/// The text of an element of a list of {Name, Value}, "" for none.
[[nodiscard]] auto property(const draft& of, std::string_view list, std::string_view name)
    -> std::string;

inline constexpr auto audit_identity = std::to_array<std::string_view>({"Id"});

} // namespace core::ocsf
