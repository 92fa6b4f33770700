#pragma once
// Takes the answers with records out of recorded traffic: HAR files, cassettes, mocks.
#include "replay/cassette/read_cassette.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// A body that may hold records.
struct recorded_answer {
  std::size_t exchange = 1; ///< its number in the recording
  std::string asked;        ///< "GET https://graph.microsoft.com/v1.0/..."
  std::string feed;         ///< that the URL tells; "" if it tells none
  std::string body;
};

struct recording {
  std::string format;
  std::vector<recorded_answer> answers;
  /// Exchanges that hold no records by what they are: sign-in, lists of content, subscriptions,
  /// refusals, and those without an answer.
  std::size_t others = 0;
  std::vector<std::string> missing; ///< what the recording says that it does not hold
};

/// Whether a text is a cassette, JSON that is a HAR file, or mocks of requests and answers: objects
/// with "request" and "response", in a list or in a list "mocks", as Dev Proxy has them
/// (learn.microsoft.com/microsoft-cloud/dev/dev-proxy).
auto looks_like_recording(std::string_view text) -> bool;

/// The answers of a text for which that is true. Parts of a `$batch` are answers of their own.
/// Fails with why the recording cannot be read, with line and column.
auto read_recording(std::string_view text, const std::string& name, const body_source& bodies)
    -> seams::result<recording>;

/// The feed whose records the last parts of a URL's path tell of: ".../security/alerts_v2" or
/// ".../alerts_v2/ID"; "" if none.
auto feed_of_url(std::string_view url) -> std::string_view;

} // namespace replay
