#include "core/exchange/invocation.hpp"

#include "core/json/slice.hpp"

namespace core::exchange {
namespace {

/// Requests of one client must reach the same server, or its next links are worth nothing.
constexpr auto anchor_mailbox =
    std::string_view("APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@");

} // namespace

auto invocation(const connector_config& config,
                std::string_view cmdlet,
                std::string_view parameters,
                int page_size) -> api::call {
  auto out = api::call();
  out.of = workload::exchange;
  out.method = "POST";
  out.once = !cmdlet.starts_with("Get-");
  out.url = config.where.of(out.of).root + "/adminapi/beta/" + config.tenant_id + "/InvokeCommand";
  out.body = R"({"CmdletInput":{"CmdletName":")" + std::string(cmdlet) + R"(","Parameters":)" +
             std::string(parameters) + "}}";
  out.fields = {{"Content-Type", "application/json; charset=utf-8"},
                {"X-AnchorMailbox", std::string(anchor_mailbox) + config.tenant_id},
                {"X-CmdletName", std::string(cmdlet)},
                {"X-ResponseFormat", "json"},
                {"Prefer", "odata.maxpagesize=" + std::to_string(page_size)}};
  return out;
}

auto named_grant(seams::failure why, std::string_view cmdlet) -> seams::failure {
  if (why.code == "401") {
    return {why.next,
            "app_role_missing",
            "Exchange does not let the app in, though it got a token; " + why.why};
  }
  if (why.code == "403") {
    return {why.next,
            "directory_role_missing",
            "Exchange lets the app in but does not let it run " + std::string(cmdlet) +
                ": its service principal has no directory role that shows the cmdlet (a new one "
                "takes a while to work); " +
                why.why};
  }
  return why;
}

auto is_dead_link(const seams::failure& why) -> bool {
  return why.why.find("pagination request") != std::string::npos;
}

auto has_warnings(std::string_view body) -> bool {
  auto any = false;
  (void)json::for_each_element(json::member(body, "@adminapi.warnings").value_or(""),
                               [&](std::string_view) { any = true; });
  return any;
}

} // namespace core::exchange
