#pragma once
// What a careful reader must not keep: the ledger compares stored bytes with what is left.
#include <string>
#include <string_view>

namespace mock_graph {

/// `raw` with the value of `pc` taken out of every address of a Teams check page: that value is an
/// authentication token (exchange-and-safelinks sheet, 5.4).
auto without_check_token(std::string_view raw) -> std::string;

} // namespace mock_graph
