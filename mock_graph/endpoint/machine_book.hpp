#pragma once
// The machines that Defender for Endpoint knows, and the actions that run on them.
#include "mock_graph/acts/performer.hpp"

#include <deque>
#include <map>

namespace mock_graph::endpoint {

enum class action_type { isolate, unisolate };
enum class action_status { pending, in_progress, succeeded, failed, timed_out, cancelled };

/// An order to a machine.
struct machine_action {
  std::string id; ///< a GUID
  action_type type = action_type::isolate;
  std::string scope;     ///< "Full", "Selective", "UnManagedDevice"; "" of a release
  std::string device;    ///< name in the scenario
  std::string requestor; ///< client id of the app
  std::string request_id;
  std::string comment;
  action_status status = action_status::pending;
  seams::instant created;
  seams::instant updated;
  std::string cancelled_by;
  std::string cancel_comment;
  seams::instant cancelled;

  [[nodiscard]] auto is_open() const -> bool {
    return status == action_status::pending || status == action_status::in_progress;
  }
};

/// Actions move from Pending over InProgress to Succeeded as time passes, while the device is
/// connected; one that is offline leaves them Pending. A scenario can make those of a device end
/// Failed or TimeOut, at the time at which they would have succeeded: how long the service itself
/// waits is not known. An isolation of a device that is isolated
/// already waits as well, and is carried out after the next release: this was seen
/// (defender-cloudapps-azure sheet, 1.6). It counts as an effect when the device's state changes.
class machine_book final : public tenant::listener {
public:
  machine_book(tenant::tenant& owner, effect_log& effects);

  void on(const tenant::event& what) override;

  [[nodiscard]] auto state() const -> const tenant::standing& { return owner_.state(); }
  /// The device of that machine id that is onboarded, or null.
  [[nodiscard]] auto find(std::string_view machine_id) const -> const tenant::device*;
  [[nodiscard]] auto is_connected(const std::string& device) const -> bool {
    return !offline_.at(device);
  }
  [[nodiscard]] auto actions() const -> const std::deque<machine_action>& { return actions_; }
  [[nodiscard]] auto find_action(std::string_view id) -> machine_action*;
  /// The action of that type that is under way on the device, or null.
  [[nodiscard]] auto running(const std::string& device, action_type type) const
      -> const machine_action*;
  /// A new action, Pending.
  auto order(machine_action what) -> const machine_action&;
  void cancel(machine_action& what, const call& by, const std::string& comment);

private:
  /// Lets a pending action begin, if its device takes it now.
  void consider(machine_action& what, seams::instant now);
  void begin(const std::string& id, seams::instant now);
  void finish(const std::string& id, seams::instant now);
  /// How orders to the device end.
  [[nodiscard]] auto end_on(const std::string& device) const -> action_status;
  void consider_all(const std::string& device, seams::instant now);

  tenant::tenant& owner_;
  effect_log& effects_;
  std::map<std::string, bool> offline_;  ///< by name of the device
  std::map<std::string, bool> isolated_; ///< the same
  std::deque<machine_action> actions_;
};

/// 40 hexadecimal digits.
auto machine_id_of(const tenant::device& what) -> std::string;
/// Whether Defender for Endpoint knows the device.
auto is_onboarded(const tenant::device& what) -> bool;

} // namespace mock_graph::endpoint
