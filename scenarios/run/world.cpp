#include "scenarios/run/world.hpp"

#include "core/connector/connector.hpp"
#include "core/store/grants.hpp"
#include "core/store/sqlite_store.hpp"
#include "scenarios/run/world_end.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>

namespace scenarios::run {
namespace {

namespace net = boost::asio;

const auto store_file = std::string("connector.db");
const auto log_suffix = std::string("-wal");
/// A connector that asks a mock so often is not converging.
constexpr auto requests_max = std::size_t{2'000'000};
/// One way through the network: 10 to 100 ms.
constexpr auto latency_least = std::chrono::milliseconds{10};
constexpr auto latency_spread = std::uint64_t{900'000};

auto damaged(std::string bytes, const std::string& how) -> std::string {
  if (how == "truncated") {
    bytes.resize(bytes.size() / 2);
  } else if (how == "zeroed") {
    bytes.assign(bytes.size(), '\0');
  } else {
    for (auto at = std::size_t{200}; at < bytes.size(); at += 509) {
      bytes[at] = static_cast<char>(~bytes[at]);
    }
  }
  return bytes;
}

auto with_seed(mock_graph::server::script what, std::uint64_t seed) -> mock_graph::server::script {
  what.state.seed = seed;
  return what;
}

} // namespace

/// One life of the connector with everything that dies with it.
struct world::incarnation {
  incarnation(port_calls& calls,
              std::optional<death_point> fate,
              seams::clock& time,
              seams::transport& wire)
      : lives(calls, fate), clock(lives, time), network(lives, wire) {}

  life lives;
  mortal_clock clock;
  mortal_transport network;
  std::unique_ptr<core::store> file;
  std::unique_ptr<traced_store> traced;
  std::unique_ptr<mortal_store> store;
  std::unique_ptr<seams::transport> wrapped_network;
  std::unique_ptr<core::store> wrapped_store;
  std::unique_ptr<core::connector> connector;
  core::connector_config config;  ///< for acts
  core::store* records = nullptr; ///< for acts
  bool ended_by_itself = false;
  std::string error;
};

world::world(const world_plan& plan, const world_options& options)
    : plan_(plan), options_(options), time_(plan.what.state.start),
      connector_time_(time_, plan.skews), chance_(plan.seed), trace_(time_),
      mock_(with_seed(plan.what, plan.seed), time_, options.keys->signing()), disk_(time_, chance_),
      end_(end_of(plan, options.keys->signing())) {
  auto* served = static_cast<mock_graph::service*>(&mock_);
  if (options.wrap_service) {
    before_mock_ = options.wrap_service(mock_, time_);
    served = before_mock_.get();
  }
  wire_ = std::make_unique<world_wire>(plan.wire, context_, time_, meter_, *served, *options.keys);
  network_ = std::make_unique<traced_transport>(wire_->client(), time_, trace_, [this] {
    return latency_least +
           seams::duration{static_cast<std::int64_t>(chance_.below(latency_spread, "latency"))};
  });
  if (options.trace_line) {
    trace_.keep_lines_in(options.trace_line);
  }
  disk_.watch([this](core::disk_call what, const std::string&) {
    const auto which = what == core::disk_call::sync ? port::disk_sync : port::disk_write;
    return lives_.empty() || lives_.back()->lives.survives(which);
  });
  for (const auto& what : plan_.acts) {
    net::co_spawn(context_, act_at(what), [this](const std::exception_ptr& why) {
      trace_.note(why ? "an act was broken off" : "an act ended");
    });
  }
  for (const auto& when : plan_.kills) {
    net::co_spawn(context_, kill_at(when), [](const std::exception_ptr&) {});
    if (when.backup) {
      net::co_spawn(context_, back_up(*when.backup), [](const std::exception_ptr&) {});
    }
  }
}

world::~world() {
  tear_down();
}

auto world::configured_now() const -> const configuration& {
  const auto* out = &plan_.configurations.front();
  for (const auto& change : plan_.configurations) {
    out = change.at <= time_.wall() ? &change : out;
  }
  return *out;
}

auto world::kill_at(timed_kill when) -> net::awaitable<void> {
  co_await time_.sleep_for(when.at - time_.wall(), "the moment at which the connector is killed");
  last_kill_ = when;
  if (!lives_.empty()) {
    lives_.back()->lives.end();
  }
}

auto world::back_up(seams::instant at) -> net::awaitable<void> {
  co_await time_.sleep_for(at - time_.wall(), "the moment at which the store is backed up");
  backups_[at] = disk_.dump(store_file).value();
}

/// Spoils the file of the store, sees that a connector refuses to start on it and leaves it alone,
/// and puts the backup in its place, as an operator would.
void world::spoil_store() {
  const auto spoiled = damaged(disk_.bytes(store_file), last_kill_.damage);
  disk_.put(store_file, spoiled);
  disk_.remove(store_file + log_suffix); // else it might hold all that is missing
  const auto opened = core::open_sqlite_store(store_file, disk_.vfs_name());
  const auto said = opened ? "opened" : opened.error().code + ": " + opened.error().why;
  trace_.note("the store is " + last_kill_.damage + ": " + said);
  if (!said.starts_with("store_damaged")) {
    overlooked_.push_back("a store that was " + last_kill_.damage + ": " + said);
  }
  if (disk_.bytes(store_file) != spoiled) {
    overlooked_.push_back("a store that was " + last_kill_.damage + " was written to");
  }
  disk_.remove(store_file + log_suffix); // what the refused start may have left
  disk_.put(store_file, backups_.at(*last_kill_.backup));
}

/// An act belongs to the life in which it begins, and dies with it.
auto world::act_at(const model::planned_act& what) -> net::awaitable<void> {
  co_await time_.sleep_for(what.at - time_.wall(), "the moment of an act");
  if (lives_.empty() || lives_.back()->lives.over()) {
    co_return;
  }
  auto& alive = *lives_.back();
  mock_.advance(time_.wall()); // for the names of what has come by now
  const auto with =
      act_tools{alive.config, alive.clock, chance_, alive.network, *alive.records, mock_.model()};
  auto sink = act_sink([this](act_record one) { acts_.push_back(std::move(one)); });
  co_await carry_out(what, with, std::move(sink));
}

auto world::pass_time(seams::duration span, bool& over) -> net::awaitable<void> {
  co_await time_.sleep_for(span, "the moment at which the connector starts again");
  over = true;
}

auto world::bounds(std::function<bool()> done) -> seams::loop_bounds {
  auto out = seams::loop_bounds{end_, std::move(done), {}};
  out.interrupted = [this] {
    return (options_.interrupted != nullptr && *options_.interrupted) ||
           (options_.overdue && options_.overdue());
  };
  return out;
}

auto world::begin_life() -> bool {
  auto& born = *lives_.emplace_back(
      std::make_unique<incarnation>(calls_, plan_.fate, connector_time_, *network_));
  auto opened = core::open_sqlite_store(store_file, disk_.vfs_name());
  if (!opened) {
    if (!born.lives.over()) {
      trouble_ = "the store cannot be opened: " + opened.error().why;
      return false;
    }
    return true;
  }
  born.file = std::move(*opened);
  born.traced = std::make_unique<traced_store>(*born.file, trace_);
  born.store = std::make_unique<mortal_store>(born.lives, *born.traced);
  auto* network = static_cast<seams::transport*>(&born.network);
  auto* store = static_cast<core::store*>(born.store.get());
  if (options_.tamper.wrap_transport) {
    born.wrapped_network = options_.tamper.wrap_transport(*network);
    network = born.wrapped_network.get();
  }
  if (options_.tamper.wrap_store) {
    born.wrapped_store = options_.tamper.wrap_store(*store);
    store = born.wrapped_store.get();
  }
  auto config = plan_.connector;
  const auto& now = configured_now();
  config.tenant_id = now.tenant_id;
  config.client_id = now.client_id;
  config.where = now.where;
  config.credential = [this]() -> seams::result<core::auth::credential> {
    return configured_now().proof;
  };
  born.config = config;
  born.records = store;
  born.connector =
      std::make_unique<core::connector>(std::move(config), born.clock, chance_, *network, *store);
  net::co_spawn(context_, born.connector->run(), [&born](const std::exception_ptr& error) {
    born.ended_by_itself = true;
    try {
      if (error) {
        std::rethrow_exception(error);
      }
    } catch (const life_over&) {
      born.ended_by_itself = false;
    } catch (const std::exception& what) {
      born.error = what.what();
    }
  });
  return true;
}

auto world::is_finished() const -> bool {
  return options_.finished && options_.finished();
}

auto world::live() -> seams::stop_reason {
  const auto done = [this] {
    const auto& now_living = *lives_.back();
    return now_living.lives.over() || now_living.ended_by_itself ||
           mock_.requests().size() > requests_max || is_finished();
  };
  return seams::run_until(context_, time_, in_flight_, bounds(done));
}

void world::end_life() {
  ++deaths_;
  trace_.note("the connector is killed");
  auto& dead = *lives_.back();
  disk_.crash();
  dead.file.reset();
}

void world::wait(seams::duration span) {
  auto over = false;
  net::co_spawn(context_, pass_time(span, over), [](const std::exception_ptr&) {});
  (void)seams::run_until(context_, time_, in_flight_, bounds([&over] { return over; }));
}

auto world::run() -> world_end {
  for (;;) {
    if (!begin_life()) {
      return world_end::broken;
    }
    const auto why = lives_.back()->lives.over() ? seams::stop_reason::finished : live();
    const auto& living = *lives_.back();
    if (living.lives.over()) {
      const auto down = last_kill_.down_for > seams::duration::zero() ? last_kill_.down_for
                                                                      : plan_.down_after_fate;
      end_life();
      wait(down);
      if (!last_kill_.damage.empty()) {
        spoil_store();
      }
      last_kill_ = {};
      continue;
    }
    mock_.advance(time_.wall());
    if (living.ended_by_itself) {
      trouble_ = living.error.empty() ? "the connector ended by itself" : living.error;
      return world_end::broken;
    }
    switch (why) {
    case seams::stop_reason::time_bound:
      return world_end::complete;
    case seams::stop_reason::stuck:
      trouble_ = "nothing is ready, nothing is coming, nobody waits";
      return world_end::stuck;
    case seams::stop_reason::finished:
      if (is_finished()) {
        return world_end::complete;
      }
      trouble_ = "more than " + std::to_string(requests_max) + " requests";
      return world_end::too_many_requests;
    case seams::stop_reason::interrupted:
      return options_.interrupted != nullptr && *options_.interrupted ? world_end::interrupted
                                                                      : world_end::overdue;
    }
  }
}

auto world::records() -> stored_records {
  return [this](const core::record_query& wanted,
                const std::function<void(const core::stored_record&)>& sink) {
    if (!lives_.empty() && lives_.back()->file) {
      (void)lives_.back()->file->read(wanted, [&](const core::stored_record& one) {
        sink(one);
        return true;
      });
    }
  };
}

auto world::health() -> std::vector<core::health_entry> {
  if (lives_.empty() || !lives_.back()->file) {
    return {};
  }
  auto read = lives_.back()->file->health();
  return read ? std::move(*read) : std::vector<core::health_entry>();
}

auto world::roles() -> std::optional<std::set<std::string>> {
  if (lives_.empty() || !lives_.back()->file) {
    return std::nullopt;
  }
  const auto known = core::read_grants(*lives_.back()->file);
  return known ? core::all_roles(*known) : std::nullopt;
}

auto world::database() const -> std::string {
  auto bytes = disk_.dump(store_file);
  return bytes ? std::move(*bytes) : std::string();
}

void world::tear_down() {
  for (auto& one : lives_) {
    one->lives.end();
  }
  // Frames wait in the clock, in parked ports and in sockets; destroying some may wake others.
  for (auto round = 0; round < 8; ++round) {
    time_.abandon_all();
    for (auto& one : lives_) {
      one->lives.bury();
    }
    if (round == 0) {
      wire_->close();
    }
    context_.restart();
    context_.poll();
  }
  disk_.watch({});
}

} // namespace scenarios::run
