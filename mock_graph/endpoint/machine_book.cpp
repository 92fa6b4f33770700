#include "mock_graph/endpoint/machine_book.hpp"

#include "core/seams/choices.hpp"
#include "core/seams/digest.hpp"

#include <algorithm>
#include <utility>

namespace mock_graph::endpoint {
namespace {

constexpr auto machine_id_digits = std::size_t{40};

} // namespace

auto machine_id_of(const tenant::device& what) -> std::string {
  return seams::to_hex(seams::sha256("machine/" + what.name)).substr(0, machine_id_digits);
}

auto is_onboarded(const tenant::device& what) -> bool {
  return what.onboarded.value_or(what.managed);
}

machine_book::machine_book(tenant::tenant& owner, effect_log& effects)
    : owner_(owner), effects_(effects) {
  for (const auto& device : owner.state().devices) {
    offline_[device.name] = device.offline;
    isolated_[device.name] = false;
  }
}

void machine_book::on(const tenant::event& what) {
  const auto* change = std::get_if<tenant::device_change>(&what.what);
  if (change != nullptr && change->offline) {
    offline_[change->device] = *change->offline;
    consider_all(change->device, what.at);
  }
}

auto machine_book::find(std::string_view machine_id) const -> const tenant::device* {
  const auto& all = owner_.state().devices;
  const auto found = std::ranges::find_if(all, [&](const tenant::device& one) {
    return is_onboarded(one) && machine_id_of(one) == machine_id;
  });
  return found == all.end() ? nullptr : &*found;
}

auto machine_book::find_action(std::string_view id) -> machine_action* {
  const auto found = std::ranges::find(actions_, id, &machine_action::id);
  return found == actions_.end() ? nullptr : &*found;
}

auto machine_book::running(const std::string& device, action_type type) const
    -> const machine_action* {
  const auto found = std::ranges::find_if(actions_, [&](const machine_action& one) {
    return one.device == device && one.type == type && one.is_open();
  });
  return found == actions_.end() ? nullptr : &*found;
}

auto machine_book::order(machine_action what) -> const machine_action& {
  what.id =
      seams::named_guid(owner_.state().seed, "machine action/" + std::to_string(actions_.size()));
  what.updated = what.created;
  auto& one = actions_.emplace_back(std::move(what));
  consider(one, one.created);
  return one;
}

void machine_book::consider(machine_action& what, seams::instant now) {
  const auto waits = what.type == action_type::isolate && isolated_[what.device];
  if (what.status != action_status::pending || offline_[what.device] || waits) {
    return;
  }
  owner_.later().at(now + owner_.state().delays.device_action_starts,
                    [this, id = what.id](seams::instant at) { begin(id, at); });
}

void machine_book::begin(const std::string& id, seams::instant now) {
  auto* what = find_action(id);
  if (what->status != action_status::pending || offline_[what->device]) {
    return;
  }
  what->status = action_status::in_progress;
  what->updated = now;
  owner_.later().at(now + owner_.state().delays.device_action_takes,
                    [this, id](seams::instant at) { finish(id, at); });
}

void machine_book::finish(const std::string& id, seams::instant now) {
  auto* what = find_action(id);
  if (what->status != action_status::in_progress) {
    return;
  }
  what->status = end_on(what->device);
  what->updated = now;
  if (what->status != action_status::succeeded) {
    return;
  }
  const auto isolates = what->type == action_type::isolate;
  if (std::exchange(isolated_[what->device], isolates) != isolates) {
    effects_.push_back({now,
                        isolates ? "isolate device" : "release device",
                        what->device,
                        what->requestor,
                        what->request_id});
  }
  consider_all(what->device, now);
}

auto machine_book::end_on(const std::string& device) const -> action_status {
  const auto& all = owner_.state().devices;
  const auto found = std::ranges::find(all, device, &tenant::device::name);
  const auto end = found == all.end() ? std::string() : found->orders_end;
  return end == "Failed"    ? action_status::failed
         : end == "TimeOut" ? action_status::timed_out
                            : action_status::succeeded;
}

void machine_book::consider_all(const std::string& device, seams::instant now) {
  for (auto& one : actions_) {
    if (one.device == device) {
      consider(one, now);
    }
  }
}

void machine_book::cancel(machine_action& what, const call& by, const std::string& comment) {
  what.status = action_status::cancelled;
  what.updated = by.now;
  what.cancelled = by.now;
  what.cancelled_by = by.caller;
  what.cancel_comment = comment;
}

} // namespace mock_graph::endpoint
