#pragma once
// A world: one tenant, one mock, one connector, one virtual clock, on one thread.
#include "core/adapters/sqlite/ram_vfs.hpp"
#include "core/config.hpp"
#include "core/seams/choices.hpp"
#include "core/seams/idle_loop.hpp"
#include "mock_graph/server/mock_tenant.hpp"
#include "scenarios/run/acts.hpp"
#include "scenarios/run/life.hpp"
#include "scenarios/run/skewed_clock.hpp"
#include "scenarios/run/stored_records.hpp"
#include "scenarios/run/trace.hpp"
#include "scenarios/run/wires.hpp"

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>

namespace scenarios::run {

/// How the connector is configured from some moment on. A new credential is picked up by the
/// connector itself; anything else takes a restart, which the plan has to say.
struct configuration {
  seams::instant at;
  core::auth::credential proof; ///< as pasted, right or wrong
  std::string tenant_id;
  std::string client_id;
  core::cloud where;
};

/// The connector dies at that moment and comes back `down_for` later.
struct timed_kill {
  seams::instant at;
  seams::duration down_for{};
  std::string damage = {};                   ///< to the file of its store, "" for none
  std::optional<seams::instant> backup = {}; ///< when the copy was taken that is put back
};

/// Everything a world is made from; worlds of one plan, seed and fate are equal.
struct world_plan {
  mock_graph::server::script what;
  /// Credential, ids and cloud come from `configurations`.
  core::connector_config connector;
  std::vector<configuration> configurations; ///< in order of time, at least one
  std::vector<clock_skew> skews;             ///< of the connector's clock, in order of time
  std::vector<timed_kill> kills;
  std::vector<model::planned_act> acts; ///< in order of time
  std::optional<death_point> fate;
  seams::duration down_after_fate{};
  std::optional<seams::duration> run_for; ///< at least this long
  std::uint64_t seed = 1;
  wire_kind wire = wire_kind::tls;
};

/// Wraps a port of the connector, for tests that plant a bug in it.
struct tampering {
  using transport_wrap = std::function<std::unique_ptr<seams::transport>(seams::transport&)>;
  using store_wrap = std::function<std::unique_ptr<core::store>(core::store&)>;
  transport_wrap wrap_transport;
  store_wrap wrap_store;
};

/// Stands between the wire and the mock: records what passes, or answers in its place.
using service_wrap = std::function<std::unique_ptr<mock_graph::service>(mock_graph::service& mock,
                                                                        const seams::clock& time)>;

struct world_options {
  const shared_keys* keys = nullptr;
  const std::atomic<bool>* interrupted = nullptr;     ///< may be null
  std::function<bool()> overdue;                      ///< real time is up; may be empty
  std::function<void(const std::string&)> trace_line; ///< may be empty
  tampering tamper;
  service_wrap wrap_service;      ///< may be empty
  std::function<bool()> finished; ///< ends the world before its time; may be empty
};

/// How a world ended.
enum class world_end { complete, stuck, too_many_requests, interrupted, overdue, broken };

class world {
public:
  world(const world_plan& plan, const world_options& options);
  world(const world&) = delete;
  auto operator=(const world&) -> world& = delete;
  ~world();

  /// Runs to the end, through every death of the connector.
  auto run() -> world_end;

  /// Why it ended, where that is not "complete".
  [[nodiscard]] auto trouble() const -> const std::string& { return trouble_; }
  [[nodiscard]] auto log() const -> const trace& { return trace_; }
  [[nodiscard]] auto mock() const -> const mock_graph::server::mock_tenant& { return mock_; }
  [[nodiscard]] auto calls() const -> const port_calls& { return calls_; }
  [[nodiscard]] auto now() const -> seams::instant { return time_.wall(); }
  [[nodiscard]] auto waiters() const -> std::vector<seams::waiting> { return time_.waiters(10); }
  /// Where the connector did not do right by a damaged store: each in words.
  [[nodiscard]] auto damage_overlooked() const -> const std::vector<std::string>& {
    return overlooked_;
  }
  /// Whether the planned death happened.
  [[nodiscard]] auto died() const -> bool { return deaths_ > 0; }

  /// What became of the acts that came to an end.
  [[nodiscard]] auto acts() const -> const std::vector<act_record>& { return acts_; }
  /// What the connector stored, as long as this world lives.
  [[nodiscard]] auto records() -> stored_records;
  [[nodiscard]] auto health() -> std::vector<core::health_entry>;
  /// Application permissions that the connector's tokens carried, if it ever had one.
  [[nodiscard]] auto roles() -> std::optional<std::set<std::string>>;
  /// All that lies on the connector's disk, in pieces: the database and its log.
  void visit_disk(const std::function<void(std::string_view piece)>& sink) const {
    disk_.visit(sink);
  }
  [[nodiscard]] auto disk_used() const -> std::size_t { return disk_.used(); }
  /// The store as one complete database file.
  [[nodiscard]] auto database() const -> std::string;

private:
  struct incarnation;

  auto begin_life() -> bool;
  void end_life();
  [[nodiscard]] auto is_finished() const -> bool;
  auto live() -> seams::stop_reason;
  void wait(seams::duration span);
  auto bounds(std::function<bool()> done) -> seams::loop_bounds;
  auto configured_now() const -> const configuration&;
  auto kill_at(timed_kill when) -> boost::asio::awaitable<void>;
  auto back_up(seams::instant at) -> boost::asio::awaitable<void>;
  auto act_at(const model::planned_act& what) -> boost::asio::awaitable<void>;
  void spoil_store();
  auto pass_time(seams::duration span, bool& over) -> boost::asio::awaitable<void>;
  void tear_down();

  const world_plan& plan_;
  const world_options& options_;
  boost::asio::io_context context_{1};
  seams::virtual_clock time_;
  skewed_clock connector_time_;
  seams::in_flight in_flight_;
  seams::wire_meter meter_{in_flight_};
  seams::seeded_choices chance_;
  trace trace_;
  mock_graph::server::mock_tenant mock_;
  std::unique_ptr<mock_graph::service> before_mock_;
  std::unique_ptr<world_wire> wire_;
  std::unique_ptr<traced_transport> network_;
  core::ram_disk disk_;
  port_calls calls_;
  std::deque<std::unique_ptr<incarnation>> lives_;
  seams::duration end_;
  timed_kill last_kill_;
  std::map<seams::instant, std::string> backups_;
  std::vector<std::string> overlooked_;
  std::vector<act_record> acts_;
  std::size_t deaths_ = 0;
  std::string trouble_;
};

} // namespace scenarios::run
