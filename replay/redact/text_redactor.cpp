#include "replay/redact/text_redactor.hpp"

#include "core/seams/letters.hpp"
#include "replay/redact/json_rewrite.hpp"
#include "replay/redact/markup.hpp"
#include "replay/text/base64.hpp"
#include "replay/text/encodings.hpp"
#include "replay/text/json_write.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace replay {
namespace {

constexpr auto depth_most = 8;
constexpr auto encoded_word_least = std::size_t{12};
constexpr auto remembered_names_most = std::size_t{4'096};
constexpr auto remembered_most = std::size_t{100'000};
constexpr auto remembered_bytes_most = std::size_t{512};

auto is_word_char(char c) -> bool {
  return text::is_letter(c) || text::is_decimal(c) || static_cast<unsigned char>(c) >= 0x80;
}

auto has_percent(std::string_view text) -> bool {
  return text.find('%') != text.npos && text::percent_decoded(text) != text;
}

/// Characters that stand in `text` as they are.
auto plain_characters(std::string_view text) -> std::string {
  auto out = std::string();
  for (const auto c : text) {
    if (c != '%' && out.find(c) == out.npos) {
      out += c;
    }
  }
  return out;
}

auto has_json_escapes(std::string_view text) -> bool {
  return text.find("\\u00") != text.npos || text.find("\\\"") != text.npos ||
         text.find("\\/") != text.npos;
}

/// Characters that addresses and URLs hold, as HTML names them (HTML, 13.5).
constexpr auto named_references =
    std::to_array<std::pair<std::string_view, char>>({{"&commat;", '@'},
                                                      {"&period;", '.'},
                                                      {"&colon;", ':'},
                                                      {"&sol;", '/'},
                                                      {"&lowbar;", '_'},
                                                      {"&dash;", '-'},
                                                      {"&hyphen;", '-'},
                                                      {"&equals;", '='},
                                                      {"&plus;", '+'},
                                                      {"&num;", '#'},
                                                      {"&amp;", '&'},
                                                      {"&quot;", '"'},
                                                      {"&apos;", '\''},
                                                      {"&percnt;", '%'}});

/// The character that a reference at the start of `text` means, and the reference's length; the
/// length is 0 if there is none.
auto reference_at(std::string_view text) -> std::pair<std::uint32_t, std::size_t> {
  for (const auto& [name, meaning] : named_references) {
    if (text.starts_with(name)) {
      return {static_cast<std::uint32_t>(meaning), name.size()};
    }
  }
  const auto end = text.substr(0, 12).find(';');
  if (!text.starts_with("&#") || end == text.npos) {
    return {};
  }
  const auto hex = text[2] == 'x' || text[2] == 'X';
  auto code = std::uint32_t{0};
  std::from_chars(text.data() + (hex ? 3 : 2), text.data() + end, code, hex ? 16 : 10);
  return {code, code == 0 ? 0 : end + 1};
}

/// With "&#64;", "&#x40;" and "&commat;" as what they mean.
auto without_references(std::string_view text) -> std::string {
  auto out = std::string();
  while (!text.empty()) {
    const auto plain = std::min(text.find('&'), text.size());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    const auto [code, length] = reference_at(text);
    if (length > 0) {
      text::append_utf8(out, code);
    } else {
      out += text.substr(0, 1);
    }
    text.remove_prefix(std::min(text.size(), std::max<std::size_t>(length, 1)));
  }
  return out;
}

auto is_readable(std::string_view bytes) -> bool {
  return text::is_utf8(bytes) && std::all_of(bytes.begin(), bytes.end(), [](char c) {
           return static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\r' || c == '\t';
         });
}

/// The order of UTF-16 text, which shows in the zero bytes of its ASCII characters.
auto utf16_order(std::string_view bytes) -> std::optional<text::byte_order> {
  if (bytes.size() < 8 || bytes.size() % 2 != 0) {
    return std::nullopt;
  }
  auto zeros = std::array<std::size_t, 2>{};
  for (auto i = std::size_t{0}; i < bytes.size(); ++i) {
    zeros[i % 2] += bytes[i] == '\0' ? 1 : 0;
  }
  const auto many = bytes.size() / 4;
  if (zeros[1] > many && zeros[0] <= many / 2) {
    return text::byte_order::little;
  }
  return zeros[0] > many && zeros[1] <= many / 2 ? std::optional(text::byte_order::big)
                                                 : std::nullopt;
}

auto is_harmless(std::string_view text) -> bool {
  constexpr auto words = std::to_array<std::string_view>(
      {"",           "true",    "false",   "null",   "none",      "unknown", "yes",
       "no",         "success", "failure", "failed", "succeeded", "enabled", "disabled",
       "notapplied", "*",       "all",     "user",   "group",     "guest"});
  const auto lower = seams::lower_case(text);
  const auto number = std::all_of(text.begin(), text.end(), [](char c) {
    return text::is_decimal(c) || std::string_view("+-.,:TZ/ ").find(c) != std::string_view::npos;
  });
  const auto found = number ? next_pattern(text, 0) : std::nullopt;
  const auto only_number = number && text.size() <= 33 && (!found || found->what == pattern::date);
  return only_number || std::find(words.begin(), words.end(), lower) != words.end();
}

/// An id that the service made: digits with few letters between them.
auto is_machine_made(std::string_view text) -> bool {
  const auto digits = std::count_if(text.begin(), text.end(), text::is_decimal);
  const auto letters = std::count_if(text.begin(), text.end(), text::is_letter);
  return letters <= 2 || digits >= 2 * letters;
}

auto is_dotted_name(std::string_view text) -> bool {
  return text.find('.') != text.npos && std::all_of(text.begin(), text.end(), [](char c) {
           return text::is_letter(c) || text::is_decimal(c) || c == '-' || c == '.' || c == '_';
         });
}

/// Whether something that names somebody stands within bytes that are no text.
auto holds_names(std::string_view bytes) -> bool {
  for (auto at = std::size_t{0}; const auto found = next_pattern(bytes, at);) {
    if (found->what != pattern::date && found->what != pattern::key) {
      return true;
    }
    at = found->end;
  }
  return false;
}

auto is_word_shaped(field_kind what) -> bool {
  return what == field_kind::person || what == field_kind::text || what == field_kind::unknown;
}

} // namespace

text_redactor::text_redactor(redaction_policy policy,
                             std::string key,
                             token_signer sign,
                             std::shared_ptr<secret_memory> memory)
    : policy_(std::move(policy)), names_(std::move(key)), sign_(std::move(sign)),
      memory_(memory ? std::move(memory) : std::make_shared<secret_memory>()) {}

auto text_redactor::taken_out(std::string_view secret) const -> std::string {
  memory_->learn(secret);
  return names_.opaque(secret);
}

auto text_redactor::field(std::string_view name, std::string_view text) const -> std::string {
  return by_name(name, text, 0);
}

auto text_redactor::plain(std::string_view text) const -> std::string {
  return apply(text, kind::plain, 0);
}

auto text_redactor::json(std::string_view text) const -> std::string {
  return json_at(text, 0);
}

auto text_redactor::url(std::string_view text) const -> std::string {
  return url_at(text, 0);
}

auto text_redactor::form(std::string_view text) const -> std::string {
  return form_at(text, false, 0);
}

auto text_redactor::body(std::string_view bytes, author by) const -> std::string {
  if (const auto order = utf16_order(bytes)) {
    const auto marked = bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff");
    const auto text = text::from_utf16(bytes.substr(marked ? 2 : 0), *order);
    if (text) {
      return std::string(bytes.substr(0, marked ? 2 : 0)) + text::to_utf16(body(*text, by), *order);
    }
  }
  constexpr auto mark = std::string_view("\xef\xbb\xbf");
  const auto marked = bytes.starts_with(mark);
  const auto text = bytes.substr(marked ? mark.size() : 0);
  const auto known = by == author::service || !policy_.unknown || begins_like_json(text);
  const auto what = known || !is_readable(text) ? kind::plain : kind::text;
  return (marked ? std::string(mark) : "") +
         (begins_like_markup(text) ? markup(text, what) : apply(text, what, 0));
}

/// Texts go by the names of their elements, as members of JSON do.
auto text_redactor::markup(std::string_view text, kind otherwise) const -> std::string {
  const auto by_kind_of = [&](std::string_view name, std::string_view part) {
    const auto what = kind_of(name);
    return what == kind::unknown ? apply(part, otherwise, 0) : by_kind(part, what, 0);
  };
  auto how = markup_changes();
  how.text = by_kind_of;
  how.value = [&](std::string_view name, std::string_view part) {
    const auto what = kind_of(name);
    const auto written =
        seams::equal_ignoring_case(name, "value") || seams::equal_ignoring_case(name, "content");
    return what == kind::secret ? by_kind(part, what, 0)
                                : apply(part, written ? otherwise : kind::plain, 0);
  };
  how.name = [&](std::string_view name) { return apply(name, kind::plain, 0); };
  return rewrite_markup(text, how);
}

auto text_redactor::secret(std::string_view text, int depth) const -> std::string {
  if (is_harmless(text) && text.size() < 4) {
    return std::string(text);
  }
  const auto token = next_pattern(text, 0);
  const auto whole = token && token->what == pattern::token && token->in(text) == text;
  return whole ? token_at(text, depth) : taken_out(text);
}

auto text_redactor::kind_of(std::string_view name) const -> kind {
  const auto key = std::string(name);
  if (const auto there = kinds_.find(key); there != kinds_.end()) {
    return there->second;
  }
  const auto found = kind_of_field(name, policy_);
  if (kinds_.size() < remembered_names_most) {
    kinds_.emplace(key, found);
  }
  return found;
}

auto text_redactor::by_name(std::string_view name, std::string_view text, int depth) const
    -> std::string {
  const auto what = kind_of(name);
  if (text.size() > remembered_bytes_most || depth > 1) {
    return by_kind(text, what, depth);
  }
  if (seen_with_ != memory_->all().size() || seen_.size() >= remembered_most) {
    seen_.clear();
    seen_with_ = memory_->all().size();
  }
  auto key = std::string(1, static_cast<char>(what)).append(text);
  if (const auto there = seen_.find(key); there != seen_.end()) {
    return there->second;
  }
  auto out = by_kind(text, what, depth);
  seen_.emplace(std::move(key), out);
  return out;
}

auto text_redactor::by_kind(std::string_view text, kind what, int depth) const -> std::string {
  switch (what) {
  case kind::secret:
    return secret(text, depth);
  case kind::exact:
    return memory_->words().holds_any(text) ? names_.opaque(text) : std::string(text);
  case kind::host:
    return is_dotted_name(text) && policy_.domains ? host(text) : apply(text, kind::person, depth);
  case kind::query:
    return query_at(text, depth);
  default:
    return apply(text, what, depth);
  }
}

auto text_redactor::json_at(std::string_view text, int depth) const -> std::string {
  const auto in_secret = [this](const json_place& at) {
    return kind_of(at.field) == kind::secret ||
           (seams::equal_ignoring_case(at.field, "value") && kind_of(at.named) == kind::secret);
  };
  const auto how = json_changes{
      [&](const json_place& at, const std::string& value) {
        if (in_secret(at)) {
          return secret(value, depth + 1);
        }
        if (names_property(at.field, at.holder)) {
          return apply(value, kind::plain, depth + 1);
        }
        const auto unnamed = kind_of(at.field) == kind::unknown;
        return by_name(unnamed && !at.named.empty() ? at.named : at.field, value, depth + 1);
      },
      [&](const std::string& name) { return scan(name, kind::plain, depth + 1); },
      [&](const json_place& at, std::string_view number) {
        const auto known = memory_->words().holds_any(number);
        return in_secret(at) || known ? std::string(number.size(), '0') : std::string(number);
      },
      [&](std::string_view stray) { return apply(stray, kind::plain, depth + 1); }};
  return rewrite_json(text, how);
}

auto text_redactor::apply(std::string_view text, kind what, int depth) const -> std::string {
  if (text.empty() ||
      (what == kind::unknown && is_harmless(text) && !memory_->words().holds_any(text))) {
    return std::string(text);
  }
  if (depth > depth_most) {
    return names_.opaque(text);
  }
  if (begins_like_json(text)) {
    return json_at(text, depth);
  }
  const auto first = next_pattern(text, 0);
  if (first && first->what == pattern::url && first->in(text) == text) {
    return url_at(text, depth);
  }
  if (has_percent(text)) {
    return chunks(text, what, depth);
  }
  if (auto changed = through_encoding(text, what, depth)) {
    return std::move(*changed);
  }
  return scan(text, what, depth);
}

/// Word by word, since an address among the words has an encoding of its own.
auto text_redactor::chunks(std::string_view text, kind what, int depth) const -> std::string {
  constexpr auto ends = std::string_view(" \t\r\n\"<>");
  auto out = std::string();
  while (!text.empty()) {
    const auto size = std::min(text.find_first_of(ends), text.size());
    const auto chunk = text.substr(0, size);
    const auto decoded = text::percent_decoded(chunk);
    const auto first = next_pattern(chunk, 0);
    if (first && first->what == pattern::url && first->begin == 0) {
      out += url_at(chunk, depth + 1);
    } else if (decoded != chunk) {
      const auto changed = apply(decoded, what, depth + 1);
      out += changed == decoded ? std::string(chunk)
                                : text::percent_encoded(changed, plain_characters(chunk));
    } else {
      out += apply(chunk, what, depth + 1);
    }
    out += text.substr(size, size == text.size() ? 0 : 1);
    text.remove_prefix(std::min(text.size(), size + 1));
  }
  return out;
}

/// What is left of a text that is written with escapes or character references.
auto text_redactor::through_encoding(std::string_view text, kind what, int depth) const
    -> std::optional<std::string> {
  if (has_json_escapes(text)) {
    const auto decoded = json_unescaped(text);
    const auto changed = apply(decoded, what, depth + 1);
    const auto quoted = text::in_json_quotes(text::as_utf8(changed));
    return changed == decoded ? std::string(text) : quoted.substr(1, quoted.size() - 2);
  }
  if (text.find('&') == text.npos) {
    return std::nullopt;
  }
  const auto decoded = without_references(text);
  if (decoded == text) {
    return std::nullopt;
  }
  const auto changed = apply(decoded, what, depth + 1);
  return changed == decoded ? std::string(text) : changed;
}

auto text_redactor::scan(std::string_view text, kind what, int depth) const -> std::string {
  const auto& known = memory_->words();
  auto out = std::string();
  auto done = std::size_t{0};
  while (const auto found = next_pattern(text, done)) {
    const auto hit = known.next(text, done);
    if (hit && hit->begin < found->begin && hit->end > found->begin) {
      out += without_known(text.substr(done, hit->end - done), what, depth);
      done = hit->end;
      continue;
    }
    out += without_known(text.substr(done, found->begin - done), what, depth);
    auto changed = stand_in(*found, text, what, depth);
    out += known.holds_any(changed) ? names_.opaque(found->in(text)) : changed;
    done = found->end;
  }
  return out + without_known(text.substr(done), what, depth);
}

/// What lies between patterns, with what is known to be secret taken out.
auto text_redactor::without_known(std::string_view gap, kind what, int depth) const -> std::string {
  const auto& known = memory_->words();
  auto out = std::string();
  auto done = std::size_t{0};
  while (const auto hit = known.next(gap, done)) {
    out += filled(gap.substr(done, hit->begin - done), what, depth);
    out += names_.opaque(memory_->all()[hit->tag]);
    done = hit->end;
  }
  return out + filled(gap.substr(done), what, depth);
}

auto text_redactor::stand_in(const pattern_found& found,
                             std::string_view text,
                             kind what,
                             int depth) const -> std::string {
  const auto value = found.in(text);
  const auto kept_id =
      std::any_of(policy_.keep_ids.begin(), policy_.keep_ids.end(), [&](auto& one) {
        return seams::equal_ignoring_case(one, value);
      });
  switch (found.what) {
  case pattern::date:
    return std::string(value);
  case pattern::token:
    return token_at(value, depth);
  case pattern::secret:
    return value.starts_with(stand_in_mark) ? std::string(value) : secret(value, depth);
  case pattern::key: {
    auto inside = inside_base64(value, what, depth);
    return inside ? std::move(*inside) : taken_out(value);
  }
  case pattern::url:
    return url_at(value, depth + 1);
  case pattern::thread:
    return policy_.ids ? names_.thread(value) : std::string(value);
  case pattern::address:
    return policy_.people ? names_.mail_address(value) : std::string(value);
  case pattern::guid: // well known: Microsoft's own applications, 00000003-0000-0000-c000-...
    return policy_.ids && !kept_id && !is_service_guid(value) ? names_.guid(value)
                                                              : std::string(value);
  case pattern::ipv4:
    return policy_.addresses ? names_.ipv4(value) : std::string(value);
  case pattern::ipv6:
    return policy_.addresses ? names_.ipv6(value) : std::string(value);
  case pattern::mac:
  case pattern::sid:
    return policy_.addresses ? names_.words(value) : std::string(value);
  case pattern::domain:
    return host(value);
  }
  return names_.opaque(value);
}

auto text_redactor::host(std::string_view name) const -> std::string {
  const auto kept =
      std::any_of(policy_.keep_domains.begin(), policy_.keep_domains.end(), [&](auto& one) {
        const auto below = '.' + seams::lower_case(one);
        return ('.' + seams::lower_case(name)).ends_with(below);
      });
  return kept || !policy_.domains || is_service_domain(name) ? std::string(name)
                                                             : names_.domain(name);
}

/// What is left of bytes that were written as digits; nothing if they are no text and nothing in
/// them could tell of anybody.
auto text_redactor::inside_bytes(std::string_view bytes, kind what, int depth) const
    -> std::optional<std::string> {
  if (const auto order = utf16_order(bytes)) {
    const auto decoded = text::from_utf16(bytes, *order);
    if (decoded && is_readable(*decoded)) {
      return text::to_utf16(apply(*decoded, what, depth + 1), *order);
    }
  }
  if (is_readable(bytes)) {
    return apply(bytes, what, depth + 1);
  }
  return std::nullopt;
}

auto text_redactor::inside_base64(std::string_view word, kind what, int depth) const
    -> std::optional<std::string> {
  const auto bytes = text::from_base64(word);
  if (!bytes || bytes->empty()) {
    return std::nullopt;
  }
  if (const auto changed = inside_bytes(*bytes, what, depth)) {
    return *changed == *bytes ? std::string(word) : text::to_base64(*changed, text::form_of(word));
  }
  return holds_names(*bytes) || memory_->words().holds_any(*bytes)
             ? std::optional(names_.opaque(word))
             : std::nullopt;
}

/// What is left of a word that is base64 or hexadecimal; nothing if it is neither, or says nothing.
auto text_redactor::inside_word(std::string_view word, kind what, int depth) const
    -> std::optional<std::string> {
  if (word.size() < encoded_word_least) {
    return std::nullopt;
  }
  if (const auto bytes = text::from_hex(word)) {
    if (const auto changed = inside_bytes(*bytes, what, depth)) {
      return *changed == *bytes ? std::string(word) : text::to_hex(*changed);
    }
  }
  return inside_base64(word, what, depth);
}

/// What lies between patterns: words with base64 or hexadecimal digits among them.
auto text_redactor::filled(std::string_view gap, kind what, int depth) const -> std::string {
  const auto shaped = [&](std::string_view part) {
    if (is_word_shaped(what)) {
      return names_.words(part);
    }
    if (what != kind::id || is_machine_made(part)) {
      return std::string(part);
    }
    // What follows may be a stand-in of its own, to which nothing may cling.
    const auto last = std::find_if(part.rbegin(), part.rend(), is_word_char);
    const auto stem = part.substr(0, static_cast<std::size_t>(part.rend() - last));
    return (stem.empty() ? "" : names_.name(stem)) + std::string(part.substr(stem.size()));
  };
  auto out = std::string();
  auto done = std::size_t{0};
  for (auto i = std::size_t{0}; i < gap.size();) {
    auto end = i;
    while (end < gap.size() && text::is_base64_digit(gap[end])) {
      ++end;
    }
    while (end > i && end < gap.size() && gap[end] == '=') {
      ++end;
    }
    const auto word = gap.substr(i, end - i);
    const auto inside = inside_word(word, what, depth);
    if (inside && *inside != word) {
      out += i == done ? "" : shaped(gap.substr(done, i - done));
      out += *inside;
      done = end;
    }
    i = std::max(end, i + 1);
  }
  return done == gap.size() ? out : out + shaped(gap.substr(done));
}

auto text_redactor::token_at(std::string_view token, int depth) const -> std::string {
  const auto first = std::min(token.find('.'), token.size());
  const auto second = std::min(token.find('.', first + 1), token.size());
  const auto claims = first < second
                          ? text::from_base64(token.substr(first + 1, second - first - 1))
                          : std::nullopt;
  if (!claims || !begins_like_json(*claims) || depth > depth_most) {
    return names_.opaque(token);
  }
  const auto header =
      text::json_object().text("typ", "JWT").text("alg", "RS256").text("kid", stand_in_mark).done();
  const auto changed = json_at(*claims, depth + 1);
  if (sign_) {
    return sign_(header, changed);
  }
  using text::base64_form;
  return text::to_base64(header, base64_form::url) + '.' +
         text::to_base64(changed, base64_form::url) + '.' + std::string(stand_in_mark);
}

} // namespace replay
