// Message traces: Graph messageTraces, and the Reporting Web Service and Get-MessageTraceV2 (sheet,
// section 4.4).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

namespace core::ocsf {
namespace {

constexpr auto trace = 4;

/// The other words of the service become 99 and themselves.
constexpr auto trace_statuses = std::to_array<word>({{"delivered", 1}, {"failed", 2}});

constexpr auto trace_fields = std::to_array<field>({
    {"id", "message_trace_uid"},
    {"id", "metadata.correlation_uid"},
    {"messageId", "email.message_uid"},
    {"receivedDateTime", "time", as_time},
    {"senderAddress", "from", as_mail},
    {"senderAddress", "email.from", as_mail},
    {"recipientAddress", "to[]", as_mail},
    {"recipientAddress", "email.to[]", as_mail},
    {"subject", "email.subject"},
    {"size", "email.size", as_whole},
    {"fromIP", "src_endpoint.ip", as_ip},
    {"toIP", "dst_endpoint.ip", as_ip},
    {"status", "status_id", trace_statuses},
});

constexpr auto classic_trace_fields = std::to_array<field>({
    {"MessageTraceId", "message_trace_uid"},
    {"MessageTraceId", "metadata.correlation_uid"},
    {"MessageId", "email.message_uid"},
    {"Received", "time", as_time},
    {"SenderAddress", "from", as_mail},
    {"SenderAddress", "email.from", as_mail},
    {"RecipientAddress", "to[]", as_mail},
    {"RecipientAddress", "email.to[]", as_mail},
    {"Subject", "email.subject"},
    {"Size", "email.size", as_whole},
    {"FromIP", "src_endpoint.ip", as_ip},
    {"ToIP", "dst_endpoint.ip", as_ip},
    {"Status", "status_id", trace_statuses},
});

auto shape_trace(draft& of) -> std::optional<std::string> {
  of.is(classes::email_activity, trace);
  of.choose("direction_id", 0);
  of.choose("status_id", 0);
  of.take("@odata.type");
  of.take("__metadata");
  const auto failed = of.number("status_id") == status::failure;
  of.choose("severity_id", failed ? severity::low : severity::informational);
  return of.has("email.from") || of.has("email.to")
             ? std::nullopt
             : std::optional<std::string>("neither sender nor recipient is a mail address");
}

constexpr auto trace_identity = std::to_array<std::string_view>({"id", "recipientAddress"});
constexpr auto classic_trace_identity =
    std::to_array<std::string_view>({"MessageTraceId", "RecipientAddress"});

} // namespace

constinit const source sources::message_traces = {.name = "messageTraces",
                                                  .provider = graph,
                                                  .product = "Exchange Online",
                                                  .prefix = "trace",
                                                  .identity = trace_identity,
                                                  .version = "status",
                                                  .time = "receivedDateTime",
                                                  .fields = trace_fields,
                                                  .shape = shape_trace};

constinit const source sources::message_traces_classic = {.name = "MessageTrace",
                                                          .provider = "Exchange Online",
                                                          .product = "Exchange Online",
                                                          .prefix = "trace",
                                                          .identity = classic_trace_identity,
                                                          .version = "Status",
                                                          .time = "Received",
                                                          .fields = classic_trace_fields,
                                                          .shape = shape_trace};

} // namespace core::ocsf
