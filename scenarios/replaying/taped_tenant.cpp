#include "scenarios/replaying/taped_tenant.hpp"

#include "core/seams/letters.hpp"
#include "replay/match/dates_in_text.hpp"
#include "scenarios/replaying/recorded_tenant.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace scenarios::replaying {
namespace {

using namespace std::chrono_literals;
using mock_graph::delivery;

constexpr auto unmatched_kept = std::size_t{50};
/// No client waits longer, whatever a file says.
constexpr auto delay_most = std::chrono::milliseconds{10min};
constexpr auto lists_counted_max = std::size_t{1000};
/// Of the wire that was recorded: this wire has its own.
constexpr auto wire_fields = std::to_array<std::string_view>(
    {"Content-Length", "Transfer-Encoding", "Content-Encoding", "Connection", "Keep-Alive"});

auto is_visible_text(std::string_view text) -> bool {
  return std::ranges::all_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

auto is_field_name(std::string_view name) -> bool {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= '0' && c <= '9') || (seams::lower(c) >= 'a' && seams::lower(c) <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

/// What HTTP can carry of what the file says, with its dates moved by `drift`.
auto head_of(const seams::headers& recorded, std::chrono::seconds drift) -> seams::headers {
  auto out = seams::headers();
  const auto shift = replay::date_shift{drift, seams::instant::min(), seams::instant::max()};
  for (const auto& one : recorded) {
    const auto is_wires = std::ranges::any_of(wire_fields, [&](std::string_view name) {
      return seams::equal_ignoring_case(name, one.name);
    });
    if (is_wires || !is_field_name(one.name) || !is_visible_text(one.value)) {
      continue;
    }
    auto value = one.value;
    if (drift != 0s && (seams::equal_ignoring_case(one.name, "Date") ||
                        seams::equal_ignoring_case(one.name, "Retry-After"))) {
      replay::move_dates(value, shift);
    }
    out.add(one.name, std::move(value));
  }
  return out;
}

auto failed_delivery(const std::string& why) -> mock_graph::reply {
  auto out = mock_graph::reply();
  out.response = {200, {{"Content-Type", "application/json"}}, "{}"};
  out.travel.how = why == "answer_cut"  ? delivery::kind::cut
                   : why == "no_answer" ? delivery::kind::silence
                                        : delivery::kind::reset;
  out.travel.cut_after = 1;
  return out;
}

auto error_answer(int status, const char* code, const std::string& text) -> mock_graph::reply {
  auto body = nlohmann::ordered_json();
  body["error"]["code"] = code;
  body["error"]["message"] = text;
  auto out = mock_graph::reply();
  out.response = {status,
                  {{"Content-Type", "application/json"}},
                  body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
  return out;
}

auto joined(const std::vector<std::string>& lines) -> std::string {
  auto out = std::string();
  for (const auto& one : lines) {
    out += (out.empty() ? "" : "; ") + one;
  }
  return out;
}

} // namespace

taped_tenant::taped_tenant(const replay::cassette& tape,
                           tape_mode mode,
                           mock_graph::service& model,
                           const seams::clock& time)
    : tape_(tape), mode_(mode), model_(model), time_(time),
      index_(tape.exchanges,
             mode == tape_mode::loop,
             [](const replay::exchange& one) { return !is_login(one.asked); }),
      login_(tape.exchanges), failures_left_(login_.failures_left().size()),
      last_progress_(time.wall()) {
  wanted_ = index_.unused() + failures_left_;
}

auto taped_tenant::answer(const seams::request& query) -> mock_graph::reply {
  if (is_login(query)) {
    return log_in(query);
  }
  const auto found = index_.take(query);
  using kind = replay::match::kind;
  switch (found.how) {
  case kind::recorded:
    last_progress_ = time_.wall();
    return played(found.index);
  case kind::again: {
    auto list = replay::to_text(replay::shape_of(query));
    if (again_.contains(list) || again_.size() < lists_counted_max) {
      ++again_[std::move(list)];
    }
    return played(found.index);
  }
  case kind::cut_off:
    return error_answer(503, "offtenant_end", "the recording ends before this page was asked for");
  case kind::unmatched:
    break;
  }
  if (mode_ == tape_mode::fill) {
    ++filled_;
    return model_.answer(query);
  }
  return refuse(query);
}

auto taped_tenant::log_in(const seams::request& query) -> mock_graph::reply {
  const auto is_due = [this](const std::string& host, std::size_t before) {
    const auto first = index_.first_unused_of(host);
    return first && *first < before;
  };
  if (taped_login::is_token_request(query)) {
    if (const auto failure = login_.failure_for(query, is_due)) {
      const auto left = login_.failures_left().size();
      if (left != failures_left_) {
        failures_left_ = left;
        last_progress_ = time_.wall();
      }
      return played(*failure);
    }
  }
  return model_.answer(query);
}

auto taped_tenant::played(std::size_t index) -> mock_graph::reply {
  const auto& one = tape_.exchanges[index];
  auto out = mock_graph::reply();
  if (!one.failed.empty() || one.answered.status < 200 || one.answered.status > 999) {
    out = failed_delivery(one.failed);
  } else {
    const auto recorded = tape_.head.base + one.at;
    const auto drift = std::chrono::floor<std::chrono::seconds>(time_.wall() - recorded + 500ms);
    out.response.status = one.answered.status;
    out.response.fields = head_of(one.answered.fields, drift);
    out.response.body = one.answered.body;
    out.travel.how =
        one.answered.body_undecodable ? delivery::kind::undecodable : delivery::kind::whole;
  }
  out.travel.delay = std::min(one.took, delay_most);
  return out;
}

auto taped_tenant::refuse(const seams::request& query) -> mock_graph::reply {
  ++unmatched_count_;
  auto from = index_.closest_to(query);
  auto text = "nothing like this request was recorded" +
              (from.closest ? "; the closest differs: " + joined(from.fields) : std::string());
  if (unmatched_.size() < unmatched_kept) {
    unmatched_.push_back({time_.wall(), query.method, query.url, std::move(from)});
  }
  return error_answer(404, "offtenant_unmatched", text);
}

auto taped_tenant::is_over() const -> bool {
  return index_.unused() == 0 && failures_left_ == 0;
}

auto taped_tenant::unused() const -> std::vector<std::size_t> {
  auto out = login_.failures_left();
  for (auto i = std::size_t{0}; i < tape_.exchanges.size(); ++i) {
    if (!index_.is_used(i)) {
      out.push_back(i);
    }
  }
  std::ranges::sort(out);
  return out;
}

} // namespace scenarios::replaying
