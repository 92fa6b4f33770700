#pragma once
// What the tenant blocks, allows or watches on its machines: files, addresses, domains, URLs.
#include "mock_graph/acts/performer.hpp"
#include "mock_graph/graph/answers.hpp"
#include "mock_graph/odata/error.hpp"

#include <deque>

namespace mock_graph::endpoint {

/// One indicator; value and type are its key.
struct indicator {
  std::string id;       ///< digits
  std::string app;      ///< client id of its creator
  nlohmann::json given; ///< as it was submitted
  seams::instant created;
  seams::instant updated;

  [[nodiscard]] auto text(const char* name) const -> std::string {
    return graph::text_member(given, name);
  }
};

/// Why a body is no indicator, nothing if it is one.
/// Source: learn.microsoft.com/defender-endpoint/api/ti-indicator, post-ti-indicator,
/// common-errors (defender-cloudapps-azure sheet, 1.7).
auto objection_to(const nlohmann::json& body) -> std::optional<odata::api_error>;

/// At most 15,000 that have not expired. Submitting what is known already updates it; it is an
/// effect if anything differs.
class indicator_book {
public:
  explicit indicator_book(acts::performer& acts) : acts_(acts) {}

  /// Adds or updates, for an app that touches all indicators or only its own.
  auto submit(const call& by, const nlohmann::json& body, bool own_only)
      -> odata::outcome<const indicator*>;
  auto remove(const call& by, std::string_view id, bool own_only) -> bool;
  /// Those that have not expired and that the caller sees, in order of submission.
  [[nodiscard]] auto seen_by(const call& by, bool own_only) const -> std::vector<const indicator*>;

private:
  acts::performer& acts_;
  std::deque<indicator> all_;
  std::uint64_t made_ = 0;
};

/// As the API prints it.
auto indicator_document(const indicator& what, const std::string& app_name)
    -> nlohmann::ordered_json;

} // namespace mock_graph::endpoint
