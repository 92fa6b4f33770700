#include "core/seams/letters.hpp"
#include "mock_graph/exchange/cmdlets.hpp"
#include "mock_graph/exchange/list_rows.hpp"
#include "mock_graph/tenant/list_rules.hpp"

#include <algorithm>

namespace mock_graph::exchange {
namespace {

using tenant::list_entry;
using tenant::list_type;

/// In the order of `list_type`.
constexpr auto list_types = std::to_array<std::string_view>({"Sender", "Url", "FileHash", "IP"});
constexpr auto sub_types = std::to_array<std::string_view>({"Tenant", "AdvancedDelivery"});

constexpr auto usual_life = std::chrono::days{30};
constexpr auto days_after_use = std::int64_t{45};

auto type_of(const arguments& given) -> list_type {
  const auto word = given.text("ListType").value_or("");
  const auto found = std::ranges::find_if(
      list_types, [&](auto name) { return seams::equal_ignoring_case(name, word); });
  return static_cast<list_type>(found - list_types.begin());
}

auto is_drill(const arguments& given) -> bool {
  return seams::equal_ignoring_case(given.text("ListSubType").value_or(""), sub_types[1]);
}

auto is_on(const arguments& given, std::string_view name) -> bool {
  return given.flag(name).value_or(false);
}

auto set_unresolved() -> cmdlet_outcome {
  return refusal("System.Management.Automation.ParameterBindingException",
                 "Parameter set cannot be resolved using the specified named parameters.");
}

auto refused_value(const std::string& value, const std::string& why) -> cmdlet_outcome {
  return refusal("System.ArgumentException", "Invalid value to add: " + value + " - " + why);
}

/// "Entry limits for each list subtype" of New-TenantAllowBlockListItems.
auto entries_max(tenant::licence plan, bool allow) -> std::ptrdiff_t {
  return plan == tenant::licence::plan2   ? (allow ? 5000 : 10'000)
         : plan == tenant::licence::plan1 ? 1000
                                          : 500;
}

/// When an entry ends that is given no end: blocks after 30 days, allows 45 days after their last
/// use, entries of IP addresses never (learn.microsoft.com/defender-office-365,
/// tenant-allow-block-list-about, -email-spoof-configure, -ip-addresses-configure; of allow entries
/// that are no senders' [inferred]). A date is taken as it is: 90 days are a limit of the portal.
void set_end(list_entry& entry, const arguments& given, seams::instant now) {
  entry.until = given.moment("ExpirationDate");
  entry.days_after_use = given.number("RemoveAfter");
  const auto has_end = entry.until || entry.days_after_use || is_on(given, "NoExpiration");
  if (!has_end && entry.type != list_type::ip) {
    if (entry.allow) {
      entry.days_after_use = days_after_use;
    } else {
      entry.until = now + usual_life;
    }
  }
}

/// Parameters that do not go together, as documented; the texts are composed but for that of
/// PowerShell.
auto check_set(const list_entry& entry, const arguments& given) -> std::optional<cmdlet_outcome> {
  const auto forever = is_on(given, "NoExpiration");
  const auto ends = static_cast<int>(forever) + static_cast<int>(given.has("ExpirationDate")) +
                    static_cast<int>(given.has("RemoveAfter"));
  if (ends > 1) {
    return set_unresolved();
  }
  if (is_on(given, "Allow") == is_on(given, "Block")) {
    return refusal("System.ArgumentException", "Specify either Allow or Block.");
  }
  const auto may_stay = !entry.allow || entry.type == list_type::ip ||
                        (entry.type == list_type::url && entry.phishing_drill);
  if (forever && !may_stay) {
    return refusal("System.ArgumentException", "NoExpiration can't be used with this allow entry.");
  }
  const auto after = given.number("RemoveAfter");
  if (after && (*after != days_after_use || !entry.allow || entry.type == list_type::ip)) {
    return refusal("System.ArgumentException",
                   "RemoveAfter must be 45, for allow entries of senders, files or URLs.");
  }
  return std::nullopt;
}

auto is_same_entry(const list_entry& left, const list_entry& right) -> bool {
  return left.type == right.type && left.phishing_drill == right.phishing_drill &&
         seams::equal_ignoring_case(left.value, right.value);
}

/// All entries or none: the service stops at the first that is wrong; that those before it are not
/// added either is not verified. The text of a duplicate is the service's (KelvinTegelaar/CIPP
/// issue 5925); that an allow is a duplicate of a block is [inferred]. What OutputJson prints is
/// not known, and the parameter not taken.
auto create_entries(workplace& place, const arguments& given) -> cmdlet_outcome {
  auto entry = list_entry();
  entry.type = type_of(given);
  entry.allow = is_on(given, "Allow");
  entry.phishing_drill = is_drill(given);
  entry.notes = given.text("Notes").value_or("");
  entry.modified_by = place.by;
  entry.created = place.now;
  if (auto wrong = check_set(entry, given)) {
    return *wrong;
  }
  set_end(entry, given, place.now);
  auto out = cmdlet_outcome();
  auto list = place.book.state().allow_block_list;
  for (auto& value : given.list("Entries")) {
    entry.value = value;
    entry.id = tenant::list_entry_id(place.book.state().seed, value + place.serial);
    if (const auto wrong = tenant::what_is_wrong_with(entry); !wrong.empty()) {
      return refused_value(value, wrong);
    }
    if (std::ranges::any_of(list, [&](auto& one) { return is_same_entry(one, entry); })) {
      return refused_value(value, "Duplicate value.");
    }
    out.target += (out.target.empty() ? "" : ";") + value;
    out.rows.push_back(list_row(entry, "New"));
    list.push_back(entry);
  }
  const auto alike = std::ranges::count_if(
      list, [&](auto& one) { return one.type == entry.type && one.allow == entry.allow; });
  const auto most = entries_max(place.book.state().plan, entry.allow);
  if (alike > most) {
    return refusal("System.ArgumentException",
                   "The maximum number of entries is " + std::to_string(most) + ".");
  }
  place.list = std::move(list);
  return out;
}

/// Whether a filter of Get-TenantAllowBlockListItems lets the entry through. That a date means
/// entries of that very moment is [inferred].
auto is_asked_for(const list_entry& entry, const arguments& given) -> bool {
  const auto value = given.text("Entry").value_or("");
  const auto until = given.moment("ExpirationDate");
  const auto kinds = given.list("ListSubType");
  const auto drills = std::ranges::any_of(
      kinds, [](auto& one) { return seams::equal_ignoring_case(one, sub_types[1]); });
  const auto tenants = kinds.empty() || std::ranges::any_of(kinds, [](auto& one) {
                         return seams::equal_ignoring_case(one, sub_types[0]);
                       });
  return entry.type == type_of(given) && (entry.phishing_drill ? drills : tenants) &&
         (value.empty() || seams::equal_ignoring_case(value, entry.value)) &&
         (!is_on(given, "Allow") || entry.allow) && (!is_on(given, "Block") || !entry.allow) &&
         (!is_on(given, "NoExpiration") || (!entry.until && !entry.days_after_use)) &&
         (!until || entry.until == until);
}

/// The newest first, as in live replies. Entries that have expired are gone.
auto list_entries(workplace& place, const arguments& given) -> cmdlet_outcome {
  auto out = cmdlet_outcome();
  const auto& list = place.book.state().allow_block_list;
  for (auto entry = list.rbegin(); entry != list.rend(); ++entry) {
    if (is_asked_for(*entry, given)) {
      out.rows.push_back(list_row(*entry, "Unchanged"));
    }
  }
  return out;
}

/// What is answered to an entry that is not on the list is not known: here as to other objects.
auto remove_entries(workplace& place, const arguments& given) -> cmdlet_outcome {
  const auto by_id = given.has("Ids");
  if (by_id == given.has("Entries")) {
    return set_unresolved();
  }
  auto out = cmdlet_outcome();
  auto list = place.book.state().allow_block_list;
  for (const auto& wanted : given.list(by_id ? "Ids" : "Entries")) {
    const auto found = std::ranges::find_if(list, [&](const list_entry& entry) {
      return entry.type == type_of(given) && entry.phishing_drill == is_drill(given) &&
             (by_id ? entry.id == wanted : seams::equal_ignoring_case(entry.value, wanted));
    });
    if (found == list.end()) {
      return not_found(wanted);
    }
    out.target += (out.target.empty() ? "" : ";") + found->value;
    out.rows.push_back(removed_list_row(*found));
    list.erase(found);
  }
  place.list = std::move(list);
  return out;
}

constexpr auto switched = value_kind::flag;
constexpr auto type_parameter =
    parameter{"ListType", value_kind::words, true, list_types, "ListType"};
constexpr auto sub_type_parameter =
    parameter{"ListSubType", value_kind::words, false, sub_types, "ListSubType"};
constexpr auto get_list_parameters = std::to_array<parameter>({
    type_parameter,
    sub_type_parameter,
    {"Entry"},
    {"Allow", switched},
    {"Block", switched},
    {"ExpirationDate", value_kind::moment},
    {"NoExpiration", switched},
});
constexpr auto new_list_parameters = std::to_array<parameter>({
    type_parameter,
    sub_type_parameter,
    {"Entries", value_kind::list, true},
    {"Allow", switched},
    {"Block", switched},
    {"ExpirationDate", value_kind::moment},
    {"NoExpiration", switched},
    {"RemoveAfter", value_kind::number},
    {"Notes"},
});
constexpr auto remove_list_parameters = std::to_array<parameter>({
    type_parameter,
    sub_type_parameter,
    {"Entries", value_kind::list},
    {"Ids", value_kind::list},
});

constexpr auto list_table = std::to_array<cmdlet>({
    {"Get-TenantAllowBlockListItems", access::reads, get_list_parameters, list_entries, true},
    {"New-TenantAllowBlockListItems", access::changes, new_list_parameters, create_entries, true},
    {"Remove-TenantAllowBlockListItems",
     access::changes,
     remove_list_parameters,
     remove_entries,
     true},
});

} // namespace

auto list_cmdlets() -> std::span<const cmdlet> {
  return list_table;
}

} // namespace mock_graph::exchange
