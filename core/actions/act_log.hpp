#pragma once
// The append-only log of acts in the store: what is about to be sent, and what became of it.
#include "core/actions/step.hpp"
#include "core/store/store.hpp"

#include <nlohmann/json.hpp>

#include <map>

namespace core::actions {

inline constexpr auto log_feed = std::string_view("actions");

/// How a step ended.
enum class ending {
  done,    ///< the tenant is as wanted, because of this act
  already, ///< it was so before
  failed,  ///< refused, or it cannot be done
  pending, ///< accepted, and not at its end when the patience was
  unknown, ///< no answer, and the tenant could not be asked
};
auto name_of(ending how) -> std::string_view;

struct outcome {
  ending how = ending::failed;
  std::string code; ///< what it rests on, or ""
  std::string text; ///< for people
};

/// What the log knows of one step of one act.
struct step_history {
  std::string target;
  std::string basis;         ///< of the last intent
  bool open = false;         ///< an intent has no outcome: the process died, or nobody knows
  std::optional<ending> how; ///< the last outcome
  seams::instant at{};       ///< of the last entry
  int entries = 0;
};

/// The log of one store, which outlives it. Every entry is a record of the feed "actions", durable
/// when the function returns; nothing is ever changed or removed.
class act_log {
public:
  act_log(store& records, seams::clock& time) : records_(records), time_(time) {}

  /// Notes what was asked for, so that it can be resumed; to be called before anything is sent.
  auto begin(const std::string& act, const act_request& what) -> seams::result<void>;
  /// What was asked for; fails with "no_such_act".
  auto request_of(const std::string& act) -> seams::result<act_request>;
  /// The steps of an act by their ids.
  auto history_of(const std::string& act) -> seams::result<std::map<std::string, step_history>>;
  /// What acts called `action` did last with a step of that id, within the span before now; nothing
  /// if none did anything.
  auto lately(const std::string& action, const std::string& step_id, seams::duration span)
      -> seams::result<std::optional<step_history>>;

  /// To be called before the step is sent.
  auto intend(const std::string& act, const act_request& what, const step& next, int entry)
      -> seams::result<void>;
  auto conclude(const std::string& act,
                const act_request& what,
                const step& over,
                const outcome& end,
                int entry) -> seams::result<void>;

private:
  auto
  write(const std::string& act, const step& of, std::string version, nlohmann::ordered_json entry)
      -> seams::result<void>;

  store& records_;
  seams::clock& time_;
};

} // namespace core::actions
