#include "tests/structure/rules.hpp"

#include <algorithm>
#include <initializer_list>

namespace structure {

namespace {

using folders = std::vector<std::string_view>;

struct banned {
  std::vector<std::string_view> words;
  folders allowed; ///< folders that may, besides tests and bench
  std::string_view instead;
};

// The two headers of the seams count the bytes on their way for both ends of a socket.
const auto socket_folders = folders{"core/adapters",
                                    "mock_graph/wire",
                                    "core/seams/wire_meter.hpp",
                                    "core/seams/counted_stream.hpp"};

const auto rules = std::vector<banned>{
    {{"system_clock::now",
      "steady_clock::now",
      "high_resolution_clock",
      "gettimeofday",
      "clock_gettime",
      "time(nullptr",
      "time(NULL",
      "time(0",
      "time(&",
      "std::time(",
      "utc_clock::now",
      "localtime",
      "gmtime_r"},
     {"core/adapters"},
     "take a seams::clock& and ask it"},
    {{"steady_timer",
      "system_timer",
      "deadline_timer",
      "high_resolution_timer",
      "expires_after",
      "expires_at"},
     {"core/adapters"},
     "wait with seams::clock::sleep_for; Asio's timers run on real time"},
    {{"this_thread::sleep_for", "this_thread::sleep_until", "usleep(", "nanosleep("},
     {"core/adapters"},
     "wait with seams::clock::sleep_for"},
    {{"random_device",
      "mt19937",
      "mt19937_64",
      "minstd_rand",
      "default_random_engine",
      "rand(",
      "srand(",
      "random(",
      "RAND_bytes",
      "RAND_priv_bytes",
      "getrandom(",
      "random_generator"},
     {"core/adapters"},
     "draw from seams::choices, so that the seed repeats the run"},
    {{"async_resolve", "tcp::resolver", "udp::resolver", "getaddrinfo"},
     {"core/adapters"},
     "go through a seams::transport; only adapters resolve names"},
    {{"tcp::socket",
      "tcp::acceptor",
      "tcp::endpoint",
      "ssl::stream",
      "ssl::context",
      "udp::socket",
      "tcp_stream"},
     socket_folders,
     "go through a seams::transport; only adapters and the mock's wire hold sockets"},
    {{"ifstream", "ofstream", "fstream", "fopen(", "freopen(", "tmpfile(", "mkstemp("},
     {"core/adapters",
      "scenarios/model",
      "scenarios/report",
      "scenarios/run",
      "scenarios/serve",
      "cli"},
     "hand the text in; files belong to core/adapters, scenarios/{model,report,run,serve} and cli"},
};

const auto socket_headers = std::vector<std::string_view>{"boost/asio/ip/",
                                                          "boost/asio/ssl.hpp",
                                                          "boost/asio/ssl/",
                                                          "boost/asio/local/",
                                                          "boost/asio.hpp",
                                                          "boost/beast.hpp",
                                                          "boost/beast/ssl",
                                                          "boost/beast/core/tcp_stream.hpp",
                                                          "sys/socket.h"};

struct border {
  std::string_view folder;
  folders may;
};

// The innermost folder that matches decides, so the order is from inner to outer.
const auto borders = std::vector<border>{
    {"core/seams", {"core/seams"}},
    {"core", {"core"}},
    {"mock_graph", {"core/seams", "mock_graph"}},
    {"replay", {"core/seams", "replay"}},
    {"scenarios", {"core", "mock_graph", "replay", "scenarios"}},
};

auto is_in(std::string_view path, std::string_view folder) -> bool {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

auto is_in_any(std::string_view path, const folders& list) -> bool {
  return std::any_of(list.begin(), list.end(), [&](auto folder) { return is_in(path, folder); });
}

auto is_exempt(std::string_view path) -> bool {
  return is_in(path, "tests") || is_in(path, "bench");
}

/// Where `word` stands in `line` as a whole word, or npos. A call such as "time(" is no member
/// (x.time(...)), no other namespace's (chrono::time(...)) and no declaration's own name.
auto find_word(std::string_view line, std::string_view word) -> std::size_t {
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const auto before = at == 0 ? ' ' : line[at - 1];
    const auto is_call = word.find('(') != std::string_view::npos;
    const auto starts_word = !is_word(before);
    const auto member = before == '.' || before == '>' ||
                        (before == ':' && !line.substr(0, at).ends_with("std::") &&
                         !line.substr(0, at).ends_with(" ::"));
    const auto declared = line.substr(0, at).ends_with("auto ");
    const auto end = at + word.size();
    const auto ends_word = !is_word(word.back()) || end == line.size() || !is_word(line[end]);
    if (starts_word && ends_word && !(is_call && (member || declared))) {
      return at;
    }
  }
  return std::string_view::npos;
}

auto included_in(std::string_view raw_line, char open, char close) -> std::string_view {
  const auto hash = raw_line.find_first_not_of(' ');
  if (hash == std::string_view::npos || !raw_line.substr(hash).starts_with("#include")) {
    return {};
  }
  const auto from = raw_line.find(open);
  const auto to = from == std::string_view::npos ? from : raw_line.find(close, from + 1);
  return to == std::string_view::npos ? std::string_view()
                                      : raw_line.substr(from + 1, to - from - 1);
}

} // namespace

void check_seams(const inspected_file& file, findings& found) {
  if (is_exempt(file.path)) {
    return;
  }
  for (std::size_t i = 0; i < file.text.code.size(); ++i) {
    for (const auto& rule : rules) {
      if (is_in_any(file.path, rule.allowed)) {
        continue;
      }
      for (const auto word : rule.words) {
        if (find_word(file.text.code[i], word) != std::string_view::npos) {
          const auto name = word.substr(0, word.find('('));
          found.push_back({file.path, i + 1, std::string(name) + ": " + std::string(rule.instead)});
          break;
        }
      }
    }
  }
}

void check_includes(const inspected_file& file, findings& found) {
  if (is_exempt(file.path)) {
    return;
  }
  const auto found_border = std::find_if(
      borders.begin(), borders.end(), [&](const border& b) { return is_in(file.path, b.folder); });
  const auto holds_sockets = is_in_any(file.path, socket_folders);
  for (std::size_t i = 0; i < file.text.raw.size(); ++i) {
    const auto own = included_in(file.text.raw[i], '"', '"');
    const auto is_ours =
        is_in_any(own, {"core", "mock_graph", "replay", "scenarios", "cli", "tests", "bench"});
    if (is_ours && found_border != borders.end() && !is_in_any(own, found_border->may)) {
      auto may = std::string();
      for (const auto folder : found_border->may) {
        may += (may.empty() ? "" : ", ") + std::string(folder);
      }
      found.push_back({file.path,
                       i + 1,
                       std::string(found_border->folder) + " may not include " + std::string(own) +
                           ": of ours it sees only " + may});
    }
    if (is_in_any(own, {"tests", "bench"}) && found_border == borders.end()) {
      found.push_back({file.path, i + 1, "no program code includes tests or bench"});
    }
    const auto system = included_in(file.text.raw[i], '<', '>');
    const auto is_socket = std::any_of(socket_headers.begin(), socket_headers.end(), [&](auto h) {
      return system.starts_with(h);
    });
    if (is_socket && !holds_sockets) {
      found.push_back({file.path,
                       i + 1,
                       std::string(system) + ": sockets belong to core/adapters and " +
                           "mock_graph/wire; go through a seams::transport"});
    }
  }
}

} // namespace structure
