#include "scenarios/recording/redaction_setup.hpp"

#include "core/adapters/files/text_file.hpp"
#include "core/toml_reading/parse.hpp"
#include "mock_graph/login/base64url.hpp"
#include "replay/leak/leak_check.hpp"
#include "replay/text/encodings.hpp"
#include "scenarios/exit_code.hpp"
#include "scenarios/recording/policy_file.hpp"
#include "scenarios/recording/stand_in_key.hpp"

#include <map>
#include <memory>
#include <optional>
#include <ostream>

namespace scenarios::recording {
namespace {

constexpr auto known_file_bytes_max = std::size_t{16} << 20U;
constexpr auto issued_max = std::size_t{4096};

/// Who says what is wrong, and where.
struct complaints {
  const std::string& speaker;
  std::ostream& err;

  auto say(const std::string& what, int code) const -> int {
    err << speaker << ": " << what << '\n';
    return code;
  }
};

auto without_line_end(std::string text) -> std::string {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
    text.pop_back();
  }
  return text;
}

auto read_key(const std::string& path, const complaints& wrong) -> std::variant<std::string, int> {
  auto key = stand_in_key(path);
  if (!key) {
    return wrong.say(key.error().why,
                     key.error().code == "bad_key" ? exit_usage : exit_environment);
  }
  if (key->made_file) {
    (void)wrong.say("made the key " + path + "; who has it can find out who is behind a stand-in",
                    0);
  }
  return std::move(key->text);
}

auto read_policy_file(const std::string& path, const complaints& wrong)
    -> std::variant<replay::redaction_policy, int> {
  if (path.empty()) {
    return replay::redaction_policy();
  }
  const auto file = core::adapters::read_text_file(path, core::toml_reading::file_bytes_max);
  if (!file.wrong.empty()) {
    return wrong.say(path + ": " + file.wrong, exit_usage);
  }
  auto read = read_policy(file.text, path);
  for (const auto& one : read.wrong) {
    wrong.err << core::toml_reading::to_text(one) << '\n';
  }
  if (!read.policy) {
    return exit_usage;
  }
  return *std::move(read.policy);
}

/// Editors put a byte order mark before what they write, and some write UTF-16.
auto in_utf8(std::string_view text) -> std::string {
  using replay::text::byte_order;
  const auto wide = text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff");
  if (wide) {
    const auto order = text.front() == '\xff' ? byte_order::little : byte_order::big;
    return replay::text::from_utf16(text.substr(2), order).value_or(std::string(text));
  }
  return std::string(text.substr(text.starts_with("\xef\xbb\xbf") ? 3 : 0));
}

auto read_known(const std::string& path, const complaints& wrong)
    -> std::variant<std::vector<std::string>, int> {
  auto out = std::vector<std::string>();
  if (path.empty()) {
    return out;
  }
  const auto file = core::adapters::read_text_file(path, known_file_bytes_max);
  if (!file.wrong.empty()) {
    return wrong.say(path + ": " + file.wrong, exit_usage);
  }
  auto number = std::size_t{0};
  const auto text = in_utf8(file.text);
  for (auto rest = std::string_view(text); !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    auto line = without_line_end(std::string(rest.substr(0, end)));
    rest.remove_prefix(std::min(rest.size(), end + 1));
    ++number;
    if (!line.empty() && line.size() < replay::known_secret_bytes_least) {
      return wrong.say(path + ':' + std::to_string(number) +
                           ": shorter than 4 bytes, which stand by chance everywhere",
                       exit_usage);
    }
    if (!line.empty()) {
      out.push_back(std::move(line));
    }
  }
  return out;
}

} // namespace

auto set_up_redaction(const redaction_files& files, const std::string& speaker, std::ostream& err)
    -> std::variant<redaction_setup, int> {
  const auto wrong = complaints{speaker, err};
  auto policy = read_policy_file(files.policy, wrong);
  if (const auto* code = std::get_if<int>(&policy)) {
    return *code;
  }
  auto known = read_known(files.known, wrong);
  if (const auto* code = std::get_if<int>(&known)) {
    return *code;
  }
  auto key = read_key(files.key, wrong);
  if (const auto* code = std::get_if<int>(&key)) {
    return *code;
  }
  auto memory = std::make_shared<replay::secret_memory>();
  for (const auto& one : std::get<0>(known)) {
    memory->know(one);
  }
  return redaction_setup{std::get<0>(std::move(policy)),
                         std::get<0>(std::move(key)),
                         std::get<0>(std::move(known)),
                         std::move(memory)};
}

auto issue_with(const mock_graph::login::signing_key& key) -> replay::token_signer {
  using mock_graph::login::base64url_encode;
  auto issued = std::make_shared<std::map<std::string, std::string>>();
  return [&key, issued](const std::string& header, const std::string& claims) {
    const auto part = base64url_encode(header) + '.' + base64url_encode(claims);
    const auto found = issued->find(part);
    if (found != issued->end()) {
      return found->second;
    }
    auto token =
        part + '.' + base64url_encode(key.sign(mock_graph::login::rsa_padding::pkcs1, part));
    if (issued->size() < issued_max) {
      issued->emplace(part, token);
    }
    return token;
  };
}

} // namespace scenarios::recording
