#pragma once
// An event in the making, beside the record it comes from.
#include "core/ocsf/field.hpp"
#include "core/ocsf/normalize.hpp"

#include <algorithm>

namespace core::ocsf {

struct source;

class draft {
public:
  /// The `nth` event of a record, counted from 0.
  draft(const nlohmann::json& record, const context& around, std::size_t nth)
      : view_(record), around_(around), nth_(nth) {}

  // The record.
  [[nodiscard]] auto record() const -> const record_view& { return view_; }
  [[nodiscard]] auto text(std::string_view path) const -> std::string { return view_.text(path); }
  [[nodiscard]] auto list(std::string_view path) const { return view_.list(path); }
  [[nodiscard]] auto around() const -> const context& { return around_; }

  // The event.
  void map(std::span<const field> rows) { copy_fields(view_, rows, event_, used_); }
  void put(std::string_view path, nlohmann::json value) { put_at(event_, path, std::move(value)); }
  void choose(std::string_view path, int id, std::string_view own = {}) {
    put_choice(event_, path, id, own);
  }
  /// Class and activity; `own` is the source's word for an activity 99.
  void is(int class_uid, int activity_id, std::string_view own = {});
  [[nodiscard]] auto has(std::string_view path) const -> bool {
    return find_at(event_, path) != nullptr;
  }
  [[nodiscard]] auto number(std::string_view path) const -> int;
  [[nodiscard]] auto event() -> nlohmann::json& { return event_; }

  /// What the event says of this part of the record, so that it is not unmapped.
  void take(std::string_view path) { used_.emplace(path, ""); }
  /// Something to show in `unmapped` under a name of its own.
  void leave(std::string_view name, nlohmann::json value);
  /// The native identity, where members of the record do not say it.
  void identify(std::string identity) { identity_ = std::move(identity); }
  /// That the record tells of so many events; `nth` says which of them this is.
  void repeat(std::size_t times) { times_ = std::max(times_, times); }
  [[nodiscard]] auto times() const -> std::size_t { return times_; }
  [[nodiscard]] auto nth() const -> std::size_t { return nth_; }
  /// What is new about the record.
  void note(std::string what) { drift_.push_back(std::move(what)); }

  /// The finished event of a record of `from`: metadata, cloud, captions, profiles, observables,
  /// leftovers. `raw` is the text of the record.
  [[nodiscard]] auto finish(const source& from, std::string_view raw) -> nlohmann::json;
  [[nodiscard]] auto drift() const -> const std::vector<std::string>& { return drift_; }

private:
  [[nodiscard]] auto native_identity(const source& from, std::string_view raw) const -> std::string;
  void put_metadata(const source& from, std::string_view raw);
  void put_cloud();
  void put_times(const source& from);
  void put_demanded(const source& from);
  void put_leftovers(const source& from);

  record_view view_;
  const context& around_;
  std::size_t nth_;
  std::size_t times_ = 1;
  nlohmann::json event_ = nlohmann::json::object();
  nlohmann::json left_ = nlohmann::json::object();
  used_paths used_;
  std::string identity_;
  std::vector<std::string> drift_;
};

} // namespace core::ocsf
