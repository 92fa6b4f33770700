#pragma once
// A recorder between a client and a stand-in, on real sockets, for as long as a test needs it.
#include "scenarios/recording/record.hpp"
#include "tests/scenarios/serve/running_stand_in.hpp"

#include <atomic>
#include <sstream>
#include <thread>

namespace tests {

class running_recorder {
public:
  /// `options` says what to record and where to; this adds who listens where.
  running_recorder(scenarios::recording::record_options options, const running_stand_in& upstream)
      : options_(std::move(options)) {
    options_.port = 0;
    options_.json = true;
    options_.upstream_address = "127.0.0.1";
    options_.upstream_port = upstream.endpoint().port();
    if (options_.upstream_ca.empty()) {
      options_.upstream_ca = upstream.facts["ca_file"].get<std::string>();
    }
    thread_ = std::thread([this] {
      auto out = std::ostream(&said_);
      code = scenarios::recording::record(options_, out, err_, interrupted_);
    });
    facts = json::parse(said_.text());
  }
  running_recorder(const running_recorder&) = delete;
  auto operator=(const running_recorder&) -> running_recorder& = delete;
  ~running_recorder() { end(); }

  void end() {
    interrupted_ = true;
    if (thread_.joinable()) {
      thread_.join();
    }
  }
  [[nodiscard]] auto endpoint() const -> net::ip::tcp::endpoint {
    const auto address = facts["address"].get<std::string>();
    const auto port = std::stoul(address.substr(address.find(':') + 1));
    return {net::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)};
  }
  /// What was said for people; once it has ended.
  [[nodiscard]] auto said() const -> std::string { return err_.str(); }

  json facts;
  int code = -1;

private:
  scenarios::recording::record_options options_;
  std::atomic<bool> interrupted_ = false;
  announced said_;
  std::ostringstream err_;
  std::thread thread_;
};

} // namespace tests
