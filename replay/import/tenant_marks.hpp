#pragma once
// Finds out which tenant records are of, so that the fixture's tenant is the same.
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace replay {

struct tenant_marks {
  std::string id;     ///< a GUID; "" if the records do not tell
  std::string domain; ///< of most of their users
};

class tenant_finder {
public:
  /// By `OrganizationId` and `tenantId`; by the addresses of users, and of recipients where no user
  /// is named.
  void look_at(std::string_view record);

  /// What most records say.
  [[nodiscard]] auto found() const -> tenant_marks;

private:
  using counts = std::map<std::string, std::size_t>;

  static auto most_of(const counts& from) -> std::string;

  counts ids_;
  counts users_;
  counts recipients_;
};

} // namespace replay
