#pragma once
// Looks for many texts at once in bytes that come in pieces.
#include <array>
#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios::run {

/// Each byte is looked at once, however many texts are searched for. Empty texts are never found.
class text_search {
public:
  explicit text_search(std::vector<std::string> wanted);

  /// The next piece; a text may begin in one piece and end in another.
  void look_at(std::string_view piece);
  /// Per text, in the order given: whether it has been found so far.
  [[nodiscard]] auto found() const -> const std::vector<bool>& { return found_; }

private:
  void look_through(std::string_view bytes);

  std::vector<std::string> wanted_;
  std::vector<bool> found_;
  std::array<std::vector<std::size_t>, 256> by_first_; ///< which texts begin with that byte
  std::bitset<65536> openings_; ///< pairs of bytes that some text begins with
  std::size_t longest_ = 0;
  std::string carried_; ///< the end of the last piece, in which a text may have begun
};

} // namespace scenarios::run
