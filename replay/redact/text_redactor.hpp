#pragma once
// Replaces people, places and secrets in texts of any kind, whatever they are encoded in.
#include "replay/redact/field_kinds.hpp"
#include "replay/redact/patterns.hpp"
#include "replay/redact/policy.hpp"
#include "replay/redact/pseudonyms.hpp"
#include "replay/redact/secret_memory.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace replay {

/// Signs a token that stands for another: header and claims are JSON objects; gives the compact
/// form (RFC 7515, 3.1). Without one, such tokens have a signature that says what they are.
using token_signer =
    std::function<std::string(const std::string& header, const std::string& claims)>;

/// Equal texts in equal fields have equal stand-ins, in whatever encoding they stand: plain, JSON
/// escapes, JSON in a string, percent-encoding, HTML character references, base64, hexadecimal,
/// UTF-16; eight of them inside each other, beyond which a text is replaced whole. What was a
/// secret once is one everywhere. One thread: it remembers what it has seen, since traffic says the
/// same again and again.
class text_redactor {
public:
  enum class author { service, anybody };

  /// Learns secrets into `memory`, which may know some before; null: one of its own.
  text_redactor(redaction_policy policy,
                std::string key,
                token_signer sign = {},
                std::shared_ptr<secret_memory> memory = {});

  /// A text that stands under a name.
  [[nodiscard]] auto field(std::string_view name, std::string_view text) const -> std::string;
  /// A text of which nothing is known but that the service wrote it.
  [[nodiscard]] auto plain(std::string_view text) const -> std::string;
  [[nodiscard]] auto json(std::string_view text) const -> std::string;
  [[nodiscard]] auto url(std::string_view text) const -> std::string;
  /// "a=1&b=2", as forms and queries have it.
  [[nodiscard]] auto form(std::string_view text) const -> std::string;
  /// A body of any kind; UTF-16 too. JSON and markup lose names by their members and elements;
  /// other text loses every word where the policy takes out what is not known, unless the service
  /// wrote it, as errors are.
  [[nodiscard]] auto body(std::string_view bytes, author by = author::service) const -> std::string;

  /// For a text that is a secret whatever it looks like: the value of a cookie.
  [[nodiscard]] auto taken_out(std::string_view secret) const -> std::string;

  [[nodiscard]] auto memory() const -> const secret_memory& { return *memory_; }
  [[nodiscard]] auto names() const -> const pseudonyms& { return names_; }
  [[nodiscard]] auto policy() const -> const redaction_policy& { return policy_; }

private:
  using kind = field_kind;

  auto apply(std::string_view text, kind what, int depth) const -> std::string;
  auto by_name(std::string_view name, std::string_view text, int depth) const -> std::string;
  auto by_kind(std::string_view text, kind what, int depth) const -> std::string;
  auto kind_of(std::string_view name) const -> kind;
  auto json_at(std::string_view text, int depth) const -> std::string;
  auto markup(std::string_view text, kind otherwise) const -> std::string;
  auto url_at(std::string_view text, int depth) const -> std::string;
  auto path_at(std::string_view path, bool foreign, int depth) const -> std::string;
  auto form_at(std::string_view text, bool foreign, int depth) const -> std::string;
  auto query_at(std::string_view text, int depth) const -> std::string;
  auto token_at(std::string_view text, int depth) const -> std::string;
  auto through_encoding(std::string_view text, kind what, int depth) const
      -> std::optional<std::string>;
  auto chunks(std::string_view text, kind what, int depth) const -> std::string;
  auto scan(std::string_view text, kind what, int depth) const -> std::string;
  auto without_known(std::string_view gap, kind what, int depth) const -> std::string;
  auto stand_in(const pattern_found& found, std::string_view text, kind what, int depth) const
      -> std::string;
  auto filled(std::string_view gap, kind what, int depth) const -> std::string;
  auto inside_bytes(std::string_view bytes, kind what, int depth) const
      -> std::optional<std::string>;
  auto inside_base64(std::string_view word, kind what, int depth) const
      -> std::optional<std::string>;
  auto inside_word(std::string_view word, kind what, int depth) const -> std::optional<std::string>;
  auto secret(std::string_view text, int depth) const -> std::string;
  auto host(std::string_view name) const -> std::string;

  redaction_policy policy_;
  pseudonyms names_;
  token_signer sign_;
  std::shared_ptr<secret_memory> memory_;
  mutable std::unordered_map<std::string, kind> kinds_; ///< by name of the field
  /// What became of a text, behind its kind; good for as many secrets as were known then.
  mutable std::unordered_map<std::string, std::string> seen_;
  mutable std::size_t seen_with_ = 0;
};

} // namespace replay
