#pragma once
// HTTP messages as plain values, independent of any socket or library.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seams {

struct header {
  std::string name;
  std::string value;
};

/// Header fields in order of arrival; names compare without regard to case (RFC 9110, 5.1).
class headers {
public:
  headers() = default;
  headers(std::initializer_list<header> fields) : fields_(fields) {}

  /// The first value of `name`, or nothing.
  [[nodiscard]] auto find(std::string_view name) const -> std::optional<std::string_view>;
  /// Replaces every field of that name by one.
  void set(std::string_view name, std::string value);
  void add(std::string name, std::string value);
  void remove(std::string_view name);

  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }
  [[nodiscard]] auto size() const { return fields_.size(); }

private:
  std::vector<header> fields_;
};

struct request {
  std::string method; ///< "GET", "POST", ...
  std::string url;    ///< absolute, percent-encoded: "https://graph.microsoft.com/v1.0/..."
  headers fields;
  std::string body;
};

/// A whole answer. The body is free of transfer and content coding: a transport removes both.
struct response {
  int status = 0;
  headers fields;
  std::string body;
  /// The answer claimed a content coding (gzip) that its bytes did not follow; `body` holds the
  /// bytes as they came. Exchange Online is known to do so on 403.
  bool body_undecodable = false;
};

} // namespace seams
