#pragma once
// The milestones of tasks: dates that units set themselves.

#include <string>
#include <string_view>
#include <vector>

#include "document/standpoint.h"

namespace duban::document {

/// One that counts: neither excused nor handed on, nor past before the plan began.
struct Milestone {
  const plan::Duty* duty = nullptr;
  const schedule::Assignment* assignment = nullptr;
  const std::string& unit() const { return assignment->key.unit; }
  bool is_done() const { return assignment->standing == schedule::Standing::answered; }
};

/// Of a task, by their dates; of one unit, or (empty) of all. Points into the standpoint.
std::vector<Milestone> milestones_of(const Standpoint& standpoint, std::string_view task,
                                     std::string_view unit = {});

/// 节点及时间 of a unit's line: the next that is open with its date (`网站上线 9月30日`), else that
/// the last was done; empty where there is none.
std::string milestone_words(const Standpoint& standpoint, std::string_view task,
                            std::string_view unit);

/// Behind its own date, or with a new one granted: what 三、滞后事项 tells of.
bool is_behind(const Milestone& milestone, Instant as_of);
/// `滞后12日`; `已延期` while the first date is still to come.
std::string gap_words(const Standpoint& standpoint, const Milestone& milestone);

/// The paper that the unit's milestones stand in, and when it came: `具体工作方案3月30日报`; empty
/// where none did.
std::string milestone_source(const Standpoint& standpoint, std::string_view unit);

}  // namespace duban::document
