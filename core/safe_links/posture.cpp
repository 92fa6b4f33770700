#include "core/safe_links/posture.hpp"

#include "core/safe_links/comparison.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>

namespace core::safe_links {
namespace {

struct demand {
  std::string_view setting;
  bool mandatory;
  std::string_view why;
};

constexpr auto demands = std::to_array<demand>({
    {"EnableSafeLinksForEmail", true, "links in mail are not checked, no feed shows such clicks"},
    {"EnableForInternalSenders", true, "mail from inside is not covered, as in lateral phishing"},
    {"TrackClicks", false, "clicks are not kept, no feed has any"},
    {"AllowClickThrough", false, "nobody can go on, so there is no evidence of who would"},
});

auto text_in(const object& row, const char* name) -> std::string {
  const auto found = row.find(name);
  return found != row.end() && found->is_string() ? found->get<std::string>() : std::string();
}

auto flag_in(const object& row, std::string_view name) -> bool {
  const auto found = row.find(std::string(name));
  return found != row.end() && found->is_boolean() && found->get<bool>();
}

auto texts_in(const object& row, const char* name) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  const auto found = row.find(name);
  if (found != row.end() && found->is_array()) {
    for (const auto& one : *found) {
      out.push_back(one.is_string() ? seams::lower_case(one.get<std::string>()) : std::string());
    }
  }
  return out;
}

auto is_on(const object& rule) -> bool {
  return same_text(rule, "State", "Enabled");
}

class judge {
public:
  explicit judge(const posture_input& what) : what_(what) {}

  auto run() -> posture {
    order_rules();
    for (const auto* rule : rules_) {
      add(text_in(*rule, "SafeLinksPolicy"), text_in(*rule, "Name"));
    }
    const auto built_in = std::ranges::find_if(
        what_.policies, [](const object& one) { return flag_in(one, "IsBuiltInProtection"); });
    add(built_in == what_.policies.end() ? "" : text_in(*built_in, "Name"), "");
    place_people();
    for (const auto& one : out_.covers) {
      compare(one);
    }
    remark_on_policies();
    remark_on_groups();
    out_.remarks.insert(out_.remarks.end(), what_.unknown.begin(), what_.unknown.end());
    return std::move(out_);
  }

private:
  [[nodiscard]] auto policy(std::string_view name) const -> const object* {
    const auto found = std::ranges::find_if(
        what_.policies, [&](const object& one) { return same_text(one, "Name", name); });
    return found == what_.policies.end() ? nullptr : &*found;
  }

  [[nodiscard]] auto is_strict(const object& rule) const -> bool {
    const auto* of = policy(text_in(rule, "SafeLinksPolicy"));
    return of != nullptr && same_text(*of, "RecommendedPolicyType", "Strict");
  }

  void order_rules() {
    for (const auto* list : {&what_.preset_rules, &what_.rules}) {
      auto some = std::vector<const object*>();
      for (const auto& rule : *list) {
        if (is_on(rule) && policy(text_in(rule, "SafeLinksPolicy")) != nullptr) {
          some.push_back(&rule);
        }
      }
      std::ranges::stable_sort(some, {}, [&](const object* rule) {
        return std::pair(!is_strict(*rule), rule->value("Priority", object(0)));
      });
      rules_.insert(rules_.end(), some.begin(), some.end());
    }
  }

  void add(const std::string& name, const std::string& rule) {
    auto one = coverage{name, rule, {}};
    if (const auto* of = policy(name)) {
      one.mail = flag_in(*of, "EnableSafeLinksForEmail");
      one.internal = flag_in(*of, "EnableForInternalSenders");
      one.tracked = flag_in(*of, "TrackClicks");
      one.click_through = flag_in(*of, "AllowClickThrough");
    }
    out_.covers.push_back(std::move(one));
  }

  [[nodiscard]] auto names(const object& rule, const person& who, const std::string& prefix) const
      -> std::array<bool, 3> {
    const auto address = seams::lower_case(who.address);
    const auto domain = address.substr(std::min(address.size(), address.rfind('@') + 1));
    const auto has = [&](const std::string& kind, const auto& fits) {
      return std::ranges::any_of(texts_in(rule, (prefix + kind).c_str()), fits);
    };
    return {has("SentTo", [&](const std::string& one) { return one == address; }),
            has("SentToMemberOf",
                [&](const std::string& one) {
                  const auto group = what_.members.find(one);
                  return group != what_.members.end() && group->second.contains(who.id);
                }),
            has("RecipientDomainIs", [&](const std::string& one) { return one == domain; })};
  }

  [[nodiscard]] auto applies(const object& rule, const person& who) const -> bool {
    const auto in = names(rule, who, "");
    const auto out = names(rule, who, "ExceptIf");
    const auto fits = [&](std::size_t at, const char* kind) {
      return in[at] || texts_in(rule, kind).empty();
    };
    return fits(0, "SentTo") && fits(1, "SentToMemberOf") && fits(2, "RecipientDomainIs") &&
           std::ranges::none_of(out, [](bool one) { return one; });
  }

  void place_people() {
    for (const auto& who : what_.people.value_or(std::vector<person>())) {
      const auto rule =
          std::ranges::find_if(rules_, [&](const object* one) { return applies(*one, who); });
      out_.covers[static_cast<std::size_t>(rule - rules_.begin())].people.push_back(who.address);
    }
  }

  /// Where people are unknown, every rule counts as if it held for somebody.
  void compare(const coverage& one) {
    if (what_.people && one.people.empty()) {
      return;
    }
    const auto* of = policy(one.policy);
    if (of == nullptr) {
      out_.deviations.push_back({"", "Safe Links", true, "no policy holds for these people"});
      return;
    }
    for (const auto& [setting, mandatory, why] : demands) {
      if (!flag_in(*of, setting)) {
        out_.deviations.push_back({one.policy, std::string(setting), mandatory, std::string(why)});
      }
    }
  }

  void remark_on_policies() {
    for (const auto& one : what_.policies) {
      const auto name = text_in(one, "Name");
      const auto is_used = std::ranges::any_of(out_.covers, [&](const coverage& c) {
        return seams::equal_ignoring_case(c.policy, name);
      });
      if (!is_used) {
        out_.remarks.push_back("The policy '" + name +
                               "' holds for nobody: no enabled rule applies it.");
      }
      if (is_used && flag_in(one, "DisableUrlRewrite")) {
        out_.remarks.push_back("The policy '" + name +
                               "' does not rewrite links: clicks outside Outlook leave no trace.");
      }
      for (const auto& entry : texts_in(one, "DoNotRewriteUrls")) {
        if (entry.starts_with("*.") && std::ranges::count(entry, '.') < 2) {
          out_.remarks.push_back("The policy '" + name + "' leaves '" + entry + "' alone.");
        }
      }
    }
  }

  void remark_on_groups() {
    if (!what_.people) {
      return;
    }
    for (const auto* rule : rules_) {
      for (const auto* name : {"SentToMemberOf", "ExceptIfSentToMemberOf"}) {
        for (const auto& group : texts_in(*rule, name)) {
          if (!what_.members.contains(group)) {
            out_.unsure = true;
            out_.remarks.push_back("Who is in the group '" + group + "' of the rule '" +
                                   text_in(*rule, "Name") +
                                   "' is not known: the directory lists no such group.");
          }
        }
      }
    }
  }

  const posture_input& what_;
  std::vector<const object*> rules_;
  posture out_;
};

} // namespace

auto judge_posture(const posture_input& what) -> posture {
  return judge(what).run();
}

auto to_json(const posture& what) -> object {
  auto out = object::object();
  out["as_asked"] = what.as_asked();
  out["coverage"] = object::array();
  for (const auto& one : what.covers) {
    out["coverage"].push_back({{"policy", one.policy},
                               {"rule", one.rule},
                               {"mail", one.mail},
                               {"internal_senders", one.internal},
                               {"tracked", one.tracked},
                               {"click_through", one.click_through},
                               {"people", one.people}});
  }
  out["deviations"] = object::array();
  for (const auto& one : what.deviations) {
    out["deviations"].push_back({{"policy", one.policy},
                                 {"setting", one.setting},
                                 {"mandatory", one.mandatory},
                                 {"why", one.why}});
  }
  out["remarks"] = what.remarks;
  return out;
}

} // namespace core::safe_links
