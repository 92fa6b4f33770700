#pragma once
// Collects the records of one file, and the rows that are none.
#include "replay/import/export_item.hpp"
#include "replay/import/json_text.hpp"

#include <string>
#include <string_view>

namespace replay {

class collector {
public:
  /// `feed` is that of records whose members tell none, and of audit records; "" = none.
  collector(export_file& out, std::string feed) : out_(out), feed_(std::move(feed)) {}

  void keep_aside(std::size_t line, std::string why, std::string_view text);
  void add(std::string feed, std::string table, std::string raw, std::size_t line);

  /// A JSON value that ought to be a record, maybe in the envelope of an audit search, of the
  /// streaming API or of `offtenant records`; `inside` are its members.
  void take(std::string_view value, const json_members& inside, std::size_t line);
  void take_audit_data(const std::string& data, std::size_t line, std::string_view row);

private:
  void take_streamed(std::string_view row, std::size_t line, const std::string& table);
  void take_record(std::string_view record,
                   const json_members& inside,
                   std::size_t line,
                   const std::string& said);

  export_file& out_;
  std::string feed_;
};

/// How the streaming API says which table a row is of
/// (learn.microsoft.com/defender-xdr/streaming-api).
constexpr auto streamed_category = std::string_view("AdvancedHunting-");

} // namespace replay
