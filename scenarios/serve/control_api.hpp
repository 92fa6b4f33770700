#pragma once
// The control API of a stand-in: its clock, what happens in its tenant, its faults, odd tokens, its
// journal and the audit. Documented in docs/control-api.json.
#include "scenarios/model/fragment.hpp"
#include "scenarios/serve/stage.hpp"

#include <span>
#include <variant>

namespace scenarios::serve {

struct control_route {
  std::string_view method;
  std::string_view path; ///< "/faults/{id}"
};

/// Every operation, as the OpenAPI document has them.
auto control_routes() -> std::span<const control_route>;

/// JSON over plain HTTP, for loopback only. So that no web page can reach it through a browser, it
/// answers requests to names of this machine only, and none that bear an Origin.
class control_api final : public mock_graph::service {
public:
  /// `scenario_text` is the file that the stage was made from; the key is the one that signs its
  /// tokens. Stage and key outlive it.
  control_api(stage& what, std::string scenario_text, const mock_graph::login::signing_key& key);

  auto answer(const seams::request& query) -> mock_graph::reply override;

private:
  struct asked;

  auto dispatch(const asked& what) -> seams::response;
  auto show_clock() -> seams::response;
  auto set_clock(const asked& what) -> seams::response;
  auto add_events(const asked& what) -> seams::response;
  auto add_faults(const asked& what) -> seams::response;
  auto lift_fault(const asked& what) -> seams::response;
  auto mint_token(const asked& what) -> seams::response;
  auto reset() -> seams::response;
  auto show_audit() -> seams::response;
  auto read_piece(const asked& what, std::string_view wrap, std::string_view otherwise_at)
      -> std::variant<model::fragment, seams::response>;

  stage& stage_;
  std::string scenario_text_;
  const mock_graph::login::signing_key& key_;
  model::fragment_reader pieces_;
  std::uint64_t tokens_ = 0;
};

} // namespace scenarios::serve
