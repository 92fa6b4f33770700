#pragma once
// How recording and scrubbing end.

namespace scenarios::recording {

enum exit_code : int {
  ended_clean = 0,
  ended_leaking = 1,    ///< something is left that must not be there
  ended_bad_input = 2,  ///< an input cannot be used, or an output is there already
  ended_no_resource = 3 ///< a file or an address cannot be had
};

} // namespace scenarios::recording
