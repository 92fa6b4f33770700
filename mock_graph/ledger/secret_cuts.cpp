#include "mock_graph/ledger/secret_cuts.hpp"

#include <nlohmann/json.hpp>

#include <regex>
#include <set>
#include <vector>

namespace mock_graph {
namespace {

/// A value that must go, by where it lies in the text.
struct doomed_value {
  std::size_t from = 0;
  std::size_t to = 0;
  const char* instead = "";
};

/// Walks over well-formed JSON once, and notes where values lie that must go.
class secret_finder {
public:
  explicit secret_finder(std::string_view text) : text_(text) {}

  auto find() -> std::vector<doomed_value> {
    value();
    return std::move(found_);
  }

private:
  void blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  auto word() -> std::string {
    const auto from = at_++;
    while (text_[at_] != '"') {
      at_ += text_[at_] == '\\' ? 2 : 1;
    }
    ++at_;
    return nlohmann::json::parse(text_.substr(from, at_ - from)).get<std::string>();
  }

  void value() {
    blanks();
    switch (text_[at_]) {
    case '{':
      object();
      break;
    case '[':
      list();
      break;
    case '"':
      last_word_ = word();
      break;
    default:
      at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
    }
    blanks();
  }

  void list() {
    ++at_;
    blanks();
    while (text_[at_] != ']') {
      value();
      at_ += text_[at_] == ',' ? 1 : 0;
      blanks();
    }
    ++at_;
  }

  void object() {
    ++at_;
    auto credential = false;
    auto values = std::vector<doomed_value>();
    blanks();
    while (text_[at_] != '}') {
      const auto name = word();
      blanks();
      ++at_;
      blanks();
      const auto from = at_;
      const auto is_text = text_[at_] == '"';
      value();
      const auto to = text_.find_last_not_of(" \t\r\n", at_ - 1) + 1;
      credential =
          credential || (is_text && names_a_property(name) && credentials().contains(last_word_));
      note(name, is_text, {from, to, R"("")"}, values);
      at_ += text_[at_] == ',' ? 1 : 0;
      blanks();
    }
    ++at_;
    if (credential) {
      found_.insert(found_.end(), values.begin(), values.end());
    }
  }

  void note(const std::string& name,
            bool is_text,
            const doomed_value& where,
            std::vector<doomed_value>& values) {
    if (name == "DetectedValues") {
      found_.push_back({where.from, where.to, "[]"});
    } else if (name == "oldValue" || name == "newValue" || name == "OldValue" ||
               name == "NewValue") {
      values.push_back(where);
    } else if (is_text && (name == "modifiedProperties" || name == "ModifiedProperties") &&
               tells_of_credentials(text_.substr(where.from, where.to - where.from))) {
      found_.push_back(where);
    }
  }

  static auto names_a_property(const std::string& name) -> bool {
    return name == "displayName" || name == "Name";
  }

  static auto credentials() -> const std::set<std::string>& {
    static const auto names = std::set<std::string>{"Credential",
                                                    "KeyDescription",
                                                    "KeyCredentials",
                                                    "PasswordCredentials",
                                                    "PasswordProfile",
                                                    "Password"};
    return names;
  }

  static auto tells_of_credentials(std::string_view text) -> bool {
    return std::ranges::any_of(credentials(), [&](const std::string& name) {
      return text.find(name) != std::string_view::npos;
    });
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string last_word_;
  std::vector<doomed_value> found_;
};

/// Later places first, so that earlier ones stay where they are; of nested ones the outer one.
auto with_values_gone(std::string text, std::vector<doomed_value> gone) -> std::string {
  std::ranges::sort(gone, std::ranges::greater(), &doomed_value::from);
  for (auto one = gone.begin(); one != gone.end(); ++one) {
    const auto within = [&](const doomed_value& other) {
      return other.from < one->from && one->to <= other.to;
    };
    if (std::none_of(one, gone.end(), within)) {
      text.replace(one->from, one->to - one->from, one->instead);
    }
  }
  return text;
}

auto until(std::string text, std::initializer_list<const char*> names) -> std::string {
  for (const auto* name : names) {
    text.resize(std::min(text.size(), text.find(name)));
  }
  return text;
}

} // namespace

auto without_check_token(std::string_view raw) -> std::string {
  if (raw.find("atp-safelinks.html") == std::string_view::npos) {
    return std::string(raw);
  }
  static const auto plain =
      std::regex(R"((atp-safelinks\.html[^"]*?(?:\?|&|\\u0026|&amp;)pc=)[^"&\\]+)");
  static const auto encoded = std::regex(
      R"((atp-safelinks\.html[^"]*?%(?:3F|26)pc%3D)(?:(?!%26)[^"&\\])+)", std::regex::icase);
  const auto once = std::regex_replace(std::string(raw), plain, "$1");
  return std::regex_replace(once, encoded, "$1");
}

auto without_secrets(std::string_view raw) -> std::string {
  auto out = without_check_token(raw);
  const auto holds = [&](const char* part) { return out.find(part) != std::string::npos; };
  if (!holds("DetectedValues") && !holds("odifiedProperties") && !holds("\\u00")) {
    return out;
  }
  if (!nlohmann::json::accept(out)) {
    return until(std::move(out), {"DetectedValues", "modifiedProperties", "ModifiedProperties"});
  }
  auto gone = secret_finder(out).find();
  return with_values_gone(std::move(out), std::move(gone));
}

} // namespace mock_graph
