#pragma once
// The seam through which whatever takes names out of records is passed in.
#include <string>
#include <string_view>

namespace replay {

/// Takes people, addresses, tenants and free text out of records, the same thing always in the same
/// way, so that records still join.
class record_redactor {
public:
  virtual ~record_redactor() = default;

  /// Called with every record before the first one is redacted: a name that one record tells as a
  /// name may stand in the text of another.
  virtual void look_at(std::string_view record) = 0;

  /// The record without them: a JSON object with the same members in the same order.
  [[nodiscard]] virtual auto redacted(std::string_view record) -> std::string = 0;
};

} // namespace replay
