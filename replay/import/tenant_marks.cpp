#include "replay/import/tenant_marks.hpp"

#include "core/seams/letters.hpp"
#include "replay/import/json_text.hpp"
#include "replay/text/encodings.hpp"

#include <algorithm>
#include <array>

namespace replay {
namespace {

enum class mark { none, tenant_id, user, recipient };

struct marked_member {
  std::string_view name;
  mark what;
};

constexpr auto marked_members =
    std::to_array<marked_member>({{"organizationid", mark::tenant_id},
                                  {"tenantid", mark::tenant_id},
                                  {"userid", mark::user},
                                  {"accountupn", mark::user},
                                  {"userprincipalname", mark::user},
                                  {"recipientemailaddress", mark::recipient},
                                  {"recipientaddress", mark::recipient}});

auto mark_of(std::string_view name) -> mark {
  const auto found =
      std::ranges::find(marked_members, seams::lower_case(name), &marked_member::name);
  return found == marked_members.end() ? mark::none : found->what;
}

/// All zeros is what people write who mask ids.
auto is_tenant_id(std::string_view text) -> bool {
  constexpr auto form = std::string_view("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
  return std::ranges::equal(
             text,
             form,
             [](char c, char f) { return f == '-' ? c == '-' : text::hex_value(c) >= 0; }) &&
         text.find_first_not_of("0-") != std::string_view::npos;
}

/// Of an address whose account is at home in the tenant: "x_fabrikam.com#EXT#@..." is a guest.
auto domain_in(const std::string& address) -> std::string {
  const auto at = address.rfind('@');
  const auto domain = at == std::string::npos ? "" : seams::lower_case(address.substr(at + 1));
  const auto plain = std::ranges::all_of(domain, [](char c) {
    return text::is_letter(c) || text::is_decimal(c) || c == '.' || c == '-';
  });
  return plain && domain.find('.') != std::string::npos ? domain : "";
}

void count_if_any(std::map<std::string, std::size_t>& into, const std::string& what) {
  if (!what.empty()) {
    ++into[what];
  }
}

} // namespace

void tenant_finder::look_at(std::string_view record) {
  for (const auto& [name, value] : members_of(record)) {
    switch (mark_of(string_of(name))) {
    case mark::none:
      break;
    case mark::tenant_id: {
      const auto id = seams::lower_case(string_of(value));
      count_if_any(ids_, is_tenant_id(id) ? id : "");
      break;
    }
    case mark::user:
      count_if_any(users_, domain_in(string_of(value)));
      break;
    case mark::recipient:
      count_if_any(recipients_, domain_in(string_of(value)));
      break;
    }
  }
}

auto tenant_finder::found() const -> tenant_marks {
  return {most_of(ids_), most_of(users_.empty() ? recipients_ : users_)};
}

auto tenant_finder::most_of(const counts& from) -> std::string {
  const auto best = std::ranges::max_element(
      from, [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == from.end() ? std::string() : best->first;
}

} // namespace replay
