#include "core/live/surroundings.hpp"

#include "core/adapters/files/text_file.hpp"

namespace core::live {
namespace {

constexpr auto roots_bytes_max = std::size_t{16} << 20U;

auto socket_options_of(const outside& given, adapters::trust roots) -> adapters::socket_options {
  auto out = adapters::socket_options();
  out.find = given.find;
  out.roots = std::move(roots);
  return out;
}

} // namespace

live_world::live_world(const outside& given, adapters::trust roots)
    : network_(time_, socket_options_of(given, std::move(roots))) {}

auto roots_of(const settings& what) -> seams::result<adapters::trust> {
  if (what.ca_file.empty()) {
    return adapters::trust_system();
  }
  const auto file = adapters::read_text_file(what.ca_file, roots_bytes_max);
  if (!file.wrong.empty()) {
    return seams::failure(seams::reaction::stop_and_diagnose,
                          "file_unavailable",
                          "the file of root certificates " + what.ca_file + " " + file.wrong);
  }
  auto roots = adapters::trust_pem(file.text);
  if (!roots) {
    auto why = roots.error();
    why.why = what.ca_file + ": " + why.why;
    return why;
  }
  return roots;
}

auto ready_config(const settings& what, const variables& env) -> seams::result<connector_config> {
  auto out = what.connector;
  connect_credential(what.credential, env, out);
  if (const auto readable = check_credential(out); readable.has_error()) {
    return readable.error();
  }
  return out;
}

} // namespace core::live
