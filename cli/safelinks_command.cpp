#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"
#include "cli/table_text.hpp"
#include "core/safe_links/decoding.hpp"
#include "core/safe_links/xsoar.hpp"

#include <CLI/App.hpp>

#include <deque>
#include <map>
#include <ostream>

namespace cli {
namespace {

namespace safe_links = core::safe_links;

constexpr auto safelinks_examples = R"(Examples:
  offtenant safelinks policy list connector.toml
  offtenant safelinks policy create connector.toml "Finance links" --track-clicks on --what-if
  offtenant safelinks rule create connector.toml "Finance links" --policy "Finance links" --domains contoso.com
  offtenant safelinks report detail connector.toml --from 2026-09-13 --to 2026-09-14
  offtenant safelinks decode 'https://eur02.safelinks.protection.outlook.com/?url=...'
  offtenant safelinks posture connector.toml
  offtenant safelinks reconcile connector.toml        clicks of the report that are not stored

Changes ask twice: they look first, send only what differs, and look again. The app needs the
application permission Exchange.ManageAsApp and a directory role: Security Reader to read, Security
Administrator to change.
Exit codes: 0 done, 1 refused or not as asked, 2 an argument or the config is wrong, 3 a file, the
secret, a token or an answer cannot be had, 130 interrupted.)";

/// One subcommand of the table with what was typed for it.
struct leaf {
  CLI::App* app = nullptr;
  safelinks_options options;
  std::map<const safe_links::setting*, std::string> typed;
};

/// A value from a link that anybody may have written: control characters as JSON escapes them.
auto printable(const safe_links::object& value) -> std::string {
  const auto text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return value.is_string() ? text.substr(1, text.size() - 2) : value.is_null() ? "-" : text;
}

class safelinks_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("safelinks", "Manage Safe Links, and look into its links");
    app->require_subcommand(1);
    app->footer(safelinks_examples);
    for (const auto& one : safe_links::command_table()) {
      declare_leaf(*app, one);
    }
    declare_posture(*app);
    declare_reconcile(*app);
    declare_decode(*app);
    declare_xsoar(*app);
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    if (decode_->parsed()) {
      return decode(around);
    }
    if (xsoar_->parsed()) {
      return run_old(around);
    }
    for (auto& one : leaves_) {
      if (one.app->parsed()) {
        return run(one, around);
      }
    }
    return exit_usage;
  }

private:
  auto group(CLI::App& root, const std::string& name) -> CLI::App* {
    auto& found = groups_[name];
    if (found == nullptr) {
      found = root.add_subcommand(name, group_help(name));
      found->require_subcommand(1);
    }
    return found;
  }

  static auto group_help(const std::string& name) -> std::string {
    return name == "policy"     ? "What holds for those whom a rule names"
           : name == "rule"     ? "Whom a policy holds for"
           : name == "settings" ? "Switches of the whole tenant"
                                : "Clicks up to yesterday, as Exchange counts them";
  }

  static void add_common(CLI::App& app, safelinks_options& options) {
    app.add_option("CONFIG", options.config, "Config file")->type_name("")->required();
    app.add_flag("--json", options.json, "Print JSON");
  }

  void declare_leaf(CLI::App& root, const safe_links::command& what) {
    auto& one = leaves_.emplace_back();
    const auto space = what.words.find(' ');
    auto* parent = group(root, std::string(what.words.substr(0, space)));
    one.options.what.what = &what;
    one.app =
        parent->add_subcommand(std::string(what.words.substr(space + 1)), std::string(what.help));
    one.app->footer("Runs " + std::string(what.cmdlet) + ".");
    add_common(*one.app, one.options);
    if (!what.naming.empty()) {
      auto* name = one.app->add_option("NAME", one.options.what.name, "Name or GUID");
      name->type_name("")->required(what.needs_name);
    }
    for (const auto& setting : what.settings) {
      add_setting(one, setting);
    }
    if (what.changes()) {
      one.app->add_flag("--what-if", one.options.what_if, "Show the requests, send none of them");
    }
  }

  static void add_setting(leaf& one, const safe_links::setting& setting) {
    one.app
        ->add_option(
            "--" + std::string(setting.option), one.typed[&setting], std::string(setting.help))
        ->type_name(setting.kind == safe_links::value_kind::flag ? "on|off" : "VALUE");
  }

  void declare_reconcile(CLI::App& root) {
    auto& one = leaves_.emplace_back();
    one.options.task = safelinks_task::reconcile;
    one.options.what.what = safe_links::find_command("report detail");
    one.app = root.add_subcommand("reconcile", "Which reported clicks the store does not hold");
    one.app->footer("Compares Get-SafeLinksDetailReport with the store that CONFIG names. Changes "
                    "nothing. Exit code 1 if a click is missing.");
    add_common(*one.app, one.options);
    for (const auto& setting : one.options.what.what->settings) {
      if (setting.option == "from" || setting.option == "to") {
        add_setting(one, setting);
      }
    }
  }

  void declare_posture(CLI::App& root) {
    auto& one = leaves_.emplace_back();
    one.options.task = safelinks_task::posture;
    one.app = root.add_subcommand("posture", "Who is covered, and what is not as it should be");
    one.app->footer("Reads policies and rules, users and groups; changes nothing.");
    add_common(*one.app, one.options);
  }

  void declare_decode(CLI::App& root) {
    decode_ = root.add_subcommand("decode", "Show what a rewritten link says; asks nobody");
    decode_->add_option("URL", address_, "The link, from mail or Teams")->type_name("")->required();
    decode_->add_option("--tenant", own_tenant_, "Id of the own tenant, to compare with")
        ->type_name("ID");
    decode_->add_flag("--json", decode_json_, "Print JSON");
  }

  void declare_xsoar(CLI::App& root) {
    xsoar_ = root.add_subcommand("xsoar", "Run a command of Cortex XSOAR with its old arguments");
    xsoar_->footer(
        "Example:\n  offtenant safelinks xsoar connector.toml policy-update name=Finance "
        "is_enabled=true do_not_track_user_clicks=false");
    add_common(*xsoar_, old_);
    xsoar_->add_option("COMMAND", old_name_, "policy-list, rule-update, ...")
        ->type_name("")
        ->required();
    xsoar_->add_option("ARGUMENT", old_arguments_, "name=value")->type_name("");
    xsoar_->add_flag("--what-if", old_.what_if, "Show the requests, send none of them");
  }

  static auto complain(const std::string& text, const surroundings& around) -> int {
    around.err << "offtenant safelinks: " << text << '\n';
    return exit_usage;
  }

  static auto start(const safelinks_options& options, const surroundings& around) -> int {
    const auto there = existing_paths({options.config}, "");
    return there ? around.parts.safelinks(
                       options, around.out, around.err, around.env, around.interrupted)
                 : complain(there.error().why, around);
  }

  static auto run(leaf& one, const surroundings& around) -> int {
    for (const auto& [setting, text] : one.typed) {
      const auto option = "--" + std::string(setting->option);
      if (one.app->count(option) == 0) {
        continue;
      }
      auto value = safe_links::value_from(*setting, text);
      if (!value) {
        const auto* wanted =
            setting->kind == safe_links::value_kind::flag ? "on or off" : "a whole number";
        return complain(option + ": expected " + wanted + ", not '" + text + "'", around);
      }
      one.options.what.set(*setting, std::move(*value));
    }
    return start(one.options, around);
  }

  auto run_old(const surroundings& around) -> int {
    auto arguments = std::map<std::string, std::string>();
    for (const auto& one : old_arguments_) {
      const auto equals = one.find('=');
      if (equals == std::string::npos) {
        return complain("expected name=value, not '" + one + "'", around);
      }
      arguments[one.substr(0, equals)] = one.substr(equals + 1);
    }
    auto what = safe_links::from_xsoar(old_name_, arguments);
    if (!what) {
      return complain(what.error().why, around);
    }
    old_.what = std::move(*what);
    return start(old_, around);
  }

  auto decode(const surroundings& around) const -> int {
    const auto found = safe_links::decode(address_, own_tenant_);
    if (found.is_null()) {
      around.err << "offtenant safelinks: this is no link that Safe Links wrote\n";
      return exit_failed;
    }
    if (decode_json_) {
      constexpr auto replace = nlohmann::json::error_handler_t::replace;
      around.out << found.dump(2, ' ', false, replace) << '\n';
      return exit_held;
    }
    auto rows = std::vector<table_row>();
    for (const auto& [name, value] : found.items()) {
      rows.push_back({name, printable(value)});
    }
    for (const auto& line : aligned(rows)) {
      around.out << line << '\n';
    }
    return exit_held;
  }

  std::map<std::string, CLI::App*> groups_;
  std::deque<leaf> leaves_;
  CLI::App* decode_ = nullptr;
  std::string address_;
  std::string own_tenant_;
  bool decode_json_ = false;
  CLI::App* xsoar_ = nullptr;
  safelinks_options old_;
  std::string old_name_;
  std::vector<std::string> old_arguments_;
};

} // namespace

auto make_safelinks_command() -> std::unique_ptr<command> {
  return std::make_unique<safelinks_command>();
}

} // namespace cli
