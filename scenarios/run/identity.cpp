#include "scenarios/run/identity.hpp"

#include "core/seams/digest.hpp"
#include "scenarios/run/feed_views.hpp"

#include <nlohmann/json.hpp>

namespace scenarios::run {
namespace {

using nlohmann::json;

auto text(const json& record, std::string_view name) -> std::string {
  const auto found = record.find(name);
  return found != record.end() && found->is_string() ? found->get<std::string>() : std::string();
}

auto truth(const json& record, const char* name) -> bool {
  const auto found = record.find(name);
  return found != record.end() && ((found->is_boolean() && found->get<bool>()) ||
                                   (found->is_number() && found->get<double>() != 0));
}

} // namespace

auto identify(std::string_view feed, const std::string& raw) -> identity {
  const auto unknown = identity{std::string(feed), seams::to_hex(seams::sha256(raw)), ""};
  const auto record = json::parse(raw, nullptr, false);
  if (!record.is_object()) {
    return unknown;
  }
  if (feed == "safe_links") {
    return {std::string(feed),
            text(record, "ReportId") + (truth(record, "IsClickedThrough") ? "|1|" : "|0|") +
                text(record, "ActionType") + "|" + text(record, "Timestamp"),
            ""};
  }
  const auto& view = view_of(feed);
  auto id = text(record, view.id);
  return id.empty() ? unknown
                    : identity{std::string(feed), std::move(id), text(record, view.version)};
}

} // namespace scenarios::run
