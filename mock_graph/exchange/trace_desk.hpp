#pragma once
// What Get-MessageTraceV2 works on: the traces, and how many queries they had of late.
#include "mock_graph/graph/throttle_bucket.hpp"
#include "mock_graph/mail_flow/trace_log.hpp"

namespace mock_graph::exchange {

struct trace_desk {
  const mail_flow::trace_log& log;
  /// 100 query requests in a running window of five minutes
  /// (learn.microsoft.com/powershell/module/exchangepowershell/get-messagetracev2).
  graph::throttle_bucket queries{100, std::chrono::minutes{5}};
};

} // namespace mock_graph::exchange
