#include "document/headed_tasks.h"

#include <algorithm>

namespace duban::document {
namespace {

bool holds(const plan::Heading& heading, const plan::Task& task) {
  return std::ranges::find(heading.tasks, task.id) != heading.tasks.end();
}

}  // namespace

std::vector<HeadedTasks> headed_tasks(const plan::Plan& plan) {
  std::vector<HeadedTasks> all;
  for (const auto& heading : plan.headings) {
    HeadedTasks one{heading.name, {}};
    for (const auto& task : plan.tasks) {
      if (holds(heading, task)) one.tasks.push_back(&task);
    }
    all.push_back(std::move(one));
  }
  HeadedTasks rest{plan.headings.empty() ? "各项任务" : "其他", {}};
  for (const auto& task : plan.tasks) {
    bool headed = std::ranges::any_of(
        plan.headings, [&](const plan::Heading& heading) { return holds(heading, task); });
    if (!headed) rest.tasks.push_back(&task);
  }
  if (!rest.tasks.empty()) all.push_back(std::move(rest));
  return all;
}

}  // namespace duban::document
