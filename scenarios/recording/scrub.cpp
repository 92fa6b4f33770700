#include "scenarios/recording/scrub.hpp"

#include "replay/cassette/cassette_writer.hpp"
#include "replay/har/write_har.hpp"
#include "replay/redact/exchange_redactor.hpp"
#include "scenarios/exit_code.hpp"
#include "scenarios/recording/findings.hpp"
#include "scenarios/serve/state_folder.hpp"
#include "scenarios/tapes/disk_cassette.hpp"
#include "scenarios/tapes/read_tape.hpp"

#include <ostream>

namespace scenarios::recording {
namespace {

/// Again, if it names secrets that stand in plain text before.
auto redacted_exchanges(const std::vector<replay::exchange>& what,
                        const replay::text_redactor& with) -> std::vector<replay::exchange> {
  auto out = std::vector<replay::exchange>();
  auto known = std::size_t{0};
  do {
    known = with.memory().all().size();
    out.clear();
    for (const auto& one : what) {
      out.push_back(replay::redacted(one, with));
    }
  } while (with.memory().all().size() > known);
  return out;
}

auto redacted_tape(const replay::cassette& what, const replay::text_redactor& with)
    -> replay::cassette {
  auto out = replay::cassette();
  out.head.created_by = program_name();
  out.head.base = what.head.base;
  out.head.policy = replay::policy_mark(with.policy());
  out.exchanges = redacted_exchanges(what.exchanges, with);
  return out;
}

auto write_lines(const replay::cassette& tape, tapes::disk_cassette& to) -> seams::result<void> {
  auto writer = replay::cassette_writer(to);
  auto done = writer.begin(tape.head);
  for (const auto& one : tape.exchanges) {
    done = done ? writer.add(one) : std::move(done);
  }
  return done ? to.finish() : std::move(done);
}

auto write_tape(const replay::cassette& tape, const std::string& path) -> seams::result<void> {
  if (path.ends_with(".har")) {
    return tapes::write_whole_file(path, replay::write_har(tape));
  }
  auto file = tapes::disk_cassette::create(path);
  if (!file) {
    return file.error();
  }
  auto done = write_lines(tape, *file);
  if (!done) {
    file->discard();
  }
  return done;
}

/// Checks `tape` and tells what is in it.
auto check(const replay::cassette& tape,
           const redaction_setup& with,
           const std::string& path,
           std::ostream& err) -> int {
  const auto found = leaks_left(tape, with);
  if (found.empty()) {
    return exit_held;
  }
  print_leaks(found, path, err);
  return exit_failed;
}

auto scrub_tape(const tapes::tape_reading& input,
                const scrub_options& options,
                const redaction_setup& setup,
                std::ostream& out,
                std::ostream& err) -> int {
  const auto keys = serve::open_state(options.state);
  if (!keys) {
    err << "offtenant scrub: " << keys.error().why << '\n';
    return exit_environment;
  }
  const auto with =
      replay::text_redactor(setup.policy, setup.key, issue_with(keys->signing), setup.memory);
  const auto tape = redacted_tape(input.tape, with);
  if (const auto code = check(tape, setup, options.output, err); code != exit_held) {
    err << "offtenant scrub: " << options.output << " was not written\n";
    return code;
  }
  if (const auto done = write_tape(tape, options.output); !done) {
    err << "offtenant scrub: " << done.error().why << '\n';
    return done.error().code == "cassette_exists" ? exit_usage : exit_environment;
  }
  out << options.output << ": " << count_text(tape.exchanges.size(), "exchange")
      << ", nothing found that must not be there\n";
  return exit_held;
}

} // namespace

auto scrub(const scrub_options& options, std::ostream& out, std::ostream& err) -> int {
  const auto read = set_up_redaction(options.files, "offtenant scrub", err);
  if (const auto* code = std::get_if<int>(&read)) {
    return *code;
  }
  const auto& setup = std::get<redaction_setup>(read);
  const auto input = tapes::read_tape(options.input);
  if (!input) {
    err << "offtenant scrub: " << input.error().why << '\n';
    return exit_usage;
  }
  for (const auto& note : input->notes) {
    err << note << '\n';
  }
  if (!options.verify) {
    return scrub_tape(*input, options, setup, out, err);
  }
  const auto code = check(input->tape, setup, options.input, err);
  if (code == exit_held) {
    out << options.input << ": " << count_text(input->tape.exchanges.size(), "exchange")
        << ", nothing found that must not be there\n";
  }
  return code;
}

} // namespace scenarios::recording
