#include "replay/import/looks.hpp"

#include "core/seams/letters.hpp"
#include "replay/import/json_text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace replay {
namespace {

struct look {
  std::string_view begin;
  std::string_view what;
};

using namespace std::string_view_literals;

/// First bytes, as the formats' specifications have them.
constexpr auto binary_looks = std::to_array<look>(
    {{"\x1f\x8b", "is compressed with gzip: unpack it"},
     {"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive: unpack it"},
     {"Rar!", "is a RAR archive: unpack it"},
     {"%PDF-", "is a PDF: export the records as CSV or JSON"},
     {"\xd0\xcf\x11\xe0", "is an old Office document (.xls, .msg): save the table as CSV"},
     {"PAR1", "is a Parquet file: export it as CSV or JSON"},
     {"SQLite format 3", "is an SQLite database: export its records as CSV or JSON"},
     {"ElfFile", "is a Windows event log (.evtx), which no feed reads"},
     {"\x0a\x0d\x0d\x0a"sv, "is a packet capture: export a HAR file instead"},
     {"\xd4\xc3\xb2\xa1", "is a packet capture: export a HAR file instead"},
     {"\x89PNG", "is a picture: export the records as CSV or JSON"},
     {"\xff\xd8\xff", "is a picture: export the records as CSV or JSON"}});

constexpr auto text_looks = std::to_array<look>(
    {{"<!doctype html", "is an HTML page, as a portal or proxy sends it"},
     {"<html", "is an HTML page, as a portal or proxy sends it"},
     {"<", "is XML or HTML: export the records as CSV or JSON"},
     {"interactions:", "is a recording of another tool (VCR): record a HAR file or a cassette"},
     {"---", "is YAML: export the records as CSV or JSON"},
     {"from ", "is a mailbox or a mail: export the records as CSV or JSON"},
     {"received:", "is a mail with its headers: export the records as CSV or JSON"}});

auto zip_look(std::string_view bytes) -> std::string_view {
  const auto names = bytes.substr(0, 4096);
  return names.find("xl/") != std::string_view::npos ||
                 names.find("[Content_Types].xml") != std::string_view::npos
             ? "is an Excel workbook (.xlsx): save the table as CSV"
             : "is a ZIP archive: unpack it";
}

} // namespace

auto what_it_looks_like(std::string_view bytes) -> std::string_view {
  if (bytes.starts_with("PK\x03\x04")) {
    return zip_look(bytes);
  }
  for (const auto& one : binary_looks) {
    if (bytes.starts_with(one.begin)) {
      return one.what;
    }
  }
  const auto words = seams::lower_case(left_trimmed(bytes).substr(0, 64));
  for (const auto& one : text_looks) {
    if (words.starts_with(one.begin)) {
      return one.what;
    }
  }
  return {};
}

} // namespace replay
