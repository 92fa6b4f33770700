#pragma once
// Stand-ins for names in structured records: by the names of members, and by the look of texts.
#include "replay/import/record_redactor.hpp"
#include "replay/import/stand_in_names.hpp"

#include <map>
#include <set>
#include <vector>

namespace replay {

/// Takes out, in every string value, JSON within strings included: addresses, hosts that are not
/// the service's, GUIDs, IP addresses, SIDs and JSON web tokens, by their look; people's, devices'
/// and files' names, subjects and message texts, by the member that holds them. What was a name
/// once is replaced wherever it stands as a word. All other bytes stay as they are. It does not
/// look into base64, and keeps paths and queries of URLs but for what looks like the above.
class stand_ins final : public record_redactor {
public:
  /// The same key gives the same stand-ins.
  explicit stand_ins(std::string key) : names_(std::move(key)) {}

  void look_at(std::string_view record) override;
  [[nodiscard]] auto redacted(std::string_view record) -> std::string override;

private:
  auto redacted_value(std::string_view value, const std::string& member) -> std::string;
  auto redacted_text(const std::string& text, const std::string& member) -> std::string;
  auto without_patterns(std::string_view text) -> std::string;
  auto without_names(std::string_view text) const -> std::string;
  void remember(std::string_view value, std::string stand_in);
  void remember_host(std::string_view host);
  void look_at_text(const std::string& text, const std::string& member);
  void look_at_value(std::string_view value, const std::string& member);

  stand_in_names names_;
  std::map<std::string, std::string, std::less<>> known_; ///< in lower case, to its stand-in
  std::map<std::string, std::set<std::size_t, std::greater<>>, std::less<>>
      lengths_; ///< of known names by their first three letters, longest first
};

} // namespace replay
