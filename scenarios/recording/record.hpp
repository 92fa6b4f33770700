#pragma once
// Records what a connector and Microsoft 365 say to each other, without names and secrets.
#include "scenarios/recording/redaction_setup.hpp"

#include <atomic>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace scenarios::recording {

struct record_options {
  std::string output;                ///< the cassette
  std::string address = "127.0.0.1"; ///< numeric
  std::uint16_t port = 8443;         ///< 0 takes a free one
  std::string upstream_ca;           ///< PEM; "" = whom the operating system believes
  std::string upstream_address;      ///< numeric; "" = where names lead
  std::uint16_t upstream_port = 443;
  std::vector<std::string> filters; ///< see `is_wanted`
  std::uint64_t bytes_max = 0;      ///< 0 = no limit
  redaction_files files;
  std::string state; ///< folder for the keys, that of `serve`
  bool json = false; ///< says what to connect to as one JSON line
};

/// Is an HTTPS proxy for Microsoft's hosts, also by base URLs and by their names, and records what
/// goes through, until `interrupted`. Until the end the cassette's name ends in ".unfinished", and
/// so it stays if the leak check finds anything then. Gives back an exit code: 0, 1 (something is
/// left in it that must not be there), 2 (a file is wrong, or the cassette is there already), 3
/// (address, files, or the disk took no more).
[[nodiscard]] auto record(const record_options& options,
                          std::ostream& out,
                          std::ostream& err,
                          const std::atomic<bool>& interrupted) -> int;

} // namespace scenarios::recording
