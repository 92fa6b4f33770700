#include "scenarios/model/event_draft.hpp"

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;

const auto rule_folders =
    std::vector<std::string>{"inbox", "junkemail", "sentitems", "deleteditems", "archive"};

void read_rule(event_draft& with, table_reader& read, tenant::inbox_rule& out) {
  out.user = with.user(read, "user");
  out.name = read.text("name", need::required).value_or("");
  out.forward_to = read.texts("forward_to");
  out.redirect_to = read.texts("redirect_to");
  out.forward_as_attachment_to = read.texts("forward_as_attachment_to");
  out.subject_contains = read.texts("subject_contains");
  out.move_to = read.word("move_to", rule_folders).value_or("");
  out.deletes = read.flag("deletes").value_or(false);
  out.enabled = read.flag("enabled").value_or(true);
  out.read_only = read.flag("read_only").value_or(false);
}

} // namespace

void read_mailboxes(event_draft& with) {
  with.each("inbox_rule", [&](table_reader& read) {
    auto what = tenant::inbox_rule();
    if (read.raw("at") == nullptr) {
      what.id = read.text("id").value_or("");
      (void)read.moment("at");
      read_rule(with, read, what);
      read.finish();
      with.standing().inbox_rules.push_back(std::move(what));
      return;
    }
    const auto [id, at] = with.begin(read, event_kind::other, "inbox-rule");
    what.id = id;
    read_rule(with, read, what);
    with.end(read, at, std::move(what));
  });
}

} // namespace scenarios::model
