#pragma once
// One connection to an origin, plain or TLS, that carries exchanges one after the other.
#include "core/adapters/socket/answer_parser.hpp"
#include "core/adapters/socket/trust.hpp"
#include "core/seams/time.hpp"
#include "core/seams/wire_meter.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

namespace core::adapters {

/// What came back over a connection.
struct conversation {
  boost::system::error_code error; ///< none: `answer` is whole
  bool begun = false;              ///< at least one byte of an answer came
  bool reusable = false;           ///< both sides leave the connection open
  seams::response answer;          ///< still in its content coding
};

class connection {
public:
  virtual ~connection() = default;

  /// Sends `message` and reads one answer, interim ones (1xx) skipped. Cancelled, it reports
  /// operation_aborted; the connection is then of no further use.
  virtual auto converse(std::string message, answer_limits limits, bool without_body)
      -> boost::asio::awaitable<conversation> = 0;
  /// Open, and nothing to read: an idle connection that the peer has closed is not quiet.
  [[nodiscard]] virtual auto quiet() -> bool = 0;
};

struct dial_plan {
  boost::asio::ip::tcp::endpoint to;
  seams::wire_meter* meter = nullptr; ///< may be null
  trust roots;                        ///< null: plain text
  std::string host;                   ///< TLS: the name that the certificate must carry
  seams::instant now{};               ///< TLS: the moment at which certificates must be valid
};

/// Fails with "connect_failed" or "tls_failed"; throws operation_aborted when cancelled.
auto dial(dial_plan plan) -> boost::asio::awaitable<seams::result<std::unique_ptr<connection>>>;

} // namespace core::adapters
