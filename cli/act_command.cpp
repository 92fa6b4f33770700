#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"
#include "core/actions/action_table.hpp"
#include "core/actions/targets.hpp"
#include "core/toml_reading/spell.hpp"

#include <CLI/App.hpp>

#include <algorithm>
#include <ostream>

namespace cli {
namespace {

constexpr auto act_examples = R"(Examples:
  offtenant act --list                                      the fifteen actions, and what they need
  offtenant act disable_user adele@contoso.com --config connector.toml
                                                            the exact requests; nothing is changed
  offtenant act disable_user adele@contoso.com --config connector.toml --confirm
  offtenant act hard_delete_message a@contoso.com b@contoso.com --message-id "<7f3a@evil.example>"
                                            --config connector.toml --confirm
  offtenant act --case mail:b1d7c0aa52e3… --config connector.toml
                                                            what triage recommends, as requests
  offtenant act --resume 5c0f3d1e-… --config connector.toml --confirm
                                                            goes on with an act that was cut short
  offtenant act --log --config connector.toml               every act so far

Without --confirm the tenant is only read. Each change is written to the store before it is sent and
after it is answered, and sent once. docs/actions.md tells what each action does and needs.
Exit codes: 0 done (or shown), also where it was so before; 1 something was refused, failed or is
not at its end; 2 an argument or the config cannot be used; 3 a file, the store, the secret or the
login cannot be had; 130 interrupted.)";

constexpr auto reach_max = std::uint64_t{1'000'000};
constexpr auto wait_minutes_max = std::uint64_t{24 * 60};

class act_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("act", "Respond: show or take an action in the tenant");
    app->footer(act_examples);
    app->add_option("NAME", typed_.name, "Action, see --list")->type_name("");
    app->add_option("TARGET", typed_.targets, "Users, mailboxes, devices, URLs, ...")
        ->type_name("");
    app->add_option("--config", typed_.config, "Config file of the connector")->type_name("FILE");
    app->add_flag("--confirm", typed_.confirm, "Change the tenant");
    app->add_option("--case", typed_.case_id, "Take what triage recommends for this case")
        ->type_name("ID");
    app->add_option("--resume", typed_.resume, "Go on with this act")->type_name("ACT");
    app->add_flag("--list", typed_.list, "Print the actions and what they need");
    app->add_flag("--log", typed_.log, "Print what the store knows of acts");
    declare_parameters(*app);
    app->add_option("--max-users", most_users_, "Most users that one act may reach, 10 by default")
        ->type_name("N");
    app->add_option("--max-mailboxes",
                    most_mailboxes_,
                    "Most mailboxes that one act may reach, 50 by default")
        ->type_name("N");
    app->add_option("--wait", wait_, "Longest wait for a device, 15 minutes by default")
        ->type_name("MINUTES");
    app->add_flag("--again", typed_.again, "Repeat what was done a moment ago");
    app->add_flag("--json", typed_.json, "Print JSON, one line an act");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    if (const auto wrong = problem(); !wrong.empty()) {
      around.err << "offtenant act: " << wrong << '\n';
      return exit_usage;
    }
    return around.parts.act(typed_, around.out, around.err, around.env, around.interrupted);
  }

private:
  void declare_parameters(CLI::App& app) {
    app.add_option("--message-id", typed_.message_ids, "Message-ID of a mail to delete")
        ->type_name("ID");
    app.add_option("--exclude-user",
                   typed_.exclude_users,
                   "Id of a break-glass account that block_ip never blocks")
        ->type_name("ID");
    app.add_option("--internal-domain", typed_.internal_domains, "A domain of the organisation")
        ->type_name("DOMAIN");
    app.add_flag("--hiding", typed_.hiding, "Disable rules too that delete or hide mail");
    app.add_option("--comment", typed_.comment, "Why, for the device's history")->type_name("TEXT");
    app.add_option("--password-env",
                   typed_.password_env,
                   "Variable with the new password; else one that nobody learns")
        ->type_name("NAME");
  }

  /// What is wrong with the arguments, or "".
  auto problem() -> std::string {
    const auto ways = (typed_.name.empty() ? 0 : 1) + (typed_.case_id.empty() ? 0 : 1) +
                      (typed_.resume.empty() ? 0 : 1) + (typed_.list ? 1 : 0) +
                      (typed_.log ? 1 : 0);
    if (ways != 1) {
      return "one of NAME, --case, --resume, --list and --log is needed";
    }
    if (const auto wrong = typed_.name.empty() ? "" : action_problem(); !wrong.empty()) {
      return wrong;
    }
    if (!typed_.list && typed_.config.empty()) {
      return "--config is needed";
    }
    if (!typed_.config.empty()) {
      const auto there = existing_paths({typed_.config}, "");
      if (!there) {
        return there.error().why;
      }
    }
    return numbers();
  }

  auto action_problem() -> std::string {
    const auto* facts = core::actions::find_action(typed_.name);
    if (facts == nullptr) {
      auto known = std::vector<std::string>();
      for (const auto& one : core::actions::action_table()) {
        known.emplace_back(one.name);
      }
      const auto meant = core::toml_reading::nearest(typed_.name, known);
      return "there is no action called '" + typed_.name + "'" +
             (meant.empty() ? "" : "; did you mean '" + meant + "'?") + " See offtenant act --list";
    }
    if (typed_.targets.empty()) {
      return typed_.name + " needs a target: " + std::string(facts->target);
    }
    for (const auto& target : typed_.targets) {
      if (const auto fits = core::actions::check_target(typed_.name, target); !fits) {
        return fits.error().why;
      }
    }
    if (typed_.name == "hard_delete_message" && typed_.message_ids.empty()) {
      return typed_.name + " needs the --message-id of a mail";
    }
    return stray_parameter();
  }

  /// Says which option the action would pass over, or "".
  auto stray_parameter() -> std::string {
    struct bound_option {
      const char* name;
      bool given;
      std::initializer_list<std::string_view> of;
    };
    for (const auto& one : {
             bound_option{"--message-id", !typed_.message_ids.empty(), {"hard_delete_message"}},
             bound_option{"--exclude-user", !typed_.exclude_users.empty(), {"block_ip"}},
             bound_option{"--internal-domain",
                          !typed_.internal_domains.empty(),
                          {"delete_external_forwarding_rules"}},
             bound_option{"--hiding", typed_.hiding, {"disable_forwarding_rules"}},
             bound_option{"--password-env", !typed_.password_env.empty(), {"reset_password"}},
             bound_option{
                 "--comment", !typed_.comment.empty(), {"isolate_device", "release_device"}},
         }) {
      if (one.given && std::ranges::find(one.of, typed_.name) == one.of.end()) {
        return typed_.name + " takes no " + one.name;
      }
    }
    return "";
  }

  auto numbers() -> std::string {
    const auto read = [](const char* name,
                         const std::optional<std::string>& text,
                         std::uint64_t most,
                         std::uint64_t& out) -> std::string {
      if (!text) {
        return "";
      }
      const auto value = parse_number(name, *text, 1, most);
      out = value ? *value : out;
      return value ? "" : value.error().why;
    };
    auto wrong = read("--max-users", most_users_, reach_max, typed_.most_users);
    wrong = wrong.empty()
                ? read("--max-mailboxes", most_mailboxes_, reach_max, typed_.most_mailboxes)
                : wrong;
    return wrong.empty() ? read("--wait", wait_, wait_minutes_max, typed_.wait_minutes) : wrong;
  }

  act_arguments typed_;
  std::optional<std::string> most_users_;
  std::optional<std::string> most_mailboxes_;
  std::optional<std::string> wait_;
};

} // namespace

auto make_act_command() -> std::unique_ptr<command> {
  return std::make_unique<act_command>();
}

} // namespace cli
