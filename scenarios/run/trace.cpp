#include "scenarios/run/trace.hpp"

namespace scenarios::run {
namespace {

/// Request headers that change what the service does; the rest is noise or secret.
constexpr auto telling_headers =
    std::to_array<std::string_view>({"Accept", "Content-Type", "Prefer", "client-request-id"});
constexpr auto telling_answer_headers =
    std::to_array<std::string_view>({"Content-Type", "NextPageUri", "Retry-After"});

auto is_token_call(const seams::request& query) -> bool {
  return query.url.find("/oauth2/") != std::string::npos;
}

auto digest_of(std::string_view body) -> std::string {
  return body.empty() ? "-" : seams::to_hex(seams::sha256(body)).substr(0, 16);
}

template <class names> auto pick(const seams::headers& fields, const names& wanted) -> std::string {
  auto out = std::string();
  for (const auto name : wanted) {
    if (const auto value = fields.find(name)) {
      out += " " + std::string(name) + "=" + std::string(*value);
    }
  }
  return out;
}

} // namespace

void trace::add(std::string line) {
  line = seams::to_rfc3339(time_.wall()) + " " + line;
  auto chained = std::string(reinterpret_cast<const char*>(hash_.data()), hash_.size());
  hash_ = seams::sha256(chained + line);
  if (sink_) {
    sink_(line);
  }
}

void trace::sent(const seams::request& query) {
  add("> " + query.method + " " + query.url + pick(query.fields, telling_headers) +
      " body=" + (is_token_call(query) ? "secret" : digest_of(query.body)));
}

void trace::received(const seams::request& query,
                     seams::instant sent_at,
                     const seams::result<seams::response>& answer) {
  auto note = exchange_note{sent_at, time_.wall(), query.method, query.url, 0, {}, {}};
  if (!answer) {
    note.failure = answer.error().code;
    add("< " + query.method + " " + query.url + " failed: " + note.failure);
  } else {
    note.status = answer->status;
    if (const auto after = answer->fields.find("Retry-After")) {
      note.retry_after = std::string(*after);
    }
    const auto secret = is_token_call(query) && answer->status == 200;
    add("< " + query.method + " " + query.url + " " + std::to_string(answer->status) +
        pick(answer->fields, telling_answer_headers) +
        " body=" + (secret ? "token" : digest_of(answer->body)) +
        (answer->body_undecodable ? " undecodable" : ""));
  }
  exchanges_.push_back(std::move(note));
}

void trace::abandoned(const seams::request& query, seams::instant sent_at) {
  add("! " + query.method + " " + query.url + " given up");
  exchanges_.push_back({sent_at, time_.wall(), query.method, query.url, 0, "given_up", {}});
}

void trace::committed(const core::commit& step,
                      const seams::result<core::commit_outcome>& outcome) {
  auto line = "= " + step.feed + " cursor=" + step.cursor.value_or("unchanged");
  for (const auto& record : step.records) {
    line += " " + record.key + "@" + record.version + ":" + digest_of(record.raw);
  }
  for (const auto& entry : step.health) {
    line += " health " + entry.feed + " " + entry.state + " " + entry.code;
  }
  if (outcome) {
    line += " stored " + std::to_string(outcome->stored) + " suppressed " +
            std::to_string(outcome->suppressed);
  } else {
    line += " failed " + outcome.error().code;
  }
  add(std::move(line));
}

void trace::note(std::string_view what) {
  add("* " + std::string(what));
}

auto traced_transport::exchange(seams::request query)
    -> boost::asio::awaitable<seams::result<seams::response>> {
  const auto sent_at = time_.wall();
  trace_.sent(query);
  co_await time_.sleep_for(latency_(), "a request on its way");
  auto bodiless = query;
  bodiless.body.clear();
  try {
    auto answer = co_await inner_.exchange(std::move(query));
    co_await time_.sleep_for(latency_(), "an answer on its way");
    trace_.received(bodiless, sent_at, answer);
    co_return answer;
  } catch (const boost::system::system_error&) {
    trace_.abandoned(bodiless, sent_at);
    throw;
  }
}

auto traced_store::apply(const core::commit& step) -> seams::result<core::commit_outcome> {
  auto outcome = inner_.apply(step);
  trace_.committed(step, outcome);
  return outcome;
}

} // namespace scenarios::run
