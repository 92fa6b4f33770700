#pragma once
// What the exit code of `offtenant` says, the same for every command.

namespace scenarios {

enum exit_code : int {
  exit_held = 0,         ///< the command did what was asked; for `run`: every scenario held
  exit_failed = 1,       ///< a scenario failed, or a file is not as it should be
  exit_usage = 2,        ///< the arguments or the input cannot be used
  exit_environment = 3,  ///< a file, folder or socket could not be had
  exit_interrupted = 130 ///< stopped by SIGINT or SIGTERM
};

} // namespace scenarios
