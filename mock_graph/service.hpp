#pragma once
// What a wire asks of the mock: an answer to one request, and how that answer reaches the client.
#include "core/seams/http.hpp"
#include "core/seams/time.hpp"

#include <cstddef>

namespace mock_graph {

/// How an answer travels. Each kind has one meaning on every wire.
struct delivery {
  enum class kind {
    whole,      ///< as it should be
    cut,        ///< the connection closes after `cut_after` bytes of the body
    reset,      ///< the connection closes before any byte of the answer
    silence,    ///< nothing ever comes; the connection stays open
    undecodable ///< Content-Encoding says gzip, the bytes are not
  };
  kind how = kind::whole;
  std::size_t cut_after = 0; ///< bytes, for `cut`
  seams::duration delay{};   ///< virtual time between request and first byte
};

struct reply {
  seams::response response;
  delivery travel;
};

/// Anything that answers HTTP requests. Synchronous: waiting is the wire's business.
class service {
public:
  virtual ~service() = default;

  /// `query.url` is absolute; its host is the one the client asked for.
  virtual auto answer(const seams::request& query) -> reply = 0;
};

} // namespace mock_graph
