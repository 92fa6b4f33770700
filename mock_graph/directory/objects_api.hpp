#pragma once
// Microsoft Graph's groups, devices and mailbox settings.
#include "mock_graph/directory/delta.hpp"
#include "mock_graph/directory/mailbox_book.hpp"
#include "mock_graph/directory/object_book.hpp"
#include "mock_graph/directory/user_book.hpp"
#include "mock_graph/door.hpp"
#include "mock_graph/graph/collection.hpp"

namespace mock_graph::directory {

/// What `objects_api` shows.
struct directory_books {
  const user_book& users;
  const object_book& objects;
  const mailbox_book& mailboxes;
};

/// GET /groups, /groups/$count, /groups/{id}, /groups/delta, /groups/{id}/members; /devices,
/// /devices/$count, /devices/{id}, /devices/delta; /users/{id}/mailboxSettings and its
/// automaticRepliesSetting; /users/{id}/ownedDevices and registeredDevices. Source:
/// learn.microsoft.com/graph/api/group-list, group-list-members, device-list,
/// user-get-mailboxsettings, user-list-owneddevices; roles of each call: directory sheet, 1.
class objects_api final : public door, public tenant::listener {
public:
  objects_api(const tenant::standing& state, const directory_books& books)
      : state_(state), books_(books) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;
  void on(const tenant::event& what) override;

private:
  auto list(call& what, bool groups) -> seams::response;
  auto delta(call& what, bool groups) -> seams::response;
  auto members(call& what) -> seams::response;
  auto mailbox(call& what) -> seams::response;
  auto owned_devices(call& what) -> seams::response;

  const tenant::standing& state_;
  directory_books books_;
  graph::collection_reader reader_;
  delta_reader groups_delta_;
  delta_reader devices_delta_;
};

} // namespace mock_graph::directory
