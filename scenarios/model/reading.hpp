#pragma once
// Reads the tables of a scenario file: what TOML reading offers, with moments and ids of events.
#include "core/toml_reading/reading.hpp"

#include <initializer_list>

namespace scenarios::model {

using core::toml_reading::diagnostic;
using core::toml_reading::in_quotes;
using core::toml_reading::member;
using core::toml_reading::need;
using core::toml_reading::node;
using core::toml_reading::placed_text;
using core::toml_reading::position;
using core::toml_reading::to_text;

/// What an id of an event can be used for.
enum class event_kind { message, click, burst, audit, audit_burst, sign_in, risk, other };

struct known_event {
  seams::instant at;
  event_kind what = event_kind::other;
};

/// What readers of one scenario file share.
struct reading : core::toml_reading::reading {
  reading() { subject = "the scenario"; }

  seams::instant start;
  std::map<std::string, known_event> ids;

  /// The ids of events of these kinds.
  [[nodiscard]] auto ids_of(std::initializer_list<event_kind> kinds) const
      -> std::vector<std::string>;
};

/// One table of a scenario file.
class table_reader : public core::toml_reading::table_reader {
public:
  table_reader(reading& shared, const node& table, std::string name)
      : core::toml_reading::table_reader(shared, table, std::move(name)), shared_(shared) {}

  /// An offset from the scenario's start.
  auto moment(std::string_view key, need how = need::optional) -> std::optional<seams::instant>;

  [[nodiscard]] auto shared() -> reading& { return shared_; }

private:
  reading& shared_;
};

} // namespace scenarios::model
