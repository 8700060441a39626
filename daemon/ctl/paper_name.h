#pragma once
// Which document a file is, by the name that it was written under.

#include <optional>
#include <string>
#include <string_view>

#include "control/names.h"

namespace duban::ctl {

struct NamedPaper {
  const schedule::Timetable* timetable = nullptr;
  std::string duty, period;
};

/// The duty that has a document and its period, where the name says both (`月调度通报(2022年6月)
/// 第2期.docx`); nothing where it does not, or says it of several.
std::optional<NamedPaper> paper_named(std::string_view name, control::Timetables plans);

}  // namespace duban::ctl
