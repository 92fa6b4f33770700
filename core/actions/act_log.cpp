#include "core/actions/act_log.hpp"

#include "core/actions/reading.hpp"

#include <fmt/format.h>

#include <array>

namespace core::actions {
namespace {

using nlohmann::ordered_json;
using seams::failure;
using seams::reaction;

constexpr auto log_connector = "offtenant_actions";

auto place_of(const std::string& act) -> std::string {
  return std::string(log_feed) + "/" + act;
}

auto dumped(const ordered_json& what) -> std::string {
  return what.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

auto parameters_json(const parameter_list& all) -> ordered_json {
  auto out = ordered_json::object();
  for (const auto& [name, values] : all) {
    out[name] = values;
  }
  return out;
}

/// The members that every entry has, in the order of the documentation.
auto entry_of(const std::string& act,
              const act_request& what,
              const step& of,
              std::string_view phase,
              seams::instant at) -> ordered_json {
  auto out = ordered_json();
  out["act"] = act;
  out["action"] = what.name;
  out["case"] = what.case_id;
  out["phase"] = phase;
  out["at"] = seams::to_rfc3339(at);
  out["step"] = of.id;
  out["target"] = of.target;
  out["does"] = of.does;
  return out;
}

auto ending_named(std::string_view text) -> std::optional<ending> {
  for (const auto one :
       {ending::done, ending::already, ending::failed, ending::pending, ending::unknown}) {
    if (name_of(one) == text) {
      return one;
    }
  }
  return std::nullopt;
}

/// One more entry of a step, the next by its version.
void add_to(step_history& known, const stored_record& one, const nlohmann::json& entry) {
  ++known.entries;
  known.target = text_in(entry, "target");
  known.at = one.what.event_time.value_or(one.received_at);
  known.open = text_in(entry, "phase") == "intent";
  if (known.open) {
    known.basis = text_in(entry, "basis");
  } else {
    known.how = ending_named(text_in(entry, "result"));
    known.open = known.how == ending::unknown;
  }
}

} // namespace

auto name_of(ending how) -> std::string_view {
  static constexpr auto names =
      std::to_array<std::string_view>({"done", "already", "failed", "pending", "unknown"});
  return names[static_cast<std::size_t>(how)];
}

auto act_log::begin(const std::string& act, const act_request& what) -> seams::result<void> {
  auto header = ordered_json();
  header["action"] = what.name;
  header["case"] = what.case_id;
  header["parameters"] = parameters_json(what.parameters);
  auto next = commit();
  next.feed = place_of(act);
  next.now = time_.wall();
  next.cursor = dumped(header);
  const auto written = records_.apply(next);
  return written ? seams::result<void>() : seams::result<void>(written.error());
}

auto act_log::request_of(const std::string& act) -> seams::result<act_request> {
  const auto text = records_.cursor(place_of(act));
  if (!text) {
    return text.error();
  }
  const auto header = ordered_json::parse(text->value_or(""), nullptr, false);
  if (!header.is_object()) {
    return failure(
        reaction::stop_and_diagnose, "no_such_act", "the store knows no act called " + act);
  }
  auto out = act_request();
  out.name = header.value("action", "");
  out.case_id = header.value("case", "");
  const auto parameters = header.value("parameters", ordered_json::object());
  for (const auto& [name, values] : parameters.items()) {
    out.parameters.emplace_back(name, values.get<std::vector<std::string>>());
  }
  return out;
}

auto act_log::history_of(const std::string& act)
    -> seams::result<std::map<std::string, step_history>> {
  auto entries = std::vector<stored_record>();
  auto query = record_query();
  query.feed = log_feed;
  const auto read = records_.read(query, [&](const stored_record& one) {
    if (one.what.key.starts_with(act + "/")) {
      entries.push_back(one);
    }
    return true;
  });
  if (read.has_error()) {
    return read.error();
  }
  auto out = std::map<std::string, step_history>();
  for (const auto& one : entries) { // in order of their versions
    const auto entry = nlohmann::json::parse(one.what.raw, nullptr, false);
    if (entry.is_object()) {
      add_to(out[text_in(entry, "step")], one, entry);
    }
  }
  return out;
}

auto act_log::lately(const std::string& action, const std::string& step_id, seams::duration span)
    -> seams::result<std::optional<step_history>> {
  auto by_act = std::map<std::string, step_history>();
  auto query = record_query();
  query.feed = log_feed;
  const auto since = time_.wall() - span;
  const auto read = records_.read(query, [&](const stored_record& one) {
    const auto slash = one.what.key.find('/');
    if (one.what.event_time >= since && one.what.key.substr(slash + 1) == step_id) {
      const auto entry = nlohmann::json::parse(one.what.raw, nullptr, false);
      if (entry.is_object() && text_in(entry, "action") == action) {
        add_to(by_act[one.what.key.substr(0, slash)], one, entry);
      }
    }
    return true;
  });
  if (read.has_error()) {
    return read.error();
  }
  auto out = std::optional<step_history>();
  for (const auto& [act, known] : by_act) {
    const auto sent = known.open || known.how == ending::done;
    if (sent && (!out || out->at < known.at)) {
      out = known;
    }
  }
  return out;
}

auto act_log::intend(const std::string& act, const act_request& what, const step& next, int entry)
    -> seams::result<void> {
  auto out = entry_of(act, what, next, "intent", time_.wall());
  out["request"] = {{"method", next.call.method},
                    {"url", next.call.url},
                    {"body", next.call.body},
                    {"client_request_id", next.request_id}};
  out["basis"] = next.basis;
  out["undo"] = next.undo;
  return write(act, next, fmt::format("{:03}-intent", entry), std::move(out));
}

auto act_log::conclude(const std::string& act,
                       const act_request& what,
                       const step& over,
                       const outcome& end,
                       int entry) -> seams::result<void> {
  auto out = entry_of(act, what, over, "outcome", time_.wall());
  out["result"] = name_of(end.how);
  out["code"] = end.code;
  out["text"] = end.text;
  return write(act, over, fmt::format("{:03}-outcome", entry), std::move(out));
}

auto act_log::write(const std::string& act, const step& of, std::string version, ordered_json entry)
    -> seams::result<void> {
  auto one = record();
  one.feed = log_feed;
  one.connector_type = log_connector;
  one.key = act + "/" + of.id;
  one.version = std::move(version);
  one.raw = dumped(entry);
  auto next = commit();
  next.feed = log_feed;
  next.now = time_.wall();
  one.event_time = next.now;
  next.records.push_back(std::move(one));
  const auto written = records_.apply(next);
  return written ? seams::result<void>() : seams::result<void>(written.error());
}

} // namespace core::actions
