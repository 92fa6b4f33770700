#pragma once
// Ways into a record and into an event: names with dots between them.
#include <nlohmann/json.hpp>

#include <deque>
#include <string>
#include <string_view>

namespace core::ocsf {

/// The member of an object called `name`; failing that, one whose name differs in letter case
/// alone (pipelines and Microsoft's own pages change it). Null if there is none.
[[nodiscard]] auto member_of(const nlohmann::json& object, std::string_view name)
    -> const nlohmann::json*;

/// A record that can be asked by path: "a.b" is member b of member a. A name that starts with '@'
/// is one name, dots and all. On the way JSON within a text is read.
class record_view {
public:
  explicit record_view(const nlohmann::json& record) : record_(record) {}

  /// Null if nothing is there. Valid as long as this object.
  [[nodiscard]] auto find(std::string_view path) const -> const nlohmann::json*;
  /// The text there, "" for none.
  [[nodiscard]] auto text(std::string_view path) const -> std::string;
  /// The elements of the list there.
  [[nodiscard]] auto list(std::string_view path) const -> std::vector<nlohmann::json>;
  [[nodiscard]] auto whole() const -> const nlohmann::json& { return record_; }

private:
  const nlohmann::json& record_;
  mutable std::deque<nlohmann::json> unfolded_;
};

/// Removes what `path` names from `record`; nothing if it is not there.
void cut_path(nlohmann::json& record, std::string_view path);

/// Writes `value` at `path` of an event, making the objects on the way. "a.b[]" adds an element to
/// the list b; "a[].b" adds {"b": value} to the list a. What is already there stays; null is not
/// written. False if nothing was written.
auto put_at(nlohmann::json& event, std::string_view path, nlohmann::json value) -> bool;

/// What `path` names in an event, or null.
[[nodiscard]] auto find_at(const nlohmann::json& event, std::string_view path)
    -> const nlohmann::json*;

/// `value` without members and elements that say nothing, at any depth.
[[nodiscard]] auto without_nothings(nlohmann::json value) -> nlohmann::json;

} // namespace core::ocsf
