#pragma once
// Fields of rows with their types beside them, as Exchange's admin API writes them:
// "WhenChanged@data.type":"System.DateTime","WhenChanged":"..." (exchange-and-safelinks
// sheet, 2.2).
#include "core/seams/time.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::exchange {

void add_list(nlohmann::ordered_json& row,
              const std::string& name,
              std::vector<std::string> values);
/// Seven digits of a second, always; `zone` is "Z" or "+00:00", depending on the field.
void add_moment(nlohmann::ordered_json& row,
                const std::string& name,
                seams::instant at,
                std::string_view zone);
void add_guid(nlohmann::ordered_json& row, const std::string& name, const std::string& value);
/// A whole number.
void add_number(nlohmann::ordered_json& row, const std::string& name, std::int64_t value);

} // namespace mock_graph::exchange
