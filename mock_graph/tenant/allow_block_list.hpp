#pragma once
// What an organisation itself allows and blocks: entries of the Tenant Allow/Block List.
#include "core/seams/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mock_graph::tenant {

/// What an entry is about. IP entries are of IPv6 only.
enum class list_type { sender, url, file_hash, ip };

struct list_entry {
  list_type type = list_type::url;
  std::string value;           ///< "contoso.com/*", "*.contoso.com", "dana@fabrikam.example"
  bool allow = false;          ///< else it blocks
  bool phishing_drill = false; ///< ListSubType AdvancedDelivery instead of Tenant
  std::string notes = {};
  std::string modified_by = {};                    ///< address of the administrator, "" of an app
  std::optional<seams::instant> until = {};        ///< when it expires; absent: never by itself
  std::optional<std::int64_t> days_after_use = {}; ///< RemoveAfter: days after it was last used
  seams::instant created = {};
  std::string id = {};

  auto operator==(const list_entry&) const -> bool = default;
};

} // namespace mock_graph::tenant
