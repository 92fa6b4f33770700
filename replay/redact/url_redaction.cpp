// URLs, forms and queries: parts of `text_redactor`.
#include "core/seams/letters.hpp"
#include "replay/redact/text_redactor.hpp"
#include "replay/text/encodings.hpp"

#include <algorithm>
#include <array>

namespace replay {
namespace {

/// What follows one of these in a path tells an object from others.
constexpr auto collections = std::to_array<std::string_view>(
    {"users", "groups", "members", "mailboxes", "personal", "sites", "mailfolders", "messages"});
/// Parameters that carry on a list from where it ended.
constexpr auto continuations = std::to_array<std::string_view>(
    {"$skiptoken", "$deltatoken", "skiptoken", "nextpage", "cursor"});

template <class List> auto is_one_of(std::string_view word, const List& list) -> bool {
  const auto lower = seams::lower_case(word);
  return std::find(list.begin(), list.end(), lower) != list.end();
}

auto is_api_word(std::string_view word) -> bool {
  return word == "me" || word.starts_with('$') || word == "delta";
}

auto is_word_of_query(std::string_view word) -> bool {
  constexpr auto words = std::to_array<std::string_view>(
      {"eq",      "ne",      "gt",    "ge",       "lt",         "le",       "and", "or",
       "not",     "in",      "has",   "contains", "startswith", "endswith", "any", "all",
       "tolower", "toupper", "where", "has_any",  "has_all",    "dynamic"});
  return is_one_of(word, words);
}

auto is_identifier_char(char c) -> bool {
  return text::is_letter(c) || text::is_decimal(c) || c == '_' || c == '/' || c == '.';
}

} // namespace

auto text_redactor::url_at(std::string_view text, int depth) const -> std::string {
  const auto scheme = text.find("://");
  if (scheme == text.npos) {
    return scan(text, kind::plain, depth + 1);
  }
  const auto from = scheme + 3;
  const auto authority_end = std::min(text.find_first_of("/?#", from), text.size());
  auto authority = text.substr(from, authority_end - from);
  auto out = std::string(text.substr(0, from));
  if (const auto at = authority.rfind('@'); at != authority.npos) {
    const auto colon = authority.find(':');
    if (colon < at) {
      (void)taken_out(authority.substr(colon + 1, at - colon - 1));
    }
    out += names_.opaque(authority.substr(0, at)) + '@';
    authority.remove_prefix(at + 1);
  }
  const auto ipv6 = authority.starts_with('[');
  const auto name = authority.substr(
      0, std::min(ipv6 ? authority.find(']') : authority.find(':'), authority.size()));
  const auto pattern_in_name = next_pattern(name, 0);
  const auto numeric = pattern_in_name && (pattern_in_name->what == pattern::ipv4 ||
                                           pattern_in_name->what == pattern::ipv6);
  const auto single = name.find('.') == name.npos;
  const auto changed = numeric ? scan(name, kind::plain, depth)
                       : single && (name.empty() || seams::equal_ignoring_case(name, "localhost"))
                           ? std::string(name)
                           : host(name);
  out += changed;
  out += authority.substr(name.size());
  const auto foreign = !numeric && !single && !is_api_host(name);
  const auto rest = text.substr(authority_end);
  const auto mark = std::min(rest.find_first_of("?#"), rest.size());
  out += path_at(rest.substr(0, mark), foreign, depth);
  if (mark == rest.size()) {
    return out;
  }
  const auto hash = rest[mark] == '#' ? mark : std::min(rest.find('#', mark), rest.size());
  if (hash > mark) {
    out += '?' + form_at(rest.substr(mark + 1, hash - mark - 1), foreign, depth);
  }
  const auto names_a_type = rest.substr(0, mark).ends_with("$metadata"); // "#users" behind it
  return hash == rest.size() ? out
                             : out + '#' + form_at(rest.substr(hash + 1), !names_a_type, depth);
}

auto text_redactor::path_at(std::string_view path, bool foreign, int depth) const -> std::string {
  auto out = std::string();
  auto before = std::string_view();
  while (!path.empty()) {
    const auto segment = path.substr(0, path.find('/'));
    const auto names_object = is_one_of(before, collections) && !is_api_word(segment);
    const auto fixed = segment.empty() || is_one_of(segment, collections) || segment == "teams";
    const auto what = fixed          ? kind::plain
                      : foreign      ? kind::text
                      : names_object ? kind::id
                                     : kind::plain;
    out += apply(segment, what, depth + 1);
    before = segment;
    path.remove_prefix(segment.size());
    if (!path.empty()) {
      out += '/';
      path.remove_prefix(1);
    }
  }
  return out;
}

auto text_redactor::form_at(std::string_view text, bool foreign, int depth) const -> std::string {
  auto out = std::string();
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find('&'));
    const auto equals = std::min(pair.find('='), pair.size());
    const auto name = text::percent_decoded(pair.substr(0, equals));
    if (equals == pair.size()) {
      out += apply(pair, foreign ? kind::text : kind::plain, depth + 1);
    } else {
      const auto raw = pair.substr(equals + 1);
      auto value = std::string(raw);
      std::replace(value.begin(), value.end(), '+', ' ');
      value = text::percent_decoded(value);
      const auto what = kind_of(name);
      const auto safe_link_data = !foreign && name == "data";
      const auto changed = is_one_of(name, continuations) && !value.empty() ? names_.opaque(value)
                           : what == kind::unknown && (foreign || safe_link_data)
                               ? apply(value, foreign ? kind::text : kind::plain, depth + 1)
                               : by_name(name, value, depth + 1);
      out += apply(pair.substr(0, equals), kind::plain, depth + 1) + '=';
      out += changed == value ? std::string(raw) : text::percent_encoded(changed, "'()$:,");
    }
    text.remove_prefix(pair.size());
    if (!text.empty()) {
      out += '&';
      text.remove_prefix(1);
    }
  }
  return out;
}

/// Literals by the field that stands before them; the rest stays.
auto text_redactor::query_at(std::string_view text, int depth) const -> std::string {
  auto out = std::string();
  auto field_name = std::string_view();
  for (auto i = std::size_t{0}; i < text.size();) {
    const auto c = text[i];
    auto end = i + 1;
    if (c == '\'' || c == '"') {
      while (end < text.size() &&
             (text[end] != c || (end + 1 < text.size() && text[end + 1] == c))) {
        end += text[end] == c ? 2 : 1;
      }
      end = std::min(end, text.size());
      out += c + by_name(field_name, text.substr(i + 1, end - i - 1), depth + 1);
      out += text.substr(end, end < text.size() ? 1 : 0);
      end += 1;
    } else if (is_identifier_char(c)) {
      while (end < text.size() && (is_identifier_char(text[end]) || text[end] == '-' ||
                                   text[end] == '@' || text[end] == ':')) {
        ++end;
      }
      const auto word = text.substr(i, end - i);
      field_name = is_word_of_query(word) ? field_name : word;
      out += apply(word, kind::plain, depth + 1);
    } else {
      out += c;
    }
    i = end;
  }
  return out;
}

} // namespace replay
