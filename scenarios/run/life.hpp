#pragma once
// One life of the connector: the ports it touches the world through, and its death at any of them.
#include "core/seams/clock.hpp"
#include "core/seams/transport.hpp"
#include "core/store/store.hpp"

#include <boost/asio/any_completion_handler.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace scenarios::run {

/// The places at which a connector can be killed.
enum class port { exchange, commit, sleep, disk_write, disk_sync };

constexpr auto port_names =
    std::array<std::string_view, 5>{"exchange", "commit", "sleep", "disk_write", "disk_sync"};

/// "Before (or after) the n-th call of that port in this world", counted from 1.
struct death_point {
  port where = port::exchange;
  bool after = false;
  std::uint64_t call = 1;
};

/// Calls per port over all lives of a world.
struct port_calls {
  std::array<std::uint64_t, port_names.size()> made{};

  auto next(port which) -> std::uint64_t { return ++made[static_cast<std::size_t>(which)]; }
  [[nodiscard]] auto of(port which) const -> std::uint64_t {
    return made[static_cast<std::size_t>(which)];
  }
};

/// Thrown through the connector by a synchronous port of a life that is over. Nobody catches it
/// but the harness; not a std::exception on purpose.
struct life_over {};

/// Whether this life goes on. A dead connector does nothing more: whatever port it calls next
/// never returns, and its coroutines are destroyed with the world.
class life {
public:
  life(port_calls& calls, std::optional<death_point> fate) : calls_(calls), fate_(fate) {}
  life(const life&) = delete;
  auto operator=(const life&) -> life& = delete;

  [[nodiscard]] auto over() const -> bool { return over_; }
  void end() { over_ = true; }

  /// Around an asynchronous call: `enter` gives its number; both never return once life is over.
  auto enter(port which) -> boost::asio::awaitable<std::uint64_t>;
  auto leave(port which, std::uint64_t call) -> boost::asio::awaitable<void>;
  /// Around a synchronous call: both throw `life_over` once life is over.
  auto enter_now(port which) -> std::uint64_t;
  void leave_now(port which, std::uint64_t call);
  /// For calls that report death by failing, as a disk does: true while life goes on.
  auto survives(port which) -> bool;

  /// Destroys what the dead connector was still waiting in. Call before its objects go.
  void bury();

private:
  using waiter = boost::asio::any_completion_handler<void()>;
  auto park() -> boost::asio::awaitable<void>;
  void meet_fate(port which, bool after, std::uint64_t call);

  port_calls& calls_;
  std::optional<death_point> fate_;
  bool over_ = false;
  std::vector<waiter> parked_;
};

/// The seams, each passing through a life.
class mortal_clock final : public seams::clock {
public:
  mortal_clock(life& owner, seams::clock& inner) : life_(owner), inner_(inner) {}
  [[nodiscard]] auto wall() const -> seams::instant override { return inner_.wall(); }
  [[nodiscard]] auto elapsed() const -> seams::duration override { return inner_.elapsed(); }
  auto sleep_for(seams::duration span, std::string why) -> boost::asio::awaitable<void> override;

private:
  life& life_;
  seams::clock& inner_;
};

class mortal_transport final : public seams::transport {
public:
  mortal_transport(life& owner, seams::transport& inner) : life_(owner), inner_(inner) {}
  auto exchange(seams::request query)
      -> boost::asio::awaitable<seams::result<seams::response>> override;

private:
  life& life_;
  seams::transport& inner_;
};

class mortal_store final : public core::store {
public:
  mortal_store(life& owner, core::store& inner) : life_(owner), inner_(inner) {}
  auto apply(const core::commit& step) -> seams::result<core::commit_outcome> override;
  auto cursor(std::string_view feed) -> seams::result<std::optional<std::string>> override;
  auto marked(std::string_view feed, const std::vector<std::string>& names)
      -> seams::result<std::vector<bool>> override;
  auto read(const core::record_query& wanted,
            const std::function<bool(const core::stored_record&)>& sink)
      -> seams::result<void> override;
  auto health() -> seams::result<std::vector<core::health_entry>> override;

private:
  auto alive() -> core::store&;

  life& life_;
  core::store& inner_;
};

} // namespace scenarios::run
