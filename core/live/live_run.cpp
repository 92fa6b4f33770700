#include "core/live/live_run.hpp"

#include "core/adapters/files/file_lock.hpp"
#include "core/adapters/files/private_file.hpp"
#include "core/connector/connector.hpp"
#include "core/live/health_line.hpp"
#include "core/live/ndjson_export.hpp"
#include "core/live/noting_store.hpp"
#include "core/store/sqlite_store.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/multiple_exceptions.hpp>

namespace core::live {
namespace {

namespace net = boost::asio;
using seams::failure;
using seams::result;

constexpr auto look_for_stop = seams::duration{std::chrono::milliseconds{100}};

/// What a run keeps on disk.
struct keeping {
  adapters::file_lock lock;
  std::unique_ptr<store> records;
  std::unique_ptr<ndjson_export> exported; ///< null: no export
};

auto open_export(const settings& what, const voices& say, store& records)
    -> result<std::unique_ptr<ndjson_export>> {
  if (what.ndjson.empty()) {
    return std::unique_ptr<ndjson_export>();
  }
  auto sink = what.ndjson == "-" ? result<std::unique_ptr<line_sink>>(make_stream_sink(say.lines))
                                 : open_file_sink(what.ndjson);
  if (!sink) {
    return sink.error();
  }
  auto out = std::make_unique<ndjson_export>(records, std::move(*sink));
  if (const auto begun = out->begin(); begun.has_error()) {
    return begun.error();
  }
  return out;
}

auto open_keeping(const settings& what, const voices& say) -> result<keeping> {
  auto lock = adapters::file_lock::take(what.store + ".lock");
  if (!lock) {
    return lock.error();
  }
  if (const auto there = adapters::ensure_private_file(what.store); !there) {
    return there.error();
  }
  auto options = sqlite_store_options();
  options.shared = true; // for `offtenant records` and backups
  auto records = open_sqlite_store(what.store, "", options);
  if (!records) {
    auto why = records.error();
    why.why = what.store + ": " + why.why;
    return why;
  }
  auto exported = open_export(what, say, **records);
  if (!exported) {
    return exported.error();
  }
  return keeping{std::move(*lock), std::move(*records), std::move(*exported)};
}

/// One run: a connector, whoever watches it, and the wish to stop.
class live_run final : public observer {
public:
  live_run(connector_config config,
           const outside& given,
           adapters::trust roots,
           keeping& kept,
           const voices& say)
      : world_(given, std::move(roots)), kept_(kept), say_(say),
        records_(*kept.records, [this](const failure& why) { end_with(why); }),
        connector_(
            std::move(config), world_.time(), world_.chance(), world_.network(), records_, this) {}

  auto run(const std::atomic<bool>& stop) -> result<void> {
    catch_up(); // what an earlier run stored and did not export
    net::co_spawn(world_.context(),
                  connector_.run(),
                  net::bind_cancellation_slot(stopping_.slot(),
                                              [this](const std::exception_ptr& why) { end(why); }));
    net::co_spawn(
        world_.context(), watch(stop), [this](const std::exception_ptr& why) { end(why); });
    world_.context().run();
    return outcome_;
  }

  void on_commit(const commit&, const commit_outcome&) override { catch_up(); }
  void on_health(const health_entry& entry) override { say_.log(health_line(entry)); }

private:
  auto watch(const std::atomic<bool>& stop) -> net::awaitable<void> {
    while (!stop && !ended_ && outcome_) {
      co_await world_.time().sleep_for(look_for_stop, "the wish to stop");
    }
    if (!ended_) {
      stopping_.emit(net::cancellation_type::terminal);
    }
  }

  void catch_up() {
    if (!kept_.exported) {
      return;
    }
    if (const auto done = kept_.exported->catch_up(world_.time().wall()); done.has_error()) {
      end_with(done.error());
    }
  }

  /// The first failure is the cause; the others follow from it.
  void end_with(const failure& why) {
    if (outcome_) {
      outcome_ = why;
    }
  }

  /// A cancelled connector ends with operation_aborted, once for each feed: that is what was asked
  /// for.
  void end(const std::exception_ptr& why) {
    ended_ = true;
    try {
      if (why) {
        std::rethrow_exception(why);
      }
    } catch (const net::multiple_exceptions& several) {
      end(several.first_exception());
    } catch (const boost::system::system_error& error) {
      if (error.code() != net::error::operation_aborted) {
        end_with({seams::reaction::stop_and_diagnose, "ended", error.what()});
      }
    } catch (const std::exception& error) {
      end_with({seams::reaction::stop_and_diagnose, "ended", error.what()});
    }
  }

  live_world world_;
  keeping& kept_;
  const voices& say_;
  result<void> outcome_;
  bool ended_ = false;
  net::cancellation_signal stopping_;
  noting_store records_;
  connector connector_;
};

} // namespace

auto run_live(const settings& what,
              const outside& given,
              const voices& say,
              const std::atomic<bool>& stop) -> result<void> {
  auto config = ready_config(what, given.env);
  if (!config) {
    return config.error();
  }
  auto roots = roots_of(what);
  if (!roots) {
    return roots.error();
  }
  auto kept = open_keeping(what, say);
  if (!kept) {
    return kept.error();
  }
  auto run = live_run(std::move(*config), given, std::move(*roots), *kept, say);
  return run.run(stop);
}

} // namespace core::live
