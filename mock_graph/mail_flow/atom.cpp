#include "mock_graph/mail_flow/atom.hpp"

#include <array>
#include <string_view>

namespace mock_graph::mail_flow {
namespace {

using field_type = std::pair<std::string_view, std::string_view>;

constexpr auto field_types = std::to_array<field_type>({{"Received", "Edm.DateTime"},
                                                        {"StartDate", "Edm.DateTime"},
                                                        {"EndDate", "Edm.DateTime"},
                                                        {"MessageTraceId", "Edm.Guid"},
                                                        {"Size", "Edm.Int32"},
                                                        {"Index", "Edm.Int32"}});

auto type_attribute(std::string_view name) -> std::string {
  for (const auto& [field, type] : field_types) {
    if (field == name) {
      return " m:type=\"" + std::string(type) + "\"";
    }
  }
  return {};
}

auto xml_escaped(std::string_view text) -> std::string {
  auto out = std::string();
  for (const auto c : text) {
    switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    default:
      out += c;
    }
  }
  return out;
}

auto property_text(const std::string& name, const nlohmann::ordered_json& value) -> std::string {
  if (value.is_null()) {
    return "<d:" + name + " m:null=\"true\" />";
  }
  const auto text = value.is_string() ? value.get<std::string>() : value.dump();
  return "<d:" + name + type_attribute(name) + ">" + xml_escaped(text) + "</d:" + name + ">";
}

auto entry_text(const atom_entry& entry, const std::string& updated) -> std::string {
  auto out = "<entry><id>" + xml_escaped(entry.id) + "</id><title type=\"text\"></title><updated>" +
             updated +
             "</updated><author><name /></author><category term=\"TenantReporting.MessageTrace\" "
             "scheme=\"http://schemas.microsoft.com/ado/2007/08/dataservices/scheme\" />"
             "<content type=\"application/xml\"><m:properties>";
  for (const auto& [name, value] : entry.properties.items()) {
    out += property_text(name, value);
  }
  return out + "</m:properties></content></entry>";
}

} // namespace

auto atom_time(seams::instant at) -> std::string {
  auto text = seams::to_rfc3339(at);
  text.pop_back();
  return text;
}

auto to_text(const atom_feed& feed) -> std::string {
  const auto updated = seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(feed.updated));
  const auto base = feed.url.substr(0, feed.url.rfind('/') + 1);
  auto out = "<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xml:base=\"" + xml_escaped(base) +
             "\" xmlns=\"http://www.w3.org/2005/Atom\" "
             "xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\" "
             "xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\">"
             "<title type=\"text\">MessageTrace</title><id>" +
             xml_escaped(feed.url) + "</id><updated>" + updated +
             "</updated><link rel=\"self\" title=\"MessageTrace\" href=\"MessageTrace\" />";
  for (const auto& entry : feed.entries) {
    out += entry_text(entry, updated);
  }
  if (!feed.next.empty()) {
    out += "<link rel=\"next\" href=\"" + xml_escaped(feed.next) + "\" />";
  }
  return out + "</feed>";
}

} // namespace mock_graph::mail_flow
