#pragma once
// The readers of the parts of a config file that are more than one value.
#include "core/live/settings.hpp"
#include "core/toml_reading/reading.hpp"

namespace core::live {

constexpr auto guid_form = R"(a GUID such as "7f6b0a52-2f3a-4a3e-9d57-0c7d2f1f5a11")";

/// The GUID in lower case, or nothing if `text` is none.
auto folded_guid(std::string text) -> std::optional<std::string>;

/// A required GUID; "" after a complaint.
auto read_guid(toml_reading::table_reader& top, std::string_view key) -> std::string;

/// [credential].
void read_credential(toml_reading::table_reader& top, credential_places& out);

/// [base_urls]: other roots for the services of `where`. Gives back `ca_file`, or "".
auto read_base_urls(toml_reading::table_reader& top, cloud& where) -> std::string;

} // namespace core::live
