#include "cli/first_scenario.hpp"

namespace cli {

auto first_scenario() -> std::string_view {
  return R"toml(# A person gets a malicious link in a Teams chat, is warned, and clicks through the warning.
#
# A scenario says what happened in the tenant. offtenant derives from it what every Microsoft API
# shows and when, lets the connector read it all on virtual time, and judges what it stored.
about = "A click through a Safe Links warning in Teams raises alerts that hold the message"

# Who is there. Defaults give dana a mailbox, a licence and an address in the tenant.
[[user]]
name = "dana"

# What the connector reads.
[connector]
feeds = ["alerts", "incidents", "safe_links"]

# What happened. Times are counted from the scenario's start.
[[verdict]]
at = "1m"
url = "https://login.contoso-docs.example/r?x=1"

[[teams_message]]
id = "chat"
at = "10m"
from = "helpdesk@fabrikam.example"
to = ["dana"]
chat = "Helpdesk"
urls = ["https://login.contoso-docs.example/r?x=1"]

[[click]]
id = "c1"
at = "12m"
user = "dana"
in = "chat"      # the message that held the link
goes_on = true   # past the warning page

# What the connector must have stored. That nothing is lost, stored twice or asked for too early
# is checked in every scenario without saying so.
[[expect]]
alerts = 2
within = "15m"
of = "c1"

[[expect]]
alerts = 1
where = { title = "A user clicked through to a potentially malicious URL" }

[[expect]]
incidents = 1
)toml";
}

auto first_readme() -> std::string_view {
  return R"(# Scenarios

Each `.toml` file tells what happened in a Microsoft 365 tenant, and what a security connector must
make of it. `offtenant` plays the tenant, runs the connector against it on virtual time, and judges.

    offtenant run .                             run every scenario of this folder
    offtenant lint .                            check the files without running them
    offtenant run first.toml --seeds 1..100     the same story under a hundred different chances

Start from `first.toml`: its comments say what each part means. A scenario that fails prints what
was expected, what happened, at which virtual time, and the command that repeats it.
)";
}

} // namespace cli
