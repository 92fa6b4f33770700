#pragma once
// A store that tells somebody when it fails: a connector cannot record that it cannot record.
#include "core/store/store.hpp"

namespace core::live {

/// Passes everything on to `inner`, and to `on_failure` each failure that concerns the store as a
/// whole, not one record that is beyond its limits.
class noting_store final : public store {
public:
  using listener = std::function<void(const seams::failure&)>;

  noting_store(store& inner, listener on_failure)
      : inner_(inner), on_failure_(std::move(on_failure)) {}

  auto apply(const commit& step) -> seams::result<commit_outcome> override {
    return noted(inner_.apply(step));
  }
  auto cursor(std::string_view feed) -> seams::result<std::optional<std::string>> override {
    return noted(inner_.cursor(feed));
  }
  auto marked(std::string_view feed, const std::vector<std::string>& names)
      -> seams::result<std::vector<bool>> override {
    return noted(inner_.marked(feed, names));
  }
  auto read(const record_query& wanted, const std::function<bool(const stored_record&)>& sink)
      -> seams::result<void> override {
    return noted(inner_.read(wanted, sink));
  }
  auto health() -> seams::result<std::vector<health_entry>> override {
    return noted(inner_.health());
  }

private:
  template <class T> auto noted(seams::result<T> outcome) -> seams::result<T> {
    if (outcome.has_error() && outcome.error().next != seams::reaction::skip_record) {
      on_failure_(outcome.error());
    }
    return outcome;
  }

  store& inner_;
  listener on_failure_;
};

} // namespace core::live
