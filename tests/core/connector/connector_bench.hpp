#pragma once
// A whole connector against a small service that answers by itself.
#include "core/connector/connector.hpp"
#include "tests/core/fakes/bench.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

namespace fakes {

struct connector_bench : bench {
  connector_bench() {
    net.latency = std::chrono::milliseconds{100};
    net.respond = [this](const seams::request& what) { return serve(what); };
    add("alerts");
    add("safe_links");
    add("audit_general");
  }
  ~connector_bench() { forget_lives(); }

  void add(const std::string& name, seams::duration period = std::chrono::minutes{5}) {
    config.feeds.push_back({name, period, std::chrono::minutes{30}, std::chrono::hours{2}});
  }

  /// Begins a life of the connector; what ended it is in `ended_by`.
  void begin(core::observer* watcher = nullptr) {
    ended = false;
    ended_by = nullptr;
    lives.push_back(std::make_unique<core::connector>(config, time, chance, net, records, watcher));
    boost::asio::co_spawn(
        context,
        lives.back()->run(),
        boost::asio::bind_cancellation_slot(stop.slot(), [this](const std::exception_ptr& why) {
          ended = true;
          ended_by = why;
        }));
  }

  /// Everything that a dead connector waited for is gone; its objects stay until the end.
  void forget_lives() {
    time.abandon_all();
    context.restart();
    context.poll();
  }

  auto serve(const seams::request& what) -> answer {
    const auto has = [&](const char* part) { return what.url.find(part) != std::string::npos; };
    for (const auto& [part, given] : faults) {
      if (has(part.c_str())) {
        return given;
      }
    }
    if (has("/oauth2")) {
      return token_reply("canary-token");
    }
    if (has("/alerts_v2")) {
      return has("p=2") ? reply(200, R"({"value":[{"id":"a2"}]})")
                        : reply(200,
                                R"({"value":[{"id":"a1"}],"@odata.nextLink":)"
                                R"("https://graph.microsoft.com/v1.0/security/alerts_v2?p=2"})");
    }
    if (has("/runHuntingQuery")) {
      return reply(200, R"({"results":[{"ReportId":"c1","Timestamp":"2026-03-10T07:30:00Z"}]})");
    }
    if (has("/subscriptions/list")) {
      return reply(200, R"([{"contentType":"Audit.General","status":"enabled"}])");
    }
    if (has("/subscriptions/content")) {
      return reply(200,
                   R"([{"contentId":"b1","contentUri":"https://manage.office.com/api/audit/b1"},)"
                   R"({"contentId":"b2","contentUri":"https://manage.office.com/api/audit/b2"}])");
    }
    return reply(200, has("/b1") ? R"([{"Id":"r1"},{"Id":"r2"}])" : R"([{"Id":"r3"}])");
  }

  [[nodiscard]] auto states(const std::string& feed) const -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (const auto& one : records.history) {
      if (one.feed == feed) {
        out.push_back(one.state);
      }
    }
    return out;
  }
  [[nodiscard]] auto is_complete() const -> bool {
    return records.of("alerts").size() == 2 && records.of("safe_links").size() == 1 &&
           records.of("audit_general").size() == 3 && records.cursors.size() == 4;
  }

  std::map<std::string, answer> faults; ///< by part of the URL
  std::vector<std::unique_ptr<core::connector>> lives;
  boost::asio::cancellation_signal stop;
  bool ended = false;
  std::exception_ptr ended_by;
};

} // namespace fakes
