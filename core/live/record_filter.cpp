#include "core/live/record_filter.hpp"

#include "core/seams/letters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::live {
namespace {

/// JSON inside a text inside JSON happens; deeper, nobody has seen it.
constexpr auto nesting_max = 2;

auto may_be_json(std::string_view text) -> bool {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

struct search {
  std::string text; ///< in lower case
  bool whole = false;

  [[nodiscard]] auto hits(const std::string& found) const -> bool {
    return whole ? found == text : found.find(text) != std::string::npos;
  }
};

/// Looks at each text of a document as it is read, and stops at the first hit.
class text_finder final : public nlohmann::json_sax<nlohmann::json> {
public:
  text_finder(const search& wanted, int nesting) : wanted_(wanted), nesting_(nesting) {}

  [[nodiscard]] auto found() const -> bool { return found_; }
  [[nodiscard]] auto broken() const -> bool { return broken_; }

  auto string(std::string& value) -> bool override;
  auto null() -> bool override { return true; }
  auto boolean(bool) -> bool override { return true; }
  auto number_integer(std::int64_t) -> bool override { return true; }
  auto number_unsigned(std::uint64_t) -> bool override { return true; }
  auto number_float(double, const std::string&) -> bool override { return true; }
  auto binary(binary_t&) -> bool override { return true; }
  auto start_object(std::size_t) -> bool override { return true; }
  auto key(std::string&) -> bool override { return true; }
  auto end_object() -> bool override { return true; }
  auto start_array(std::size_t) -> bool override { return true; }
  auto end_array() -> bool override { return true; }
  auto parse_error(std::size_t, const std::string&, const nlohmann::json::exception&)
      -> bool override {
    broken_ = true;
    return false;
  }

private:
  const search& wanted_;
  int nesting_;
  bool found_ = false;
  bool broken_ = false;
};

auto text_finder::string(std::string& value) -> bool {
  found_ = wanted_.hits(seams::lower_case(value));
  if (!found_ && nesting_ < nesting_max && may_be_json(value)) {
    auto inner = text_finder(wanted_, nesting_ + 1);
    (void)nlohmann::json::sax_parse(value, &inner);
    found_ = inner.found();
  }
  return !found_;
}

auto has_text(const std::string& raw, const search& wanted) -> bool {
  auto finder = text_finder(wanted, 0);
  (void)nlohmann::json::sax_parse(raw, &finder);
  return finder.found() ||
         (finder.broken() && seams::lower_case(raw).find(wanted.text) != std::string::npos);
}

} // namespace

auto query_of(const record_filter& filter) -> record_query {
  auto out = record_query();
  out.feed = filter.feed;
  out.connector_type = filter.connector_type;
  out.key = filter.key;
  return out;
}

auto matches(const record_filter& filter, const stored_record& what) -> bool {
  const auto at = what.what.event_time.value_or(what.received_at);
  if ((filter.since && at < *filter.since) || (filter.until && at >= *filter.until)) {
    return false;
  }
  const auto& raw = what.what.raw;
  return (filter.user.empty() || has_text(raw, search{seams::lower_case(filter.user), true})) &&
         (filter.url.empty() || has_text(raw, search{seams::lower_case(filter.url), false}));
}

} // namespace core::live
