#pragma once
// Trouble that a scenario asks for: which requests it meets, when, and what they get instead.
#include "core/seams/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mock_graph::faults {

/// Routes are named "login.token", "graph.alerts", "graph.incidents", "graph.hunting",
/// "activity.start", "activity.list", "activity.content", "activity.blob"; a prefix ("graph") or
/// "*" meets several.
struct fault {
  enum class kind {
    status,           ///< answer `status` in the form the API uses for it
    throttle,         ///< 429 (or the Management API's 403) with `retry_after`
    cut,              ///< body cut after `cut_after` bytes
    reset,            ///< connection closed before the answer
    silence,          ///< no answer at all
    slow,             ///< right answer after `delay`
    undecodable,      ///< says gzip, is not
    html,             ///< a gateway's HTML page with `status`
    foreign_link,     ///< next links and content URIs point to a foreign host
    endless_link,     ///< the next link points to the same page for ever
    claims_challenge, ///< 401 that asks for a newer token
    ignore_filter,    ///< Graph: as if there were no $filter
    ignore_order,     ///< Graph: as if there were no $orderby, so newest first
    empty_page,       ///< Graph: no item, and a link to a page that has them
    long_link,        ///< Graph: the next link is longer than the gateway accepts
    empty_list,       ///< Graph: no item and no link, whatever there is
    cut_with_error    ///< Graph: a 200 that breaks off in a record and goes on as an error
  };
  std::string id; ///< how reports speak of it
  std::string route;
  kind what = kind::status;
  seams::instant from = seams::instant::min();
  seams::instant until = seams::instant::max();
  std::uint64_t first_call = 1; ///< of those that match route and time: which one is the first hit
  std::optional<std::uint64_t> calls; ///< how many calls it meets; absent: all
  int status = 503;
  std::string code;                           ///< "AF50000", "ServiceUnavailable"; "" = usual one
  std::string message;                        ///< of `status` on Graph
  std::optional<seams::duration> retry_after; ///< absent: no such header
  std::string retry_after_text;               ///< the same word for word: a date, "-5"
  std::string form; ///< throttle of the Management API: "403-quoted" (default), "403-json", "429"
  seams::duration delay{};
  std::uint64_t cut_after = 0; ///< bytes; records for `cut_with_error`
  // Only calls that fit all of these are met.
  std::string url;                         ///< text in the URL; "" = any
  std::optional<std::uint64_t> top_above;  ///< $top is greater
  std::optional<std::uint64_t> skip_above; ///< $skip is greater
  std::string holds;                       ///< text in the right answer; "" = any
  std::string origin;                      ///< scenario file:line
};

} // namespace mock_graph::faults
