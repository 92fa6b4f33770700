#pragma once
// A stand-in on real sockets, for as long as a test needs it.
#include "scenarios/serve/stand_in.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>
#include <unistd.h>

namespace tests {

namespace fs = std::filesystem;
namespace net = boost::asio;
using nlohmann::json;

inline constexpr auto one_blocked_click = R"(
about = "one blocked click"
[connector]
feeds = ["alerts"]
[[user]]
name = "dana"
[[verdict]]
at = "1m"
url = "https://bad.example/"
[[mail]]
id = "m"
at = "10m"
from = "a@b.example"
to = ["dana"]
urls = ["https://bad.example/"]
[[click]]
at = "20m"
user = "dana"
in = "m"
)";

/// Gives what was printed until the first flush to somebody on another thread.
class announced final : public std::stringbuf {
public:
  auto text() -> std::string { return said_.get_future().get(); }

private:
  auto sync() -> int override {
    if (!std::exchange(flushed_, true)) {
      said_.set_value(str());
    }
    return 0;
  }

  std::promise<std::string> said_;
  bool flushed_ = false;
};

/// A stand-in on a free port, for as long as this lives.
class running_stand_in {
public:
  explicit running_stand_in(const std::string& scenario = one_blocked_click)
      : folder_(fs::temp_directory_path() / ("offtenant-serve-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "one.toml") << scenario;
    options_.scenario = (folder_ / "one.toml").string();
    options_.port = 0;
    options_.offset = -std::chrono::hours{3};
    options_.state = (folder_ / "state").string();
    options_.json = true;
    thread_ = std::thread([this] {
      auto out = std::ostream(&said_);
      code = scenarios::serve::serve(options_, out, err_, interrupted_);
    });
    facts = json::parse(said_.text());
  }
  running_stand_in(const running_stand_in&) = delete;
  auto operator=(const running_stand_in&) -> running_stand_in& = delete;
  ~running_stand_in() {
    end();
    auto ignored = std::error_code();
    fs::remove_all(folder_, ignored);
  }

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

  json facts;
  int code = -1;

private:
  fs::path folder_;
  scenarios::serve::serve_options options_;
  std::atomic<bool> interrupted_ = false;
  announced said_;
  std::ostringstream err_;
  std::thread thread_;
};

} // namespace tests
