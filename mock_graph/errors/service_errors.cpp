#include "mock_graph/errors/service_errors.hpp"

#include <nlohmann/json.hpp>

namespace mock_graph::errors {
namespace {

using json = nlohmann::ordered_json;

/// "a long run": how long is not told.
constexpr auto nul_bytes = std::size_t{1024};

auto json_answer(int status, const json& body) -> seams::response {
  auto out = seams::response();
  out.status = status;
  out.fields.set("Content-Type", "application/json; charset=utf-8");
  out.body = body.dump();
  return out;
}

} // namespace

auto exchange(int status, std::string_view code, std::string_view type, std::string_view text)
    -> seams::response {
  auto detail = json();
  detail["code"] = "Client";
  detail["target"] = "";
  detail["message"] = "|" + std::string(type) + "|" + std::string(text);
  auto inner = json();
  inner["message"] = "Invalid Operation";
  inner["type"] = "Microsoft.Exchange.Admin.OData.Core.ODataServiceException";
  inner["stacktrace"] = "";
  inner["internalexception"] = json({{"message", text}, {"type", type}, {"stacktrace", ""}});
  auto body = json();
  body["error"]["code"] = code;
  body["error"]["message"] = "Invalid Operation";
  body["error"]["details"] = json::array({detail});
  body["error"]["innererror"] = inner;
  return json_answer(status, body);
}

auto exchange_forbidden() -> seams::response {
  auto out = seams::response();
  out.status = 403;
  out.body = std::string(nul_bytes, '\0');
  out.body_undecodable = true;
  return out;
}

auto resource_manager(int status, std::string_view code, std::string_view message)
    -> seams::response {
  auto body = json();
  body["error"]["code"] = code;
  body["error"]["message"] = message;
  return json_answer(status, body);
}

auto defender(int status, std::string_view code, std::string_view message, std::string_view target)
    -> seams::response {
  auto body = json();
  body["error"]["code"] = code;
  body["error"]["message"] = message;
  body["error"]["target"] = target;
  return json_answer(status, body);
}

auto cloud_apps(int status, std::string_view detail) -> seams::response {
  if (!detail.empty()) {
    return json_answer(status, json({{"detail", detail}}));
  }
  auto out = seams::response();
  out.status = status;
  return out;
}

} // namespace mock_graph::errors
