#pragma once
// A transport that gives prepared answers and remembers who asked for what, when.
#include "core/seams/clock.hpp"
#include "core/seams/transport.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fakes {

using answer = seams::result<seams::response>;

inline auto reply(int status, std::string body, seams::headers fields = {}) -> answer {
  auto out = seams::response();
  out.status = status;
  out.fields = std::move(fields);
  out.body = std::move(body);
  return out;
}

inline auto broken(std::string code) -> answer {
  return seams::failure(seams::reaction::retry_later, std::move(code), "as the test wants it");
}

inline auto token_reply(const std::string& token, int life_s = 3599) -> answer {
  return reply(200,
               R"({"token_type":"Bearer","expires_in":)" + std::to_string(life_s) +
                   R"(,"access_token":")" + token + "\"}");
}

struct seen {
  seams::request what;
  seams::duration at;
};

/// Answers by the latest route whose text the URL contains. Routes give their answers in order and
/// repeat the last one; what no route knows is answered with 599.
class scripted_transport final : public seams::transport {
public:
  explicit scripted_transport(seams::clock& time) : time_(time) {}

  void on(std::string url_part, std::vector<answer> answers) {
    std::erase_if(routes_, [&](const route& one) { return one.url_part == url_part; });
    routes_.insert(routes_.begin(), {std::move(url_part), std::move(answers), 0});
  }

  auto exchange(seams::request query)
      -> boost::asio::awaitable<seams::result<seams::response>> override {
    asked.push_back({query, time_.elapsed()});
    auto out = respond ? respond(query) : scripted(query.url);
    auto span = latency;
    if (out && out->status == never) {
      span = std::chrono::hours{1'000};
    }
    co_await time_.sleep_for(span, "the network");
    co_return out;
  }

  [[nodiscard]] auto count(const std::string& url_part) const -> int {
    return static_cast<int>(to(url_part).size());
  }
  [[nodiscard]] auto to(const std::string& url_part) const -> std::vector<seen> {
    auto out = std::vector<seen>();
    for (const auto& one : asked) {
      if (one.what.url.find(url_part) != std::string::npos) {
        out.push_back(one);
      }
    }
    return out;
  }

  static constexpr auto never = -1; ///< status of an answer that does not come
  std::vector<seen> asked;
  seams::duration latency = std::chrono::milliseconds{20};
  std::function<answer(const seams::request&)> respond; ///< instead of the routes

private:
  struct route {
    std::string url_part;
    std::vector<answer> answers;
    std::size_t given;
  };

  auto scripted(const std::string& url) -> answer {
    for (auto& one : routes_) {
      if (url.find(one.url_part) != std::string::npos) {
        const auto index = std::min(one.given++, one.answers.size() - 1);
        return one.answers[index];
      }
    }
    return reply(599, "");
  }

  seams::clock& time_;
  std::vector<route> routes_;
};

} // namespace fakes
