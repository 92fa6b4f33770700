#include "replay/leak/leak_check.hpp"

#include "core/seams/letters.hpp"
#include "replay/redact/field_kinds.hpp"
#include "replay/redact/json_rewrite.hpp"
#include "replay/redact/markup.hpp"
#include "replay/redact/patterns.hpp"
#include "replay/redact/pseudonyms.hpp"
#include "replay/text/base64.hpp"
#include "replay/text/encodings.hpp"
#include "replay/text/word_finder.hpp"

#include <algorithm>
#include <set>

namespace replay {
namespace {

constexpr auto view_depth_most = 5;
constexpr auto encoded_least = std::size_t{8};
constexpr text::byte_order byte_orders[] = {text::byte_order::little, text::byte_order::big};

/// The digits of base64 that `bytes` determine alone when `skipped` bytes stand before them.
auto aligned_base64(std::string_view bytes, std::size_t skipped) -> std::string {
  const auto all = text::to_base64(std::string(skipped, '\0') + std::string(bytes),
                                   text::base64_form::plain_unpadded);
  const auto before = (skipped * 8 + 5) / 6;
  const auto whole = (skipped + bytes.size()) * 8 / 6;
  return all.substr(before, whole - before);
}

/// What to look for in text in lower case.
auto needles_of(const std::string& secret) -> std::set<std::string> {
  auto swapped = secret;
  auto capitals = secret;
  for (auto& c : swapped) {
    c = text::is_letter(c) ? static_cast<char>(c ^ 0x20) : c;
  }
  std::transform(capitals.begin(), capitals.end(), capitals.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  auto out = std::set<std::string>{seams::lower_case(secret)};
  for (const auto& spelt : {secret, seams::lower_case(secret), capitals, swapped}) {
    for (const auto& bytes : {spelt,
                              text::to_utf16(spelt, text::byte_order::little),
                              text::to_utf16(spelt, text::byte_order::big)}) {
      out.insert(seams::lower_case(bytes));
      out.insert(text::to_hex(bytes));
      for (auto skipped = std::size_t{0}; skipped < 3; ++skipped) {
        auto digits = seams::lower_case(aligned_base64(bytes, skipped));
        if (digits.size() >= encoded_least) {
          out.insert(digits);
          std::replace(digits.begin(), digits.end(), '+', '-');
          std::replace(digits.begin(), digits.end(), '/', '_');
          out.insert(std::move(digits));
        }
      }
    }
  }
  return out;
}

auto may_stay(std::string_view domain, const redaction_policy& policy) -> bool {
  const auto below = '.' + seams::lower_case(domain);
  const auto kept = std::any_of(
      policy.keep_domains.begin(), policy.keep_domains.end(), [&](const std::string& one) {
        return below.ends_with('.' + seams::lower_case(one));
      });
  return kept || is_stand_in_domain(domain) || is_service_domain(domain);
}

/// The hash of a file may have the size of a GUID.
auto is_hash_at(std::string_view text, std::size_t begin) -> bool {
  const auto before =
      seams::lower_case(text.substr(begin < 12 ? 0 : begin - 12, std::min<std::size_t>(begin, 12)));
  return before.find("md5") != before.npos;
}

auto is_known_guid(std::string_view value, const redaction_policy& policy) -> bool {
  return is_stand_in_guid(value) || is_service_guid(value) ||
         std::any_of(policy.keep_ids.begin(), policy.keep_ids.end(), [&](const std::string& one) {
           return seams::equal_ignoring_case(one, value);
         });
}

auto is_stand_in_ipv4(std::string_view value) -> bool {
  const auto first = std::stoi(std::string(value.substr(0, value.find('.'))));
  return first >= 240 || first == 10 || first == 127 || first == 0;
}

auto is_stand_in_token(std::string_view value) -> bool {
  const auto header = text::from_base64(value.substr(0, value.find('.')));
  return header && header->find('"' + std::string(stand_in_mark) + '"') != header->npos;
}

auto is_plain_text(std::string_view bytes) -> bool {
  return text::is_utf8(bytes) && std::none_of(bytes.begin(), bytes.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
         });
}

auto is_wide_text(std::string_view bytes) -> bool {
  return std::any_of(std::begin(byte_orders), std::end(byte_orders), [&](text::byte_order order) {
    const auto wide = text::from_utf16(bytes, order);
    return wide && wide->size() * 2 == bytes.size() && is_plain_text(*wide);
  });
}

/// Whether a word is digits for text: that is looked at decoded, and no key decodes to text.
auto is_encoded_text(std::string_view word) -> bool {
  for (const auto& bytes : {text::from_base64(word), text::from_hex(word)}) {
    if (bytes && !bytes->empty() && (is_plain_text(*bytes) || is_wide_text(*bytes))) {
      return true;
    }
  }
  return false;
}

/// Where in a word of digits and '/' a part begins that is random by itself: in a path, what stands
/// before it is none of it.
auto random_part(std::string_view word) -> std::size_t {
  auto begin = std::size_t{0};
  for (auto slash = word.find('/'); slash != word.npos; slash = word.find('/', begin)) {
    if (looks_random(word.substr(begin, slash - begin))) {
      break;
    }
    begin = slash + 1;
  }
  return begin;
}

/// What a pattern is, if it is no stand-in.
auto finding(const pattern_found& found, std::string_view text, const redaction_policy& policy)
    -> std::string {
  const auto value = found.in(text);
  switch (found.what) {
  case pattern::token:
    return is_stand_in_token(value) ? "" : "a token";
  case pattern::key: {
    const auto begin = found.begin + random_part(value);
    const auto part = begin > found.begin ? next_pattern(text, begin) : std::nullopt;
    if (part && part->begin == begin && part->what != pattern::key) {
      return finding(*part, text, policy);
    }
    return is_encoded_text(text.substr(begin, found.end - begin)) ? "" : "a key";
  }
  case pattern::secret:
    return seams::lower_case(value).starts_with(stand_in_mark) || is_stand_in_token(value)
               ? ""
               : "a named secret";
  case pattern::thread: {
    const auto known =
        value.find(stand_in_guid_mark) != value.npos || value.find(stand_in_mark) != value.npos;
    return !policy.ids || known ? "" : "an id";
  }
  case pattern::address:
    return !policy.people || may_stay(value.substr(value.rfind('@') + 1), policy)
               ? ""
               : "a mail address";
  case pattern::guid:
    return !policy.ids || is_known_guid(value, policy) || is_hash_at(text, found.begin) ? ""
                                                                                        : "an id";
  case pattern::ipv4:
    return !policy.addresses || is_stand_in_ipv4(value) ? "" : "an IP address";
  case pattern::ipv6: {
    const auto lower = seams::lower_case(value);
    return !policy.addresses || lower.starts_with("2001:db8:") || lower == "::1" ? ""
                                                                                 : "an IP address";
  }
  case pattern::domain:
    return !policy.domains || may_stay(value, policy) ? "" : "a real domain";
  default:
    return "";
  }
}

/// Looks at a text and at all that it decodes to.
class searcher {
public:
  searcher(const std::vector<std::string>& known, const redaction_policy& policy)
      : policy_(policy) {
    for (auto i = std::size_t{0}; i < known.size(); ++i) {
      if (known[i].size() < known_secret_bytes_least) {
        continue;
      }
      for (const auto& needle : needles_of(known[i])) {
        needles_.add(needle, i);
      }
    }
  }

  auto in(std::string_view text) -> std::set<std::string> {
    found_.clear();
    seen_.clear();
    look(text, 0);
    return std::move(found_);
  }

private:
  void look(std::string_view text, int depth) {
    if (text.size() < known_secret_bytes_least || depth > view_depth_most ||
        !seen_.insert(std::string(text)).second) {
      return;
    }
    look_for_known(text);
    const auto decoded = text::percent_decoded(text);
    if (decoded == text) {
      look_for_patterns(text);
    } else {
      look(decoded, depth + 1); // "%40contoso.com" would look like the domain "40contoso.com"
    }
    look(json_unescaped(text), depth + 1);
    if (text.find('\0') != text.npos) {
      for (const auto order : byte_orders) {
        look(text::from_utf16(text.substr(0, text.size() / 2 * 2), order).value_or(""), depth + 1);
      }
    }
    look_into_words(text, depth);
  }

  void look_for_known(std::string_view text) {
    for (auto at = std::size_t{0}; const auto hit = needles_.next(text, at);) {
      found_.insert("known secret " + std::to_string(hit->tag + 1));
      at = hit->begin + 1;
    }
  }

  void look_for_patterns(std::string_view text) {
    if (!text::is_utf8(text)) {
      look_for_names_in_bytes(text);
      return;
    }
    for (auto at = std::size_t{0}; const auto one = next_pattern(text, at);) {
      const auto whole_url = one->what == pattern::url;
      at = whole_url ? one->begin + text.substr(one->begin).find("://") + 3 : one->end;
      if (auto what = finding(*one, text, policy_); !what.empty()) {
        found_.insert(std::move(what));
      }
    }
  }

  /// Most of what looks like something in bytes does so by chance; addresses and tokens do not.
  void look_for_names_in_bytes(std::string_view bytes) {
    for (auto at = std::size_t{0}; const auto one = next_pattern(bytes, at);) {
      at = one->end;
      const auto telling = one->what == pattern::address || one->what == pattern::token;
      const auto whole = telling && text::is_utf8(one->in(bytes)) && one->in(bytes).size() >= 12;
      if (auto what = whole ? finding(*one, bytes, policy_) : ""; !what.empty()) {
        found_.insert(std::move(what));
      }
    }
  }

  void look_into_words(std::string_view text, int depth) {
    for (auto i = std::size_t{0}; i < text.size();) {
      auto end = i;
      while (end < text.size() && (text::is_base64_digit(text[end]) || text[end] == '=')) {
        ++end;
      }
      const auto word = text.substr(i, end - i);
      if (word.size() >= encoded_least) {
        look(text::from_base64(word).value_or(""), depth + 1);
        look(text::from_hex(word).value_or(""), depth + 1);
      }
      i = std::max(end, i + 1);
    }
  }

  const redaction_policy& policy_;
  text::word_finder needles_;
  std::set<std::string> found_;
  std::set<std::string, std::less<>> seen_;
};

auto is_stand_in(std::string_view value) -> bool {
  return value.find(stand_in_mark) != value.npos || is_stand_in_token(value);
}

/// Whether a value that gives access by the name of its field is there as it was.
auto is_bare_secret(std::string_view name, std::string_view value, const redaction_policy& policy)
    -> bool {
  return kind_of_field(name, policy) == field_kind::secret &&
         value.size() >= known_secret_bytes_least && !is_stand_in(value) &&
         value.find_first_not_of("0123456789.:-+TZ") != value.npos;
}

/// What members of JSON, elements and attributes say of their values.
auto named_leaks(std::string_view body, const redaction_policy& policy)
    -> std::vector<std::string> {
  auto found = false;
  const auto note = [&](std::string_view name, std::string_view value) {
    found = found || is_bare_secret(name, value, policy);
    return std::string(value);
  };
  if (begins_like_json(body)) {
    auto look = json_changes();
    look.value = [&](const json_place& at, const std::string& value) {
      return note(at.field, value);
    };
    look.name = [](const std::string& name) { return name; };
    look.number = [](const json_place&, std::string_view number) { return std::string(number); };
    look.stray = [](std::string_view text) { return std::string(text); };
    (void)rewrite_json(body, look);
  } else if (begins_like_markup(body)) {
    (void)rewrite_markup(body, {note, note, [](auto name) { return std::string(name); }});
  }
  return found ? std::vector<std::string>{"a secret by its name"} : std::vector<std::string>();
}

/// A cookie or a credential that is no stand-in.
auto is_bare_credential(const seams::header& field) -> bool {
  const auto name = seams::lower_case(field.name);
  if (name == "authorization" || name == "proxy-authorization") {
    return !is_stand_in(std::string_view(field.value).substr(field.value.find(' ') + 1));
  }
  return (name == "cookie" || name == "set-cookie") && field.value.find('=') != std::string::npos &&
         !is_stand_in(field.value);
}

} // namespace

auto leaks_in(std::string_view text,
              const std::vector<std::string>& known,
              const redaction_policy& policy) -> std::vector<std::string> {
  const auto found = searcher(known, policy).in(text);
  return {found.begin(), found.end()};
}

auto find_leaks(const cassette& tape,
                const std::vector<std::string>& known,
                const redaction_policy& policy) -> std::vector<leak> {
  auto out = std::vector<leak>();
  auto search = searcher(known, policy);
  const auto tell = [&](std::size_t number, const char* part, const std::string& what) {
    if (out.size() < leaks_most) {
      out.push_back({"exchange " + std::to_string(number) + ", " + part, what});
    }
  };
  const auto note = [&](std::size_t number, const char* part, std::string_view text) {
    for (const auto& what : search.in(text)) {
      tell(number, part, what);
    }
  };
  const auto note_named = [&](std::size_t number, const char* part, std::string_view body) {
    for (const auto& what : named_leaks(body, policy)) {
      tell(number, part, what);
    }
  };
  const auto note_credentials = [&](std::size_t number, const char* part, const auto& fields) {
    for (const auto& one : fields) {
      if (is_bare_credential(one)) {
        tell(number, part, "a credential");
      }
    }
  };
  const auto lines = [](const seams::headers& fields) {
    auto text = std::string();
    for (const auto& one : fields) {
      text += one.name + '\n' + one.value + '\n'; // "Cookie: x" would look like a named secret
    }
    return text;
  };
  for (auto i = std::size_t{0}; i < tape.exchanges.size(); ++i) {
    const auto& one = tape.exchanges[i];
    note(i + 1, "method", one.asked.method);
    note(i + 1, "url", one.asked.url);
    note(i + 1, "request_headers", lines(one.asked.fields));
    note(i + 1, "request_body", one.asked.body);
    note(i + 1, "response_headers", lines(one.answered.fields));
    note(i + 1, "response_body", one.answered.body);
    note(i + 1, "failed", one.failed);
    note_named(i + 1, "request_body", one.asked.body);
    note_named(i + 1, "response_body", one.answered.body);
    note_credentials(i + 1, "request_headers", one.asked.fields);
    note_credentials(i + 1, "response_headers", one.answered.fields);
  }
  return out;
}

} // namespace replay
