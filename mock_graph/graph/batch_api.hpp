#pragma once
// POST /$batch: up to twenty requests of Graph in one, each answered as if it had come alone.
#include "mock_graph/door.hpp"
#include "mock_graph/graph/batch_request.hpp"
#include "mock_graph/service.hpp"

#include <functional>

namespace mock_graph::graph {

/// Parts run at the moment of the batch, with its token and its `client-request-id`; each counts
/// against limits, meets faults and stands in the journal on its own. The batch is 200 whatever
/// becomes of them.
///
/// - Parts that do not wait for each other are answered last first: the order is no promise, and it
///   was measured so (directory sheet, 2.6).
/// - A part whose predecessor did not end with 2xx is not asked: 424. That code word and its empty
///   message are inferred.
/// - Bodies that are no JSON are in base64; bodies of JSON keep their bytes.
/// - `headers` are those of the service behind, without ids and date of the exchange, as in the
///   samples of learn.microsoft.com/graph/json-batching.
/// - An answer that would have been cut, garbled, withheld or refused a connection happens between
///   Graph's front door and the service, so the part is a 504 `UnknownError` (form: security sheet,
///   5.3; which status, no source shows). A slow one delays the batch.
class batch_api final : public door {
public:
  /// Answers one request with an absolute URL, of any length up to `batch_bytes_max`.
  using part_answerer = std::function<reply(const seams::request&)>;

  explicit batch_api(part_answerer ask) : ask_(std::move(ask)) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  auto run(call& what, const batch_part& part) -> reply;

  part_answerer ask_;
};

} // namespace mock_graph::graph
