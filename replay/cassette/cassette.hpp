#pragma once
// Recorded traffic in memory: what was asked, what was answered, and when.
#include "core/seams/http.hpp"
#include "core/seams/time.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace replay {

/// The version that `cassette_writer` writes; every version from 1 on can be read.
constexpr auto cassette_version = 1;

/// What the first line says of the whole.
struct cassette_head {
  int version = cassette_version;
  std::string created_by; ///< program and version: "offtenant 0.1.0"
  seams::instant base;    ///< what the offsets of the exchanges count from
  std::string policy;     ///< by which names were taken out: "default 3f2a…"; "" = nothing was
};

/// One request and what came of it.
struct exchange {
  std::chrono::milliseconds at{};   ///< when the request was sent, from the base time
  std::chrono::milliseconds took{}; ///< until its answer, or the failure, was there
  seams::request asked;
  seams::response answered; ///< status 0 if no answer came
  std::string failed;       ///< why none came, in the words of `seams::transport`; "" = one came
};

struct cassette {
  cassette_head head;
  std::vector<exchange> exchanges; ///< in order of the file, which is that of the answers
  /// A last line that was cut by the end of its writer, which is left out: "line 7, 312 bytes".
  /// "" = none.
  std::string torn;
};

} // namespace replay
