#pragma once
// The Management Activity API as the tests of its feed need it.
#include "tests/core/feeds/feed_bench.hpp"

namespace fakes {

const auto activity_root =
    std::string("https://manage.office.com/api/v1.0/") + tenant + "/activity/feed/";

inline auto list_of(const std::string& items) -> answer {
  return reply(200, "[" + items + "]");
}

inline auto content(const std::string& id) -> std::string {
  return R"({"contentType":"Audit.General","contentId":")" + id + R"(","contentUri":")" +
         activity_root + "audit/" + id +
         R"(","contentCreated":"2026-03-10T07:00:00Z","contentExpiration":"2026-03-30T07:00:00Z"})";
}

inline auto audit(const std::string& id) -> std::string {
  return R"({"CreationTime":"2026-03-10T06:59:00","Id":")" + id + R"(","RecordType":41})";
}

inline auto refused(int status, const std::string& code, const std::string& message = "x")
    -> answer {
  return reply(status, R"({"error":{"code":")" + code + R"(","message":")" + message + "\"}}");
}

struct activity_bench : feed_bench {
  explicit activity_bench(const std::string& name = "audit_general") : feed_bench(name) {
    net.on("subscriptions/list",
           {list_of(R"({"contentType":"Audit.General","status":"enabled"})")});
    net.on("subscriptions/start", {reply(200, R"({"status":"enabled"})")});
    listing({list_of("")});
  }
  void listing(std::vector<answer> answers) { net.on("subscriptions/content", std::move(answers)); }
  void blob(const std::string& id, std::vector<answer> answers) {
    net.on("audit/" + id, std::move(answers));
  }
  [[nodiscard]] auto windows() const -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (const auto& one : net.to("subscriptions/content")) {
      const auto from = one.what.url.find("startTime=") + 10;
      const auto to = one.what.url.find("endTime=") + 8;
      out.push_back(one.what.url.substr(from, 19) + " " + one.what.url.substr(to, 19));
    }
    return out;
  }
};

} // namespace fakes
