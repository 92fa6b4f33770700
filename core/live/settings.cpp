#include "core/live/settings.hpp"

#include "core/adapters/files/text_file.hpp"
#include "core/clouds.hpp"
#include "core/feeds/azure_activity_feed.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/live/setting_readers.hpp"
#include "core/toml_reading/parse.hpp"

#include <algorithm>
#include <filesystem>

namespace core::live {
namespace {

using namespace std::chrono_literals;
using toml_reading::in_quotes;
using toml_reading::need;
using toml_reading::table_reader;

constexpr auto poll_least = seams::duration{1s};
constexpr auto answer_limit_least = seams::duration{1s};

auto feed_words() -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : feeds::feed_table()) {
    out.emplace_back(one.name);
  }
  return out;
}

auto cloud_words() -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : clouds()) {
    out.push_back(one.name);
  }
  return out;
}

void read_feed_names(table_reader& top, settings& out) {
  const auto known = feed_words();
  for (const auto& name : top.placed_texts("feeds", need::required)) {
    top.shared().check_known(name, "feed", known);
    if (std::ranges::find(out.connector.feeds, name.text, &feed_options::name) !=
        out.connector.feeds.end()) {
      top.shared().complain(name.at, "the feed " + in_quotes(name.text) + " stands twice");
    } else if (const auto* facts = feeds::find_feed(name.text)) {
      out.connector.feeds.push_back(feeds::default_options(*facts));
    }
  }
}

void read_one_feed(table_reader& read, const feeds::feed_facts& facts, feed_options& out) {
  out.period = read.span("poll").value_or(out.period);
  if (out.period < poll_least) {
    read.shared().complain(read.at("poll"), "\"poll\" is too short", "at least 1s");
  }
  out.overlap = read.span("overlap").value_or(out.overlap);
  out.first_look_back = read.span("first_look_back").value_or(out.first_look_back);
  if (facts.retention > seams::duration::zero() && read.at("first_look_back") != read.at() &&
      out.first_look_back > facts.retention) {
    read.shared().complain(read.at("first_look_back"),
                           "\"first_look_back\" reaches further back than the source answers",
                           "at most " + seams::to_text(facts.retention));
  }
  read.finish();
}

void read_feed_tables(table_reader& top, settings& out) {
  const auto* table = top.table("feed");
  if (table == nullptr) {
    return;
  }
  auto feeds_read = table_reader(top.shared(), *table, "feed");
  for (auto& options : out.connector.feeds) {
    if (const auto* own = feeds_read.raw(options.name)) {
      auto read = table_reader(top.shared(), own->value, "feed.NAME");
      read_one_feed(read, *feeds::find_feed(options.name), options);
    }
  }
  feeds_read.finish();
}

void read_subscriptions(table_reader& top, settings& out) {
  for (const auto& one : top.placed_texts("subscriptions")) {
    for (const auto& text : feeds::subscription_ids({one.text})) {
      if (const auto id = folded_guid(text)) {
        out.connector.subscriptions.push_back(*id);
      } else {
        top.shared().complain(one.at, "a subscription is " + in_quotes(text), guid_form);
      }
    }
  }
  const auto wanted =
      std::ranges::find(out.connector.feeds, "azure_activity", &feed_options::name) !=
      out.connector.feeds.end();
  if (wanted && out.connector.subscriptions.empty()) {
    top.shared().complain(top.at("subscriptions"),
                          "the feed \"azure_activity\" reads no subscription",
                          "subscriptions = [\"id of an Azure subscription\", ...]");
  }
}

/// Relative to the folder of the config, so that it means the same wherever it is started.
auto beside(const toml_reading::reading& shared, const std::string& path) -> std::string {
  return path.empty() || path == "-" ? path
                                     : (std::filesystem::path(shared.folder) / path).string();
}

void read_places(table_reader& top, settings& out) {
  out.store = beside(top.shared(), top.text("store", need::required).value_or(""));
  out.ndjson = beside(top.shared(), top.text("ndjson").value_or(""));
  if (!out.ndjson.empty() && out.ndjson == out.store) {
    top.shared().complain(top.at("ndjson"), "\"ndjson\" is the same file as \"store\"");
  }
}

void read_all(table_reader& top, settings& out) {
  static const auto modes = std::vector<std::string>{"read_only"};
  out.connector.tenant_id = read_guid(top, "tenant_id");
  out.connector.client_id = read_guid(top, "client_id");
  const auto region = top.word("cloud", cloud_words()).value_or("global");
  out.connector.where = *find_cloud(region);
  (void)top.word("mode", modes);
  read_feed_names(top, out);
  read_feed_tables(top, out);
  read_subscriptions(top, out);
  read_places(top, out);
  out.connector.answer_limit = top.span("answer_limit").value_or(out.connector.answer_limit);
  if (out.connector.answer_limit < answer_limit_least) {
    top.shared().complain(top.at("answer_limit"), "\"answer_limit\" is too short", "at least 1s");
  }
  read_credential(top, out.credential);
  for (auto* path : {&out.credential.secret_file,
                     &out.credential.certificate_file,
                     &out.credential.key_file,
                     &out.credential.pfx_file,
                     &out.credential.passphrase_file}) {
    *path = beside(top.shared(), *path);
  }
  out.ca_file = beside(top.shared(), read_base_urls(top, out.connector.where));
  top.finish();
}

auto reading_of(const std::string& path) -> toml_reading::reading {
  auto shared = toml_reading::reading();
  shared.file = path;
  shared.subject = "the config";
  shared.folder = std::filesystem::path(path).parent_path().string();
  return shared;
}

} // namespace

auto is_settings(const toml_reading::node& root) -> bool {
  return root.find("tenant_id") != nullptr;
}

auto is_settings_file(const std::string& path) -> bool {
  const auto file = adapters::read_text_file(path, toml_reading::file_bytes_max);
  const auto tree = toml_reading::parse_toml(file.text, path);
  return tree.root && is_settings(*tree.root);
}

auto read_settings(const std::string& text, const std::string& path) -> loaded_settings {
  const auto tree = toml_reading::parse_toml(text, path);
  if (tree.wrong) {
    return {std::nullopt, {*tree.wrong}};
  }
  auto shared = reading_of(path);
  auto what = settings();
  what.file = path;
  auto top = table_reader(shared, *tree.root, "");
  read_all(top, what);
  std::ranges::stable_sort(shared.wrong, {}, &toml_reading::diagnostic::at);
  if (!shared.wrong.empty()) {
    return {std::nullopt, std::move(shared.wrong)};
  }
  return {std::move(what), {}};
}

auto load_settings(const std::string& path) -> loaded_settings {
  const auto file = adapters::read_text_file(path, toml_reading::file_bytes_max);
  if (!file.wrong.empty()) {
    return {std::nullopt, {{path, {}, "the file " + file.wrong, "a config file", ""}}};
  }
  return read_settings(file.text, path);
}

auto settings_keys() -> std::vector<std::string> {
  // One of each table, so that every reader asks for all of its keys.
  const auto tree = toml_reading::parse_toml(
      "feeds = [\"alerts\"]\nfeed.alerts = {}\ncredential = {}\nbase_urls = {}\n", "sample");
  auto shared = reading_of("sample");
  auto what = settings();
  auto top = table_reader(shared, *tree.root, "");
  read_all(top, what);
  return {shared.keys.begin(), shared.keys.end()};
}

} // namespace core::live
