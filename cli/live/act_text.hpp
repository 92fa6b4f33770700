#pragma once
// Acts as people and programs read them.
#include "core/actions/act_runner.hpp"

#include <string>

namespace cli {

/// One step of a proposal with its exact request, or how a step ended; ends with a line break.
auto step_text(const core::actions::step_report& one) -> std::string;

/// {"act", "action", "case", "interrupted", "steps": [{"step", "target", "does", "request",
/// "already", "notes", "problem", "result", "code", "text"}]} in one line, with "error" if the act
/// was broken off. A step that was taken has `result`.
auto report_line(const core::actions::act_report& what) -> std::string;

/// {"error": {"code", "text"}} in one line.
auto error_line(const seams::failure& why) -> std::string;

/// All actions: what each needs and how it is taken back.
auto actions_text() -> std::string;
auto actions_json() -> std::string;

/// One entry of the log as a row.
auto log_text(const std::string& entry) -> std::string;

} // namespace cli
