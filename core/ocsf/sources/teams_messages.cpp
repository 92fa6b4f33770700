// Teams messages: hunting tables MessageEvents, MessageUrlInfo, MessagePostDeliveryEvents (sheet,
// end of section 4.5), and Graph's chatMessage.
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"
#include "core/seams/letters.hpp"

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto teams = std::string_view("Microsoft Teams");
constexpr auto made = 1;
constexpr auto changed = 3;

constexpr auto message_event_fields = std::to_array<field>({
    {"Timestamp", "time", as_time},
    {"SenderObjectId", "actor.user.uid"},
    {"SenderEmailAddress", "actor.user.name"},
    {"SenderEmailAddress", "actor.user.email_addr", as_mail},
    {"SenderDisplayName", "actor.user.full_name"},
    {"TeamsMessageId", "metadata.correlation_uid"},
    {"DeliveryLocation", "status_detail"},
    {"Subject", "message"},
});

/// Class and operation of a row about a message, the thread as its target, and the Teams service in
/// place of the address that no table has (see draft::put_demanded).
void put_message(draft& of, int activity, std::string_view operation, std::string_view own = {}) {
  of.is(classes::api_activity, activity, own);
  of.put("api.operation", operation);
  of.put("api.service.name", teams);
  type_user(of, "actor.user", 1);
  const auto thread = of.text("ThreadId");
  if (!thread.empty()) {
    of.put("resources",
           json::array({resource(thread, of.text("ThreadName"), "Thread", role::target)}));
    of.take("ThreadId");
    of.take("ThreadName");
  }
}

auto shape_message_event(draft& of) -> std::optional<std::string> {
  put_message(of, made, "MessageEvents");
  const auto is_threat = names_a_threat(of.text("ThreatTypes"));
  const auto was_delivered = same_word(of.text("DeliveryAction"), "Delivered");
  of.choose("severity_id",
            !is_threat      ? severity::informational
            : was_delivered ? severity::high
                            : severity::low);
  return std::nullopt;
}

constexpr auto message_part_fields = std::to_array<field>({
    {"Timestamp", "time", as_time},
    {"TeamsMessageId", "metadata.correlation_uid"},
});

auto shape_message_url(draft& of) -> std::optional<std::string> {
  of.put("http_request.url", as_url(of.text("Url")));
  of.take("Url");
  put_message(of, made, "MessageUrlInfo");
  return std::nullopt;
}

auto shape_message_action(draft& of) -> std::optional<std::string> {
  const auto kind = of.text("ActionType");
  put_message(of, changed, "MessagePostDeliveryEvents");
  if (!kind.empty()) {
    of.put("metadata.event_code", kind);
    of.put("message", kind);
    of.take("ActionType");
  }
  const auto result = of.text("ActionResult");
  if (!result.empty()) {
    const auto id = seams::lower_case(result).starts_with("success") ? status::success
                    : mentions(result, "fail")                       ? status::failure
                                                                     : other;
    of.choose("status_id", id, result);
    of.take("ActionResult");
  }
  of.choose("severity_id", severity::medium);
  return std::nullopt;
}

/// graph/api/resources/chatmessage.
constexpr auto chat_message_fields = std::to_array<field>({
    {"createdDateTime", "time", as_time},
    {"lastModifiedDateTime", "metadata.modified_time", as_time},
    {"from.user.id", "actor.user.uid"},
    {"from.user.displayName", "actor.user.full_name"},
    {"from.application.id", "actor.app_uid"},
    {"from.application.displayName", "actor.app_name"},
    {"id", "metadata.correlation_uid"},
    {"subject", "message"},
    {"webUrl", "http_request.url", as_url},
});

auto shape_chat_message(draft& of) -> std::optional<std::string> {
  constexpr auto deleted = 4;
  const auto activity = !of.text("deletedDateTime").empty()      ? deleted
                        : !of.text("lastEditedDateTime").empty() ? changed
                                                                 : made;
  of.is(classes::api_activity, activity);
  of.put("api.operation", "chatMessage");
  of.put("api.service.name", teams);
  type_user(of, "actor.user", 1);
  const auto chat = of.text("chatId");
  const auto channel = of.text("channelIdentity.channelId");
  if (!chat.empty() || !channel.empty()) {
    const auto kind = chat.empty() ? "Channel" : "Chat";
    of.put("resources",
           json::array({resource(chat.empty() ? channel : chat, "", kind, role::target)}));
    of.take(chat.empty() ? "channelIdentity.channelId" : "chatId");
  }
  return std::nullopt;
}

constexpr auto message_identity =
    std::to_array<std::string_view>({"TeamsMessageId", "MessageVersion"});
constexpr auto message_url_identity = std::to_array<std::string_view>({"TeamsMessageId", "Url"});
constexpr auto message_action_identity =
    std::to_array<std::string_view>({"TeamsMessageId", "ActionType", "Timestamp"});
constexpr auto chat_message_identity = std::to_array<std::string_view>({"id", "etag"});

} // namespace

constinit const source sources::message_events = {.name = "MessageEvents",
                                                  .provider = graph,
                                                  .product = defender_for_office,
                                                  .feature = advanced_hunting,
                                                  .prefix = "message",
                                                  .identity = message_identity,
                                                  .time = "Timestamp",
                                                  .fields = message_event_fields,
                                                  .shape = shape_message_event};

constinit const source sources::message_url_info = {.name = "MessageUrlInfo",
                                                    .provider = graph,
                                                    .product = defender_for_office,
                                                    .feature = advanced_hunting,
                                                    .prefix = "message-link",
                                                    .identity = message_url_identity,
                                                    .time = "Timestamp",
                                                    .fields = message_part_fields,
                                                    .shape = shape_message_url};

constinit const source sources::message_post_delivery = {.name = "MessagePostDeliveryEvents",
                                                         .provider = graph,
                                                         .product = defender_for_office,
                                                         .feature = advanced_hunting,
                                                         .prefix = "message-delivery",
                                                         .identity = message_action_identity,
                                                         .time = "Timestamp",
                                                         .fields = message_part_fields,
                                                         .shape = shape_message_action};

constinit const source sources::chat_messages = {.name = "chatMessage",
                                                 .provider = graph,
                                                 .product = teams,
                                                 .prefix = "chat-message",
                                                 .identity = chat_message_identity,
                                                 .version = "lastModifiedDateTime",
                                                 .time = "createdDateTime",
                                                 .fields = chat_message_fields,
                                                 .shape = shape_chat_message};

} // namespace core::ocsf
