#include "tests/structure/rules.hpp"

#include <algorithm>
#include <cctype>

namespace structure {

namespace {

constexpr std::size_t column_count_max = 100;
constexpr std::size_t line_count_max = 600;

struct marker {
  std::string word;
  bool any_case = false;
};

// Put together from parts, so that this file passes its own rule.
const auto markers = std::vector<marker>{{std::string("TO") + "DO"},
                                         {std::string("FIX") + "ME"},
                                         {std::string("XX") + "X"},
                                         {std::string("HA") + "CK"},
                                         {std::string("W") + "IP"},
                                         {std::string("place") + "holder", true},
                                         {std::string("st") + "ub", true},
                                         {std::string("not ") + "implemented", true},
                                         {std::string("unimple") + "mented", true},
                                         {std::string("for ") + "now", true}};

const auto machine_folders = std::vector<std::string>{std::string("/wo") + "rk/",
                                                      std::string("/ho") + "me/",
                                                      std::string("/ro") + "ot/",
                                                      std::string("/Us") + "ers/"};

auto lower(std::string text) -> std::string {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return text;
}

auto holds_word(const std::string& line, const std::string& word) -> bool {
  for (auto at = line.find(word); at != std::string::npos; at = line.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_word(line[at - 1])) && (end == line.size() || !is_word(line[end]))) {
      return true;
    }
  }
  return false;
}

auto marker_in(const std::string& line) -> std::string {
  for (const auto& m : markers) {
    if (holds_word(m.any_case ? lower(line) : line, m.word)) {
      return m.word;
    }
  }
  return {};
}

/// The machine's folder that a path in `line` begins with; part of a longer path or URL is none.
auto machine_folder_in(const std::string& line) -> std::string {
  for (const auto& folder : machine_folders) {
    for (auto at = line.find(folder); at != std::string::npos; at = line.find(folder, at + 1)) {
      const auto before = at == 0 ? ' ' : line[at - 1];
      const auto inside =
          is_word(before) || std::string_view("/.-}*~:").find(before) != std::string_view::npos;
      if (!inside) {
        return folder;
      }
    }
  }
  return {};
}

void check_line_for_leftovers(const std::string& path,
                              std::size_t number,
                              const std::string& marked,
                              const std::string& raw,
                              findings& found) {
  if (const auto word = marker_in(marked); !word.empty()) {
    found.push_back({path, number, "'" + word + "': finish it, or file an issue and say nothing"});
  }
  if (const auto folder = machine_folder_in(raw); !folder.empty()) {
    found.push_back(
        {path, number, "'" + folder + "': a path of one machine; take it as an argument"});
  }
}

/// What one word of C++ says about the brace that follows: a name of a container, a function, or
/// something inside one.
enum class brace_kind { container, function, inner };

auto has_word(const std::string& text, std::string_view word) -> bool {
  return holds_word(text, std::string(word));
}

/// `head` is what stands between the last ; { or } and the brace.
auto kind_of_brace(const std::string& head) -> brace_kind {
  for (const auto* word : {"namespace", "TEST_SUITE"}) {
    if (has_word(head, word)) {
      return brace_kind::container;
    }
  }
  const auto has_list = head.find('(') != std::string::npos;
  for (const auto* word : {"class", "struct", "union", "enum"}) {
    if (has_word(head, word) && !has_list) {
      return brace_kind::container;
    }
  }
  if (head.find("extern \"") != std::string::npos && !has_list) {
    return brace_kind::container;
  }
  const auto assign = head.find('=');
  const auto list = head.find('(');
  const auto is_value = assign != std::string::npos && (list == std::string::npos || assign < list);
  return has_list && (!is_value || has_word(head, "operator")) ? brace_kind::function
                                                               : brace_kind::inner;
}

/// Follows the braces of a file and measures each function from its first line to its last.
class function_ruler {
public:
  function_ruler(const inspected_file& file, findings& found) : file_(file), found_(found) {
    for (std::size_t i = 0; i < file.text.code.size(); ++i) {
      line_ = i + 1;
      const auto& line = file.text.code[i];
      if (!line.starts_with('#')) {
        std::for_each(line.begin(), line.end(), [this](char c) { read(c); });
        read(' ');
      }
    }
  }

private:
  static constexpr std::size_t function_lines_max = 70;

  struct open_brace {
    brace_kind kind;
    std::size_t first_line;
  };

  void read(char c) {
    if (c == '{') {
      open();
    } else if (c == '}') {
      close();
    } else if ((c == ';' && parentheses_ == 0) || (c == ':' && ends_with_access())) {
      head_.clear();
    } else {
      parentheses_ += c == '(' ? 1 : 0;
      parentheses_ -= c == ')' && parentheses_ > 0 ? 1 : 0;
      if (head_.empty() && c != ' ') {
        head_line_ = line_;
      }
      if (!head_.empty() || c != ' ') {
        head_ += c;
      }
    }
  }

  /// "public:" and its kind are no part of the function that follows.
  [[nodiscard]] auto ends_with_access() const -> bool {
    return head_ == "public" || head_ == "protected" || head_ == "private";
  }

  void open() {
    const auto in_containers = std::all_of(open_.begin(), open_.end(), [](const open_brace& b) {
      return b.kind == brace_kind::container;
    });
    const auto kind = in_containers && parentheses_ == 0 ? kind_of_brace(head_) : brace_kind::inner;
    open_.push_back({kind, head_.empty() ? line_ : head_line_});
    head_.clear();
    saved_parentheses_.push_back(parentheses_);
    parentheses_ = 0;
  }

  void close() {
    head_.clear();
    if (open_.empty()) {
      return;
    }
    const auto closed = open_.back();
    open_.pop_back();
    parentheses_ = saved_parentheses_.back();
    saved_parentheses_.pop_back();
    const auto length = line_ - closed.first_line + 1;
    if (closed.kind == brace_kind::function && length > function_lines_max) {
      found_.push_back(
          {file_.path,
           closed.first_line,
           "a function of " + std::to_string(length) + " lines: split it; 70 are the limit"});
    }
  }

  const inspected_file& file_;
  findings& found_;
  std::vector<open_brace> open_;
  std::vector<int> saved_parentheses_;
  std::string head_;
  int parentheses_ = 0;
  std::size_t line_ = 0;
  std::size_t head_line_ = 0;
};

/// Where the code or comment of line `i` ends: the inside of a raw string is data and may be long.
/// Columns are characters: bytes that continue a UTF-8 sequence do not count.
auto columns_of(const source_text& text, std::size_t i) -> std::size_t {
  const auto length = [](const std::string& line) { return line.find_last_not_of(' ') + 1; };
  const auto end = std::max(length(text.code[i]), length(text.comments[i]));
  const auto line = std::string_view(text.raw[i]).substr(0, end);
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

} // namespace

void check_sizes(const inspected_file& file, findings& found) {
  for (std::size_t i = 0; i < file.text.raw.size(); ++i) {
    const auto columns = columns_of(file.text, i);
    if (columns > column_count_max) {
      found.push_back({file.path,
                       i + 1,
                       std::to_string(columns) + " columns: break the line; 100 are the limit"});
    }
  }
  if (file.text.raw.size() > line_count_max) {
    found.push_back(
        {file.path,
         file.text.raw.size(),
         std::to_string(file.text.raw.size()) +
             " lines: a file with more than one reason to change is two; 600 are the limit"});
  }
  function_ruler(file, found);
}

void check_header(const inspected_file& file, findings& found) {
  if (!file.path.ends_with(".hpp")) {
    return;
  }
  const auto& lines = file.text.raw;
  if (lines.empty() || lines[0] != "#pragma once") {
    found.push_back({file.path, 1, "a header begins with #pragma once"});
  }
  const auto says_what_for =
      lines.size() > 1 && lines[1].starts_with("// ") && lines[1].size() > 12;
  if (!says_what_for) {
    found.push_back({file.path, 2, "a header opens with one sentence that says what it is for"});
  }
}

void check_leftovers(const inspected_file& file, findings& found) {
  for (std::size_t i = 0; i < file.text.raw.size(); ++i) {
    check_line_for_leftovers(file.path, i + 1, file.text.comments[i], file.text.raw[i], found);
  }
}

auto check_plain_text(const source_file& file) -> findings {
  auto found = findings();
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    check_line_for_leftovers(file.path, i + 1, lines[i], lines[i], found);
  }
  return found;
}

} // namespace structure
