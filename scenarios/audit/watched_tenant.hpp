#pragma once
// Stands before a mock tenant and notes, for an audit, what each of its answers carried.
#include "mock_graph/server/mock_tenant.hpp"
#include "scenarios/audit/answer_content.hpp"
#include "scenarios/run/trace.hpp"

#include <unordered_map>

namespace scenarios::audit {

/// That an answer, by its place in the tenant's journal, carried a record.
struct sighting {
  std::size_t answer = 0;
  mock_graph::fingerprint bytes;
};

/// A link to a next page, and what became of it.
struct page_link {
  std::string url;
  std::size_t first_given = 0; ///< place in the journal of the answer that gave it first
  std::size_t given = 0;       ///< answers that gave it
  std::size_t followed = 0;    ///< requests for it that were answered with 200
};

/// Every request to the tenant must come through here. An answer that a fault cuts, loses or spoils
/// on its way carries nothing. What
/// the parts of a batch carried counts for the part.
class watched_tenant final : public mock_graph::service {
public:
  explicit watched_tenant(mock_graph::server::mock_tenant& inner) : inner_(inner) {}

  auto answer(const seams::request& query) -> mock_graph::reply override;

  /// The answers that carried a record of that name (`carried_record`), oldest first.
  [[nodiscard]] auto sightings_of(const mock_graph::fingerprint& name) const
      -> const std::vector<sighting>&;
  /// The answers that listed that blob.
  [[nodiscard]] auto listings_of(const std::string& blob) const -> const std::vector<std::size_t>&;
  /// All links that were given, in order of the first time.
  [[nodiscard]] auto pages() const -> const std::vector<page_link>& { return pages_; }
  /// One note a request, as a client on the spot would have it: sent and received at one moment.
  /// Requests of one moment stand 100 ns apart, in order, for clocks that do not run.
  [[nodiscard]] auto exchanges() const -> const std::vector<run::exchange_note>& {
    return exchanges_;
  }

private:
  void note_exchange(const mock_graph::journal_entry& entry, const mock_graph::reply& given);
  void note_answer(const seams::response& given, std::size_t place);
  void note_page(const std::string& asked, const std::string& next, std::size_t answer);

  mock_graph::server::mock_tenant& inner_;
  std::unordered_map<mock_graph::fingerprint, std::vector<sighting>, mock_graph::fingerprint_hash>
      sightings_;
  std::unordered_map<std::string, std::vector<std::size_t>> listings_;
  std::vector<page_link> pages_;
  std::unordered_map<std::string, std::size_t> page_at_; ///< decoded link to its place in `pages_`
  std::vector<run::exchange_note> exchanges_;
};

} // namespace scenarios::audit
