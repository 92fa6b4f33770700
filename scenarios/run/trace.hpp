#pragma once
// Everything observable that a connector does in a world, in order, with a running hash.
#include "core/seams/clock.hpp"
#include "core/seams/digest.hpp"
#include "core/seams/transport.hpp"
#include "core/store/store.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace scenarios::run {

/// One exchange as the connector saw it, without bodies.
struct exchange_note {
  seams::instant sent;
  seams::instant received;
  std::string method;
  std::string url;
  int status = 0;      ///< 0: no answer
  std::string failure; ///< code of the failure where no answer came
  std::optional<std::string> retry_after;
};

/// The hash covers method, URL, the headers that matter, body digests, commits, health and
/// verdicts, each with its virtual time. Tokens, keys and signatures stay outside: they differ
/// from process to process.
class trace {
public:
  explicit trace(const seams::clock& time) : time_(time) {}

  void sent(const seams::request& query);
  void received(const seams::request& query,
                seams::instant sent_at,
                const seams::result<seams::response>& answer);
  /// The connector stopped waiting for an answer.
  void abandoned(const seams::request& query, seams::instant sent_at);
  void committed(const core::commit& step, const seams::result<core::commit_outcome>& outcome);
  /// Any other event, in words.
  void note(std::string_view what);

  /// Lower-case hexadecimal SHA-256 over all events so far.
  [[nodiscard]] auto hash() const -> std::string { return seams::to_hex(hash_); }
  [[nodiscard]] auto exchanges() const -> const std::vector<exchange_note>& { return exchanges_; }
  /// One line an event, if kept (`--keep`).
  void keep_lines_in(std::function<void(const std::string&)> sink) { sink_ = std::move(sink); }

private:
  void add(std::string line);

  const seams::clock& time_;
  seams::digest hash_{};
  std::vector<exchange_note> exchanges_;
  std::function<void(const std::string&)> sink_;
};

/// Takes virtual time for each way, so that exchanges of side-by-side feeds never share an instant,
/// and writes the trace.
class traced_transport final : public seams::transport {
public:
  using latency = std::function<seams::duration()>;
  traced_transport(seams::transport& inner, seams::clock& time, trace& log, latency one_way)
      : inner_(inner), time_(time), trace_(log), latency_(std::move(one_way)) {}

  auto exchange(seams::request query)
      -> boost::asio::awaitable<seams::result<seams::response>> override;

private:
  seams::transport& inner_;
  seams::clock& time_;
  trace& trace_;
  latency latency_;
};

/// A store that tells the trace what was committed.
class traced_store final : public core::store {
public:
  traced_store(core::store& inner, trace& log) : inner_(inner), trace_(log) {}
  auto apply(const core::commit& step) -> seams::result<core::commit_outcome> override;
  auto cursor(std::string_view feed) -> seams::result<std::optional<std::string>> override {
    return inner_.cursor(feed);
  }
  auto marked(std::string_view feed, const std::vector<std::string>& names)
      -> seams::result<std::vector<bool>> override {
    return inner_.marked(feed, names);
  }
  auto read(const core::record_query& wanted,
            const std::function<bool(const core::stored_record&)>& sink)
      -> seams::result<void> override {
    return inner_.read(wanted, sink);
  }
  auto health() -> seams::result<std::vector<core::health_entry>> override {
    return inner_.health();
  }

private:
  core::store& inner_;
  trace& trace_;
};

} // namespace scenarios::run
